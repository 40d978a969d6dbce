"""``flask members …``: commands for operators, about the members of the House of Commons."""

import re
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from app.cli.files import FILE, data_folder
from app.cli.outcome_text import describe_outcome
from app.cli.reports import counted
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
    """Show which MP the app would find for POSTCODE, and where the answer comes from."""
    try:
        outcome = services().finder.find(Postcode.parse(postcode), contact=True, post=True)
    except PostcodeError as error:
        raise click.ClickException(f"not a postcode ({type(error).__name__}).") from None
    click.echo(describe_outcome(outcome))


@members.command("refresh")
@click.option(
    "--pause",
    type=click.FloatRange(min=0),
    default=0.2,
    show_default=True,
    help="Seconds between two calls, so as not to burden Parliament.",
)
def refresh_members(pause: float) -> None:
    """Get today's members and their contact details from Parliament: some 700 calls. Resumes a run that was stopped."""
    site, folder = services(), data_folder()
    refresh = Refresh(site.parliament, str(site.settings.parliament_api_url), folder, pause)
    away = max(site.cached_parliament.seconds_away(), refresh.seconds_away)
    if away:
        raise click.ClickException(f"Parliament asked us not to call it for another {_format_duration(away)}.")
    if refresh.done:
        click.echo(f"Resuming an earlier run: it had {refresh.done} of about {refresh.steps} answers.")
    try:
        with click.progressbar(length=refresh.steps, label="Asking Parliament", show_pos=True) as bar:
            bar.update(refresh.done)
            for steps in refresh.gather():
                bar.length = steps
                bar.update(1)
        table = refresh.build_table(site.house.latest_snapshot())
    except Blocked as error:
        site.cached_parliament.stay_away(error.seconds)
        refresh.stay_away(error.seconds)
        raise click.ClickException(
            f"Parliament asks us to stop calling it for {_format_duration(error.seconds)}. "
            "Run this again then, to resume from here."
        ) from None
    except ParliamentError as error:
        raise click.ClickException(
            f"Parliament does not answer ({error}). Run this again later, to resume from here."
        ) from None
    except CannotRefresh as error:
        refresh.forget()
        raise click.ClickException(f"{error} The old table is unchanged.") from None
    except OSError as error:
        raise click.ClickException(f"cannot write to {folder}: {error.strerror}.") from None
    write_table(table, folder / MEMBERS_FILE)
    refresh.forget()
    site.cached_parliament.forget(everywhere=True)
    vacant = sum(seat.member is None for seat in table.seats)
    click.echo(
        f"Wrote the members of {table.date} to {folder / MEMBERS_FILE}: {len(table.seats)} seats, {vacant} vacant."
    )


def _format_duration(seconds: float) -> str:
    if seconds >= 120:
        return f"{seconds / 60:.0f} minutes"
    return counted(max(1, round(seconds)), "second")


@members.command("build")
@click.argument("csv", type=FILE)
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day the rows were correct; by default, as in the file's name.",
)
def build_members(csv: Path, day: datetime | None) -> None:
    """Build the members table from CSV, which has a row for each of the 650 seats."""
    date_in_name = re.search(r"\d{4}-\d\d-\d\d", csv.name)
    if not (day or date_in_name):
        raise click.UsageError("the file's name has no date such as 2026-06-27: give one with --date.")
    correct_on = day.date() if day else date.fromisoformat(date_in_name.group())  # type: ignore[union-attr]  # one of them is
    target = data_folder() / MEMBERS_FILE
    try:
        write_table(read_csv(csv, correct_on), target)
    except TableUnreadable as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wrote the members of {correct_on} to {target}")
