"""``flask members …``: who sits in the House of Commons, for operators."""

import re
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli.descriptions import described
from app.cli.files import FILE, data_folder
from app.mp.parliament.client import Blocked, ParliamentError
from app.mp.parliament.refresh import CannotRefresh, Refresh
from app.mp.postcode import Postcode, PostcodeError
from app.mp.snapshot.members_table import TableUnreadable, read_csv, write_table
from app.mp.snapshot.snapshot import MEMBERS_FILE
from app.web.services import services

members = AppGroup("members", help="For operators: the members of the House of Commons.")


@members.command("find")
@click.argument("postcode")
def find_member(postcode: str) -> None:
    """Say who the app would write to from POSTCODE, and where the answer comes from."""
    try:
        outcome = services().finder.find(Postcode.parse(postcode), contact=True, post=True)
    except PostcodeError as error:
        raise click.ClickException(f"not a postcode ({type(error).__name__}).") from None
    click.echo(described(outcome))


@members.command("refresh")
@click.option(
    "--pause",
    type=click.FloatRange(min=0),
    default=0.2,
    show_default=True,
    help="Seconds between two calls, out of politeness.",
)
def refresh_members(pause: float) -> None:
    """Get today's members and how to reach them from Parliament, some 700 calls; go on with a run that was stopped."""
    here, folder = services(), data_folder()
    refresh = Refresh(here.parliament, str(here.settings.parliament_api_url), folder, pause)
    away = max(here.cached_parliament.seconds_away(), refresh.seconds_away)
    if away:
        raise click.ClickException(f"Parliament is not to be called for another {_minutes(away)}.")
    if refresh.done:
        click.echo(f"Going on where an earlier run stopped: {refresh.done} of about {refresh.steps} answers are there.")
    try:
        with click.progressbar(length=refresh.steps, label="Asking Parliament", show_pos=True) as bar:
            bar.update(refresh.done)
            for steps in refresh.gather():
                bar.length = steps
                bar.update(1)
        table = refresh.build_table(here.house.latest_snapshot())
    except Blocked as error:
        here.cached_parliament.stay_away(error.seconds)
        refresh.stay_away(error.seconds)
        raise click.ClickException(
            f"Parliament asks us to stay away for {_minutes(error.seconds)}. Run this again then: it goes on from here."
        ) from None
    except ParliamentError as error:
        raise click.ClickException(
            f"Parliament does not answer ({error}). Run this again later: it goes on from here."
        ) from None
    except CannotRefresh as error:
        refresh.forget()
        raise click.ClickException(f"{error} The old table stays.") from None
    except OSError as error:
        raise click.ClickException(f"nothing can be written to {folder}: {error.strerror}.") from None
    write_table(table, folder / MEMBERS_FILE)
    refresh.forget()
    here.cached_parliament.forget(everywhere=True)
    vacant = sum(seat.member is None for seat in table.seats)
    click.echo(
        f"Wrote the members of {table.date} to {folder / MEMBERS_FILE}: {len(table.seats)} seats, {vacant} vacant."
    )


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"


@members.command("build")
@click.argument("csv", type=FILE)
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day the rows were true; else read from the name."
)
def build_members(csv: Path, day: datetime | None) -> None:
    """Make the members table from CSV, a row for each of the 650 seats."""
    named = re.search(r"\d{4}-\d\d-\d\d", csv.name)
    if not (day or named):
        raise click.UsageError("the file's name holds no date such as 2026-06-27: give one with --date.")
    true_on = day.date() if day else date.fromisoformat(named.group())  # type: ignore[union-attr]  # one of them is
    target = data_folder() / MEMBERS_FILE
    try:
        write_table(read_csv(csv, true_on), target)
    except TableUnreadable as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wrote the members of {true_on} to {target}")
