"""``flask campaigns preview``: a campaign's letter to awkward MPs, as text or on paper."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

import click
from flask.cli import with_appcontext

from app.campaigns.campaign import Campaign
from app.campaigns.linter.checked_file import check_file
from app.campaigns.template.liquid import TemplateError
from app.cli.files import campaign_file, create_folder
from app.cli.reports import format_text, shown
from app.cli.samples import LetterKind, file_name, find_samples
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


class FileFormat(StrEnum):
    """The forms in which a preview comes: on the terminal, or as files."""

    TEXT = "text"
    PDF = "pdf"
    PNG = "png"


@click.command("preview")
@click.argument("campaign")
@click.option("--member", "members", multiple=True, help="An MP's name, number or constituency, or a sample member.")
@click.option(
    "--letter",
    "letter_kind",
    type=click.Choice([kind.value for kind in LetterKind]),
    default=LetterKind.FIRST.value,
    help="The letter, or the second one, of somebody who had no answer.",
)
@click.option(
    "--format",
    "file_format",
    type=click.Choice([file_format.value for file_format in FileFormat]),
    default=FileFormat.TEXT.value,
    help="On the terminal, or as files.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder for PDFs and pictures.")
@with_appcontext
def preview(campaign: str, members: Sequence[str], letter_kind: str, file_format: str, out: Path | None) -> None:
    """Show the letter of CAMPAIGN (a name or a file) to the MPs named, or to eleven awkward ones."""
    kind, file_format = LetterKind(letter_kind), FileFormat(file_format)
    if out and file_format is FileFormat.TEXT:
        raise click.UsageError("--out is for --format pdf or png; text goes to the terminal.")
    path = campaign_file(campaign)
    usable = _usable(path)
    samples = find_samples(members)
    folder = create_folder(out or Path()) if file_format is not FileFormat.TEXT else None
    failed = 0
    for sample in samples:
        try:
            composition = _composition(usable, sample, kind)
            if folder:
                _save(_render(composition.letter, file_format, file_name(path.stem, sample, kind)), folder)
            else:
                click.echo(_format_letter(sample, composition))
        except tuple(_FAILURES) as error:
            click.echo(f"To {sample.member.name}, {sample.constituency.name}: {_FAILURES[type(error)]}", err=True)
            failed += 1
    if failed:
        raise click.ClickException(f"{failed} of {len(samples)} letters could not be made.")


_FAILURES: dict[type[Exception], str] = {
    LetterTooLong: "the letter is too long to be sent.",
    TooManyPages: "the letter takes more than three pages.",
    TemplateError: "the text of the letter does not come out.",
    PdfPoolBusy: "too many letters are being printed. Try again in a moment.",
    PdfFailed: "the letter could not be printed.",
}


def _usable(path: Path) -> Campaign:
    checked = check_file(path, services().house.latest_snapshot().seats)
    if checked.campaign:
        return checked.campaign
    for problem in checked.errors:
        click.echo(format_text(shown(path), problem))
    raise click.ClickException(f"{shown(path)} has errors. Fix them, and preview it again.")


def _composition(campaign: Campaign, sample: SampleMember, kind: LetterKind) -> Composition:
    first_sent = today() - timedelta(weeks=WEEKS) if kind is LetterKind.FOLLOW_UP else None
    return replace(sample_composition(campaign, sample, today()), first_sent=first_sent)


def _format_letter(sample: SampleMember, composition: Composition) -> str:
    letter = composition.letter
    head = [
        sample.label,
        f"To:       {sample.member.full_title}",
        f"Seat:     {sample.constituency.name}, {sample.constituency.nation}",
        f"Email:    {letter.email or 'none known, so by post'}",
        f"Subject:  {letter.subject}",
        *(f"The supporter is told: {clean_line(reason.says)}" for reason in tailoring(composition)),
    ]
    return "\n".join([_RULE, *head, _RULE, "", email_text(letter)])


def _render(letter: Letter, file_format: FileFormat, name: str) -> dict[str, bytes]:
    """Return the files to write, by name. Raises PdfFailed, PdfPoolBusy and TooManyPages."""
    pdf_pool = services().pdf_pool
    if file_format is FileFormat.PDF:
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
