"""Who is meant by what follows ``--member``, and what the files of letters to them are called."""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

import click

from app.letters.sample_members import SampleMember, find_sample_member, sample_members
from app.mp.people import Seat, folded
from app.web.services import services

_SOME = 5  # names to choose from


def roles(wanted: Sequence[str]) -> list[SampleMember]:
    """The MPs that are meant, each once; without any, the whole cast."""
    seats = services().house.latest_snapshot().seats
    return list(dict.fromkeys(_role(name, seats) for name in wanted)) if wanted else sample_members(seats)


def _role(wanted: str, seats: Sequence[Seat]) -> SampleMember:
    role = find_sample_member(seats, wanted)
    if not role:
        near = _near(wanted, seats)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        keys = ", ".join(role.key for role in sample_members(seats))
        raise click.UsageError(
            f"there is no MP or constituency called {wanted}.{hint} One of the cast will do, too: {keys}."
        )
    return role


def _near(wanted: str, seats: Sequence[Seat]) -> list[str]:
    """Names that hold what was wanted, else those that are most like it."""
    names = {folded(name): name for seat in seats for name in _names(seat)}
    part = folded(wanted)
    holding = [key for key in names if part and part in key]
    return [names[key] for key in (holding or get_close_matches(part, names, n=_SOME))[:_SOME]]


def _names(seat: Seat) -> Iterator[str]:
    yield seat.constituency.name
    if seat.member:
        yield seat.member.plain_name


def file_name(slug: str, role: SampleMember, which: str) -> str:
    """``rivers-speaker``; an MP who is not of the cast goes by the constituency, which nobody else has."""
    who = role.key or re.sub(r"[^a-z0-9]+", "-", folded(role.constituency.name)).strip("-")
    return f"{slug}-{who}{'' if which == 'first' else f'-{which}'}"
