"""The letter as e-mail: its text, a ``mailto:`` link within its limit, a draft to open, a file to keep."""

from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import quote, urlencode

from app.letters.letter import Letter

LONGEST_MAILTO = 1_900  # characters; Chromium on Windows drops an address over 2,046 without a word


def email_text(letter: Letter) -> str:
    """The body of the e-mail: the letter, and under the name the address that shows a constituent."""
    signed = letter.body.endswith(f"\n{letter.sender.name}")
    ending = letter.sender.address if signed else ("", letter.sender.name, *letter.sender.address)
    return "\n".join((letter.body, *ending)) + "\n"


def plain_text(letter: Letter) -> str:
    """A text file of the e-mail, with lines ended as every system reads them."""
    recipient = letter.email or ", ".join(letter.recipient)
    return f"To: {recipient}\nSubject: {letter.subject}\n\n{email_text(letter)}".replace("\n", "\r\n")


def mailto(letter: Letter) -> str:
    """A ``mailto:`` link (RFC 6068) with the whole letter, or empty where it would be longer than all systems take."""
    link = f"{mailto_without_body(letter)}&{_query(body=email_text(letter))}"
    return link if letter.email and len(link) <= LONGEST_MAILTO else ""


def mailto_without_body(letter: Letter) -> str:
    """A ``mailto:`` link with address and subject only."""
    return f"mailto:{quote(letter.email, safe='@')}?{_query(subject=letter.subject)}"


def _query(**fields: str) -> str:
    return urlencode({name: text.replace("\n", "\r\n") for name, text in fields.items()}, quote_via=quote, safe="")


def draft(letter: Letter) -> bytes:
    """A message file (``.eml``) that mail programs open as an unsent draft."""
    message = EmailMessage(policy=SMTP)
    if letter.email:
        message["To"] = letter.email
    message["Subject"] = letter.subject
    message["X-Unsent"] = "1"
    message.set_content(email_text(letter))
    return message.as_bytes()
