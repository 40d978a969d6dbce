"""The MPs that ``--member`` names, and the names of the files of letters to them."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from enum import StrEnum

import click

from app.letters.sample_members import SampleMember, find_sample_member, sample_members
from app.mp.people import Seat, folded
from app.web.services import services

_MOST_SIMILAR = 5  # names to choose from


class LetterKind(StrEnum):
    """The letters of a campaign, as the options of ``flask campaigns preview`` call them."""

    FIRST = "first"
    FOLLOW_UP = "follow-up"


def find_samples(wanted: Sequence[str]) -> list[SampleMember]:
    """Return the MPs that are named, each once; without names, all sample members. Raises UsageError."""
    seats = services().house.latest_snapshot().seats
    return list(dict.fromkeys(_find_sample(name, seats) for name in wanted)) if wanted else sample_members(seats)


def _find_sample(wanted: str, seats: Sequence[Seat]) -> SampleMember:
    sample = find_sample_member(seats, wanted)
    if not sample:
        near = _similar_names(wanted, seats)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        keys = ", ".join(sample.key for sample in sample_members(seats))
        raise click.UsageError(
            f"there is no MP or constituency called {wanted}.{hint} Or name a sample member: {keys}."
        )
    return sample


def _similar_names(wanted: str, seats: Sequence[Seat]) -> list[str]:
    names = {folded(name): name for seat in seats for name in _names(seat)}
    part = folded(wanted)
    containing = [key for key in names if part and part in key]
    return [names[key] for key in (containing or get_close_matches(part, names, n=_MOST_SIMILAR))[:_MOST_SIMILAR]]


def _names(seat: Seat) -> Iterator[str]:
    yield seat.constituency.name
    if seat.member:
        yield seat.member.plain_name


def file_name(slug: str, sample: SampleMember, letter: LetterKind) -> str:
    """``rivers-speaker``. An MP who is no sample member is named by constituency, which nobody else has."""
    name = sample.key or re.sub(r"[^a-z0-9]+", "-", folded(sample.constituency.name)).strip("-")
    return f"{slug}-{name}{'' if letter is LetterKind.FIRST else f'-{letter}'}"
