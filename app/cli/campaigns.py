"""``flask campaigns …``: for campaigners."""

from pathlib import Path

import click
from flask.cli import AppGroup

from app.campaigns.library import check_file
from app.campaigns.problems import Severity
from app.cli.files import FILE
from app.web.desk import desk

campaigns = AppGroup("campaigns", help="For campaigners: list and check campaign files.")


@campaigns.command("list")
def list_campaigns() -> None:
    """List the campaigns that can be used."""
    for slug, campaign in desk().campaigns.all().items():
        click.echo(f"{slug}\t{campaign.title}")


@campaigns.command("check")
@click.argument("files", nargs=-1, type=FILE)
def check_campaigns(files: tuple[Path, ...]) -> None:
    """Say what is wrong with campaign FILES (by default all of them), and where. Exits 1 on an error."""
    checked = (
        [check_file(path, desk().house.snapshot.seats) for path in files] if files else desk().campaigns.check_all()
    )
    for file in checked:
        for problem in file.problems:
            click.echo(f"{file.path}:{problem.line}: {problem.severity.value}: {problem.message}")
    wrong = sum(any(problem.severity is Severity.ERROR for problem in file.problems) for file in checked)
    click.echo(f"{len(checked)} checked, {wrong} with errors.")
    if wrong:
        raise SystemExit(1)
