"""``flask postcodes …``: commands for operators, about the postcode index."""

import re
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli.files import FILE, data_folder
from app.cli.reports import counted
from app.mp.snapshot.build_index import CannotBuild, build_index
from app.mp.snapshot.postcode_index import MONTH
from app.mp.snapshot.snapshot import INDEX_FILE
from app.web.services import services

postcodes = AppGroup("postcodes", help="For operators: the postcode index.")

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


@postcodes.command("build")
@click.argument("csv", type=FILE)
@click.option("--date", "month", help="Month of the data, such as 2026-02; by default, from the file's name or date.")
@click.option("--northern-ireland", is_flag=True, help="Keep BT postcodes: needs a Land & Property Services licence.")
def build_postcodes(csv: Path, month: str | None, northern_ireland: bool) -> None:
    """Build the postcode index from CSV: the ONS Postcode Directory, or postcode,code[,near]; or CSV.xz."""
    month = month or _month_of(csv)
    if not MONTH.fullmatch(month):
        raise click.UsageError("--date must be a month, such as 2026-02.")
    target = data_folder() / INDEX_FILE
    codes = {seat.code for seat in services().house.latest_snapshot().seats}
    click.echo(f"Reading {csv.name}, dated {month}; the whole country takes about a minute.")
    try:
        tally = build_index(csv, target, month, codes, with_bt=northern_ireland)
    except CannotBuild as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"Wrote {counted(tally.kept, 'postcode')} to {target} ({target.stat().st_size:,} bytes). "
        f"Left out: {tally.terminated:,} terminated, {tally.no_constituency:,} in no constituency, "
        f"{tally.northern_ireland:,} in Northern Ireland."
    )


def _month_of(csv: Path) -> str:
    """Return the month in a name such as ``gb_2026-02.csv`` or ``ONSPD_FEB_2026_UK.csv``, or of the file's date."""
    dashed = re.search(r"(\d{4})-(\d\d)", csv.name)
    if dashed:
        return dashed.group()
    spelt = re.search(rf"({'|'.join(MONTHS)})[A-Z]*_(\d{{4}})", csv.name.upper())
    if spelt:
        return f"{spelt[2]}-{MONTHS.index(spelt[1]) + 1:02}"
    return f"{datetime.fromtimestamp(csv.stat().st_mtime, UTC):%Y-%m}"
