"""Commands: ``flask campaigns …``, ``flask members …``, ``flask postcodes …``."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from app.campaigns.library import check_file
from app.campaigns.problems import Severity
from app.mp.build_index import CannotBuild, build_index
from app.mp.finder import Found
from app.mp.members_table import TableUnreadable, read_csv, write_table
from app.mp.postcode import Postcode, PostcodeError
from app.mp.snapshot import EMBEDDED, INDEX_FILE, MEMBERS_FILE
from app.web.desk import desk

campaigns = AppGroup("campaigns", help="For campaigners: list and check campaign files.")
members = AppGroup("members", help="For operators: the members of the House of Commons.")
postcodes = AppGroup("postcodes", help="For operators: the postcode index.")

CSV = click.Path(exists=True, dir_okay=False, path_type=Path)
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


def init_app(app: Flask) -> None:
    """Add the commands."""
    for group in (campaigns, members, postcodes):
        app.cli.add_command(group)


@campaigns.command("list")
def list_campaigns() -> None:
    """List the campaigns that can be used."""
    for slug, campaign in desk().campaigns.all().items():
        click.echo(f"{slug}\t{campaign.title}")


@campaigns.command("check")
@click.argument("files", nargs=-1, type=CSV)
def check_campaigns(files: tuple[Path, ...]) -> None:
    """Say what is wrong with campaign FILES (by default all of them), and where. Exits 1 on an error."""
    checked = [check_file(path) for path in files] if files else desk().campaigns.check_all()
    for file in checked:
        for problem in file.problems:
            click.echo(f"{file.path}:{problem.line}: {problem.severity.value}: {problem.message}")
    wrong = sum(any(problem.severity is Severity.ERROR for problem in file.problems) for file in checked)
    click.echo(f"{len(checked)} checked, {wrong} with errors.")
    if wrong:
        raise SystemExit(1)


@members.command("find")
@click.argument("postcode")
def find_member(postcode: str) -> None:
    """Say who the app would write to from POSTCODE, and where the answer comes from."""
    try:
        outcome = desk().finder.find(Postcode.parse(postcode))
    except PostcodeError as error:
        raise click.ClickException(f"not a postcode ({type(error).__name__}).") from None
    click.echo(_described(outcome) if isinstance(outcome, Found) else f"{outcome}: {type(outcome).__doc__}")


def _described(found: Found) -> str:
    source = f"the snapshot of {found.as_of}" if found.as_of else "Parliament's API"
    near = ", ".join(place.name for place in found.near)
    lines = [
        f"Constituency: {found.constituency.name}",
        f"Member:       {found.member.title} ({found.member.party})",
        f"E-mail:       {found.member.contact.email or 'none published'}",
        f"Source:       {source}",
        *([f"Near:         {near}"] if near else []),
    ]
    return "\n".join(lines)


@members.command("build")
@click.argument("csv", type=CSV)
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day the rows were true; else read from the name."
)
def build_members(csv: Path, day: datetime | None) -> None:
    """Make the embedded members table from CSV, a row for each of the 650 seats."""
    named = re.search(r"\d{4}-\d\d-\d\d", csv.name)
    if not (day or named):
        raise click.UsageError("the file's name holds no date such as 2026-06-27: give one with --date.")
    true_on = day.date() if day else date.fromisoformat(named.group())  # type: ignore[union-attr]  # one of them is
    target = _data_folder() / MEMBERS_FILE
    try:
        write_table(read_csv(csv, true_on), target)
    except TableUnreadable as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wrote the members of {true_on} to {target}")


@postcodes.command("build")
@click.argument("csv", type=CSV)
@click.option("--date", "month", help="Month of the data, as 2026-02; else read from the file's name, or its own date.")
@click.option("--northern-ireland", is_flag=True, help="Keep BT postcodes: needs a Land & Property Services licence.")
def build_postcodes(csv: Path, month: str | None, northern_ireland: bool) -> None:
    """Make the embedded postcode index from CSV: the ONS Postcode Directory, or postcode,code[,near]; or CSV.xz."""
    month = month or _month_of(csv)
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise click.UsageError("--date must be a month, such as 2026-02.")
    target = _data_folder() / INDEX_FILE
    codes = {seat.code for seat in desk().snapshot.members.seats}
    click.echo(f"Reading {csv.name}, dated {month}; the whole country takes about a minute.")
    try:
        tally = build_index(csv, target, month, codes, with_bt=northern_ireland)
    except CannotBuild as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"Wrote {tally.kept:,} postcodes to {target} ({target.stat().st_size:,} bytes). Left out: {tally.terminated:,} "
        f"terminated, {tally.no_constituency:,} in no constituency, {tally.northern_ireland:,} in Northern Ireland."
    )


def _data_folder() -> Path:
    return desk().settings.data_dir or EMBEDDED


def _month_of(csv: Path) -> str:
    """The month in a name such as ``gb_2026-02.csv`` or ``ONSPD_FEB_2026_UK.csv``, else the file's own."""
    dashed = re.search(r"(\d{4})-(\d\d)", csv.name)
    if dashed:
        return dashed.group()
    spelt = re.search(rf"({'|'.join(MONTHS)})[A-Z]*_(\d{{4}})", csv.name.upper())
    if spelt:
        return f"{spelt[2]}-{MONTHS.index(spelt[1]) + 1:02}"
    return f"{datetime.fromtimestamp(csv.stat().st_mtime, UTC):%Y-%m}"
