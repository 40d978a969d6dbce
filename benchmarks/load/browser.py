"""A supporter's browser without scripts: sends the forms on the page, and sends refused ones again."""

import asyncio
import re
import secrets
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

import aiohttp

from benchmarks.load.ledger import Ledger, Request
from tests.page import Button, Form, Page

LONGEST_WAIT = 60.0  # seconds; a supporter who has seen nothing by then leaves
SECONDS_BEFORE_BACK = 1.0  # the time that somebody looks at the browser's own error page
MOST_TRIES = 60
BUSY = (429, 503)
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Accept": "text/html,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate, br",
    "Accept-Language": "en-GB,en;q=0.5",
}
# Everything that such a browser acts on: a twentieth of a page. Parsing the rest would cost more than serving it.
_WANTED = re.compile(
    r"</?(?:header|form)\b[^>]*>|<(?:h1|button|textarea)\b[^>]*>[^<]*|</textarea>|<(?:input|img)\b[^>]*>"
)


class Lost(Exception):
    """A journey failed; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A site's answer to one request."""

    status: int
    retry_after: str
    content: bytes

    @property
    def text(self) -> str:
        """The page, as text."""
        return self.content.decode()

    def page(self) -> Page:
        """Parse the parts of the page that a browser without scripts acts on. Raises Lost if it is not a page."""
        try:
            return Page("".join(_WANTED.findall(self.text)))
        except (AssertionError, KeyError, UnicodeDecodeError) as error:
            raise Lost(f"a page that makes no sense: {error!r}") from error


class Browser:
    """One person's browser, with a separate connection."""

    def __init__(self, site: str, ledger: Ledger) -> None:
        self._site = site
        self._ledger = ledger
        # Idle connections are closed before the server closes them: browsers notice that, and open another.
        connector = aiohttp.TCPConnector(limit=2, keepalive_timeout=1.0)
        self._session = aiohttp.ClientSession(
            connector=connector, headers=_HEADERS, timeout=aiohttp.ClientTimeout(LONGEST_WAIT)
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, it: BaseException | None, at: TracebackType | None
    ) -> None:
        await self._session.close()

    async def get(self, route: str, path: str) -> Answer:
        """Fetch a path, trying again while the site is busy. Raises Lost."""
        for _ in range(MOST_TRIES):
            answer = await self._asked(route, "GET", path)
            if answer.status not in BUSY:
                return answer
            if f'"{path}"' not in answer.text:
                raise Lost(f"{route}: {answer.status} without a way to try again")
            await _as_told(route, answer)
        raise Lost(f"{route}: still busy after {MOST_TRIES} tries")

    async def glance(self, route: str, path: str) -> None:
        """Fetch something that a page also works without. Raises Lost if there is no answer."""
        await self._asked(route, "GET", path)

    async def press(self, route: str, form: Form, button: Button) -> Answer:
        """Press a button, again while the site is busy. Raises Lost, also if a busy page drops a field."""
        posted = dict(form.sent_by(button))
        for _ in range(MOST_TRIES):
            answer = await self._posted(route, form, button)
            if answer.status not in BUSY:
                return answer
            again = answer.page().buttons(button.target)
            if not again:
                raise Lost(f"{route}: {answer.status} without a button to try again")
            form, button = again[0]
            missing = posted.items() - dict(form.sent_by(button)).items()
            if missing:
                raise Lost(f"{route}: {answer.status} without {sorted(name for name, _ in missing)}")
            await _as_told(route, answer)
        raise Lost(f"{route}: still busy after {MOST_TRIES} tries")

    async def _posted(self, route: str, form: Form, button: Button) -> Answer:
        pairs = form.sent_by(button)
        if form.is_multipart:
            content, kind = _multipart(pairs)
        else:
            content, kind = urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        return await self._asked(route, "POST", button.target, content, {"Content-Type": kind})

    async def _asked(
        self, route: str, method: str, path: str, content: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """Return the answer, trying again when the connection breaks. Raises Lost."""
        for _ in range(MOST_TRIES):
            began = time.perf_counter()
            try:
                async with self._session.request(
                    method, f"{self._site}{path}", data=content, headers=headers, allow_redirects=False
                ) as response:
                    answer = Answer(response.status, response.headers.get("Retry-After", ""), await response.read())
            except TimeoutError:
                raise Lost(f"{route}: no answer in {LONGEST_WAIT:.0f} s") from None
            except aiohttp.ClientError:
                self._ledger.dropped[route] += 1
                await asyncio.sleep(SECONDS_BEFORE_BACK)
                continue
            self._ledger.requests.append(Request(route, answer.status, time.perf_counter() - began))
            return answer
        raise Lost(f"{route}: no connection in {MOST_TRIES} tries")


async def _as_told(route: str, answer: Answer) -> None:
    """Wait for as long as the site asks. Raises Lost if it does not say."""
    if not answer.retry_after.isdecimal():
        raise Lost(f"{route}: {answer.status} that does not say when to try again")
    await asyncio.sleep(int(answer.retry_after))


def _multipart(pairs: list[tuple[str, str]]) -> tuple[bytes, str]:
    """Encode fields as multipart; return the bytes and the content type. aiohttp's own way costs ten times as much."""
    boundary = f"----{secrets.token_hex(12)}"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in pairs
    ]
    return f"{''.join(parts)}--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
