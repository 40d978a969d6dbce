"""The letter as email: its text, links that open it in a mail program or webmail, a draft, a file to keep."""

from collections.abc import Callable
from dataclasses import dataclass
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from urllib.parse import quote

from app.letters.letter import Letter

_OWN = "mailto:"

Quote = Callable[[str], str]
"""Encodes a text for a link."""


@dataclass(frozen=True, slots=True)
class MailProgram:
    """A mail program or webmail site that a link can open, with an email filled in."""

    name: str
    start: str
    """The link up to the recipient's address."""
    longest: int
    """The most characters of a link that arrive whole, everywhere."""
    subject: str = "subject"
    """The link's name for the subject."""

    @property
    def is_own(self) -> bool:
        """True for the program on the writer's own device."""
        return self.start == _OWN


MAIL_PROGRAMS = (
    MailProgram("Gmail", "https://mail.google.com/mail/?view=cm&fs=1&tf=1&to=", 5_500, subject="su"),
    MailProgram("Outlook.com", "https://outlook.live.com/mail/0/deeplink/compose?to=", 8_000),
    MailProgram("Microsoft 365", "https://outlook.office.com/mail/deeplink/compose?to=", 2_000),
    MailProgram("Yahoo Mail", "https://compose.mail.yahoo.com/?to=", 4_000),
    # RFC 6068. Chromium on Windows drops what is over 2,046 characters, without a word.
    MailProgram("My email app", _OWN, 1_900),
)


@dataclass(frozen=True, slots=True)
class MailLink:
    """A link that opens an email, and how much of the letter it carries."""

    program: MailProgram
    href: str
    has_letter: bool
    """True if it holds subject and letter, whole. If not, the writer pastes what is missing."""
    has_subject: bool


def email_text(letter: Letter) -> str:
    """Return the body of the email: the letter, and under the name the address that shows a constituent."""
    signed = letter.body.endswith(f"\n{letter.sender.name}")
    ending = letter.sender.address if signed else ("", letter.sender.name, *letter.sender.address)
    return "\n".join((letter.body, *ending)) + "\n"


def plain_text(letter: Letter) -> str:
    """Return the email as a text file, with line ends that every system reads."""
    recipient = letter.email or ", ".join(letter.recipient)
    words = letter.wording
    head = f"{words.to}: {recipient}\n{words.subject}: {letter.subject}"
    return f"{head}\n\n{email_text(letter)}".replace("\n", "\r\n")


def _quote(text: str) -> str:
    # Line breaks as in RFC 6068, and never + for a space, which mail programs take for a plus.
    return quote(text.replace("\n", "\r\n"), safe="")


def links(letter: Letter, copy_to: str = "", *, own_first: bool = False) -> list[MailLink]:
    """Return a link for each mail program, none longer than it takes; none at all if the member publishes no address.

    ``copy_to`` is the writer's own email address, for a copy to themselves. ``own_first`` puts the program of the
    writer's device before the sites.
    """
    programs = sorted(MAIL_PROGRAMS, key=lambda program: not program.is_own) if own_first else MAIL_PROGRAMS
    quoted = cache(_quote)  # for these links alone: the same texts are in all of them
    return [_link(program, letter, copy_to, quoted) for program in programs if letter.email]


def _link(program: MailProgram, letter: Letter, copy_to: str, quoted: Quote = _quote) -> MailLink:
    copy = {"cc": copy_to} if copy_to else {}
    with_subject = copy | {program.subject: letter.subject}
    whole = _href(program, letter.email, with_subject | {"body": email_text(letter)}, quoted)
    if len(whole) <= program.longest:
        return MailLink(program, whole, has_letter=True, has_subject=True)
    short = _href(program, letter.email, with_subject, quoted)
    if len(short) <= program.longest:
        return MailLink(program, short, has_letter=False, has_subject=True)
    return MailLink(program, _href(program, letter.email, copy, quoted), has_letter=False, has_subject=False)


def _href(program: MailProgram, to: str, fields: dict[str, str], quoted: Quote) -> str:
    start = program.start + quoted(to).replace("%40", "@")
    query = "&".join(f"{name}={quoted(text)}" for name, text in fields.items())
    return f"{start}{'&' if '?' in start else '?'}{query}" if query else start


def draft(letter: Letter, copy_to: str = "") -> bytes:
    """Return a message file (``.eml``) that mail programs open as an unsent draft."""
    message = EmailMessage(policy=SMTP)
    if letter.email:
        message["To"] = letter.email
    if copy_to:
        message["Cc"] = copy_to
    # Encoded as a whole. Otherwise spaces are lost where it is folded, and text that only looks encoded is decoded.
    message.set_raw("Subject", Header(letter.subject, "utf-8", header_name="Subject").encode())
    message["X-Unsent"] = "1"
    message.set_content(email_text(letter))
    return message.as_bytes()
