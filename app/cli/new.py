"""``flask campaigns new``: asks a few questions, and writes the first file of a campaign."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from app.campaigns.file.file_names import LONGEST_SLUG, is_file_name, is_slug, slug_of
from app.campaigns.linter.checked_file import check_file
from app.campaigns.starter import LONGEST_ANSWER, Start, one_line, starting_file
from app.cli.reports import format_text, shown
from app.mp.people import folded
from app.web.services import services

_INTRODUCTION = (
    "A few questions. Press Enter to accept the answer in brackets; you can change everything in the file later."
)
_QUESTION = "Why does this matter to you?"
_ASK = "Will you write to the minister responsible, ask what the Government will do, and send me the answer?"


class _Line(click.ParamType[str]):
    name = "line"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        line = one_line(str(value))
        if len(line) > LONGEST_ANSWER:
            self.fail(f"that has {len(line)} characters; {LONGEST_ANSWER} at most.", param, ctx)
        return line


_LINE = _Line()


@click.command("new")
@click.argument("slug")
@click.option("--title", type=_LINE, help="Name of the campaign.")
@click.option("--organisation", type=_LINE, help="Who runs it.")
@click.option("--topic", type=_LINE, help="What follows “I am writing to you about”.")
@click.option("--subject", type=_LINE, help="Subject line of the letter.")
@click.option("--question", type=_LINE, help="What supporters are asked, to answer in their own words.")
@click.option("--ask", type=_LINE, help="What the letter asks the MP to do.")
@with_appcontext
def new(
    slug: str,
    title: str | None,
    organisation: str | None,
    topic: str | None,
    subject: str | None,
    question: str | None,
    ask: str | None,
) -> None:
    """Write a file for a new campaign, whose address ends with SLUG, from answers to a few questions."""
    path = _free_path(slug)
    if None in (title, organisation, topic, subject, question, ask):
        click.echo(_INTRODUCTION)
    name = slug.replace("-", " ")
    title = _answer(title, "What is the campaign called?", name.capitalize())
    start = Start(
        title=title,
        organisation=organisation if organisation is not None else _prompt("Who runs it? (may be left empty)", ""),
        topic=_answer(topic, "“I am writing to you about …”: what, in a few words?", name),
        subject=_answer(subject, "What is the subject line of the letter?", title),
        question=_answer(question, "What do you ask supporters, to answer in their own words?", _QUESTION),
        ask=_answer(ask, "What does the letter ask the MP to do?", _ASK),
    )
    _write(path, starting_file(start))
    click.echo(f"\nWrote {shown(path)}.")
    for problem in check_file(path, services().house.latest_snapshot().seats).problems:
        click.echo(format_text(shown(path), problem))
    click.echo(_what_next(path, services().settings.port))


def _answer(given: str | None, question: str, default: str) -> str:
    return (_prompt(question, default) if given is None else given) or default


def _prompt(question: str, default: str) -> str:
    typed: str = click.prompt(question, default=default, show_default=bool(default), type=_LINE)
    return typed


def _free_path(slug: str) -> Path:
    if not is_slug(slug) and is_file_name(slug):
        raise click.UsageError(_how_to_translate(slug_of(slug)))
    if not is_slug(slug):
        letters = re.sub(r"[^a-z0-9]+", "-", folded(slug).removesuffix(".md")).strip("-")
        better = letters[:LONGEST_SLUG].strip("-")
        hint = f" Try: flask campaigns new {better}" if better else " Such as: flask campaigns new clean-rivers"
        raise click.UsageError(
            f"the name becomes an address: small letters, digits and single hyphens, {LONGEST_SLUG} at most.{hint}"
        )
    path = services().campaigns.folder / f"{slug}.md"
    if path.exists():
        raise _already_exists(path)
    return path


def _how_to_translate(slug: str) -> str:
    return (
        f"{slug}.cy.md is the Welsh of {slug}.md. Copy that file to another folder, translate its texts, and put it "
        "beside the other under this name. What stays the same need not be in it: see docs/campaigns.md."
    )


def _already_exists(path: Path) -> click.ClickException:
    return click.ClickException(f"{shown(path)} is there already. Edit it, or choose another name.")


def _write(path: Path, text: str) -> None:
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise _already_exists(path) from None
    except OSError as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)  # half of the text may be in it
        raise click.ClickException(f"{shown(path)} cannot be written: {error.strerror}.") from error


def _what_next(path: Path, port: int) -> str:
    return f"""
What to do next:
  1. Open {shown(path)} in an editor, put your facts in, and change what you like.
     docs/campaigns.md explains every field.
  2. .venv/bin/flask campaigns check {path.stem}
     says what could be better, and on which line.
  3. .venv/bin/flask campaigns preview {path.stem}
     shows the letter to eleven awkward MPs.
  4. make run
     serves it on http://localhost:{port}/c/{path.stem}

A site that is running already shows it from now on."""
