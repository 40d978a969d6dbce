"""``flask campaigns …``: commands for campaigners."""

from dataclasses import replace
from pathlib import Path

import click
from flask.cli import AppGroup

from app.campaigns.linter.checked_file import CheckResult, check_file
from app.cli.files import campaign_files
from app.cli.new import new
from app.cli.previews import preview
from app.cli.reports import FORMATS, format_list_entry, shown, summary
from app.letters.trial import advice_on_paper
from app.web.services import services

campaigns = AppGroup("campaigns", help="For campaigners: start, check, preview and list campaigns.")
campaigns.add_command(new)
campaigns.add_command(preview)


@campaigns.command("list")
def list_campaigns() -> None:
    """List the campaigns: name of the file, title, and whether letters are taken."""
    for file in services().campaigns.check_all():
        click.echo(format_list_entry(file))


@campaigns.command("check")
@click.argument("files", nargs=-1)
@click.option(
    "--format",
    "report_format",
    type=click.Choice(list(FORMATS)),
    default="text",
    help="For people, or for GitHub Actions.",
)
def check_campaigns(files: tuple[str, ...], report_format: str) -> None:
    """Say what is wrong with FILES, and where. Exits 1 on an error.

    FILES are campaigns, files or folders; by default all campaigns.
    """
    checked = [_check(path) for path in campaign_files(files)]
    for file in checked:
        for problem in file.problems:
            click.echo(FORMATS[report_format](shown(file.path), problem))
    click.echo(summary(checked))
    if any(file.errors for file in checked):
        raise SystemExit(1)


def _check(path: Path) -> CheckResult:
    seats = services().house.latest_snapshot().seats
    file = check_file(path, seats)
    on_paper = advice_on_paper(file.campaign, seats, services().pdf_pool.patient_proof) if file.campaign else []
    return replace(file, problems=tuple(sorted((*file.problems, *on_paper), key=lambda problem: problem.line)))
