"""``flask campaigns preview``: a campaign's letter to MPs with whom letters go wrong, as text and on paper."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.campaigns.campaign import Campaign
from app.campaigns.linter.checked_file import check_file
from app.campaigns.template.liquid import TemplateError
from app.cli.files import campaign_file, made
from app.cli.reports import as_text, shown
from app.cli.samples import file_name, roles
from app.letters.composition import Composition
from app.letters.email import email_text
from app.letters.letter import Letter, LetterTooLong, TooManyPages
from app.letters.paper.pdf_pool import PdfFailed, PdfPoolBusy
from app.letters.reminder import WEEKS
from app.letters.sample_members import SampleMember
from app.letters.tailoring import tailoring
from app.letters.text import clean_line
from app.letters.trial import sample_composition
from app.mp.dissolution import today
from app.web.services import services

_RULE = "─" * 72


@click.command("preview")
@click.argument("campaign")
@click.option("--member", "members", multiple=True, help="An MP's name, number or constituency, or one of the cast.")
@click.option(
    "--letter",
    "which",
    type=click.Choice(["first", "follow-up"]),
    default="first",
    help="The letter, or the second one, of somebody who had no answer.",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "pdf", "png"]), default="text", help="On the terminal, or as files."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for PDFs and pictures.")
@with_appcontext
def preview(campaign: str, members: Sequence[str], which: str, form: str, out: Path | None) -> None:
    """Show the letter of CAMPAIGN (a name or a file) to the MPs named, or to a cast of awkward ones."""
    if out and form == "text":
        raise click.UsageError("--out is for --format pdf or png; text goes to the terminal.")
    path = campaign_file(campaign)
    usable = _usable(path)
    parts = roles(members)
    folder = made(out or Path()) if form != "text" else None
    failed = 0
    for role in parts:
        try:
            composition = _composition(usable, role, which)
            if folder:
                _save(_files(composition.letter, form, file_name(path.stem, role, which)), folder)
            else:
                click.echo(_as_text(role, composition))
        except tuple(_FAILURES) as error:
            click.echo(f"To {role.member.name}, {role.constituency.name}: {_FAILURES[type(error)]}", err=True)
            failed += 1
    if failed:
        raise click.ClickException(f"{failed} of {len(parts)} letters could not be made.")


_FAILURES: dict[type[Exception], str] = {
    LetterTooLong: "the letter is too long to be sent.",
    TooManyPages: "the letter takes more than three pages.",
    TemplateError: "the text of the letter does not come out.",
    PdfPoolBusy: "too many letters are being printed. Try again in a moment.",
    PdfFailed: "the letter could not be printed.",
}


def _usable(path: Path) -> Campaign:
    """The file's campaign, or the end with its errors."""
    checked = check_file(path, services().house.latest_snapshot().seats)
    if checked.campaign:
        return checked.campaign
    for problem in checked.errors:
        click.echo(as_text(shown(path), problem))
    raise click.ClickException(f"{shown(path)} has mistakes. Mend them, and preview it again.")


def _composition(campaign: Campaign, role: SampleMember, which: str) -> Composition:
    first_sent = today() - timedelta(weeks=WEEKS) if which == "follow-up" else None
    return replace(sample_composition(campaign, role, today()), first_sent=first_sent)


def _as_text(role: SampleMember, composition: Composition) -> str:
    """The letter as an e-mail, under who gets it and what the supporter is told."""
    letter = composition.letter
    head = [
        role.label,
        f"To:       {role.member.full_title}",
        f"Seat:     {role.constituency.name}, {role.constituency.nation}",
        f"Email:    {letter.email or 'none known, so by post'}",
        f"Subject:  {letter.subject}",
        *(f"The supporter is told: {clean_line(reason.says)}" for reason in tailoring(composition)),
    ]
    return "\n".join([_RULE, *head, _RULE, "", email_text(letter)])


def _files(letter: Letter, form: str, name: str) -> dict[str, bytes]:
    """What to write, by name. Raises as the press does."""
    pdf_pool = services().pdf_pool
    if form == "pdf":
        return {f"{name}.pdf": pdf_pool.typeset(letter)}
    return {f"{name}-{page}.png": picture for page, picture in enumerate(pdf_pool.page_images(letter), 1)}


def _save(files: dict[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        try:
            path.write_bytes(content)
        except OSError as error:
            raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error
        click.echo(path)
