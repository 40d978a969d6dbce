"""The one door to UK Parliament's Members API."""

import codecs
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
from pydantic import BaseModel, ValidationError
from urllib3.exceptions import HTTPError, ReadTimeoutError
from urllib3.util import Retry

from app.mp.parliament.deadline import DeadlineAdapter, time_limit
from app.mp.parliament.wire import ConstituencyItem, ConstituencySearch, ContactDetails, GovernmentPosts
from app.mp.people import Contact, Seat
from app.mp.postcode import Postcode
from app.storage.image_type import image_type

CONNECT_SECONDS, READ_SECONDS = 3.0, 5.0
CALL_SECONDS = 8.0  # from connecting to the last byte
ANSWER_BYTES = 1_000_000  # the largest real one is a third of it
PORTRAIT_BYTES = 200_000  # a thumbnail has about 20,000
SHORTEST_BLOCK_SECONDS = 5.0
DEFAULT_BLOCK_SECONDS = 60.0
LONGEST_BLOCK_SECONDS = 24 * 3600.0
ITEMS_A_PAGE = 20  # the API gives no more, whatever one asks
_MOST_PAGES = 50
_TOO_SLOW = "the answer takes too long"

# urllib3 writes the address of a call that it tries again, and ours hold postcodes.
logging.getLogger("urllib3").setLevel(logging.ERROR)

Answer = TypeVar("Answer", bound=BaseModel)


class ParliamentError(Exception):
    """The API gave no answer. Never carries an address, which would hold a postcode."""


class NoAnswer(ParliamentError):
    """It answered nonsense, or nothing: use another source, try again with the next visitor."""


class TooLong(NoAnswer):
    """Its answer has more bytes than an answer can have."""


class Silent(NoAnswer):
    """It cannot be reached, or takes too long: the next visitors should not wait for it too."""


class Blocked(ParliamentError):
    """It asked us to stay away, or we keep away: use another source, and do not call before ``seconds`` have passed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not to be called for {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture of a member."""

    mimetype: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PageOfSeats:
    """Those of twenty constituencies that are today's."""

    seats: tuple[Seat, ...]
    is_last: bool


class _Again(Retry):
    """Not where the server says when to come again: that is for ``_heed``."""

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:
        return not has_retry_after and super().is_retry(method, status_code)


class _OneServer(requests.Session):
    """Goes on to another address only where that is on the same server: nobody's answer sends a postcode elsewhere."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """The address, or None: then the answer is what it is, and of no use."""
        target = super().get_redirect_target(resp)
        here, there = urlsplit(resp.url), urlsplit(urljoin(resp.url, target or ""))
        return target if (there.scheme, there.netloc) == (here.scheme, here.netloc) else None


class ParliamentClient:
    """Asks the API: one session, time limits, a second try where that may help, none where it is unwelcome.

    Every method raises NoAnswer or Blocked.
    """

    def __init__(self, base_url: str, contact: str = "", call_seconds: float = CALL_SECONDS) -> None:
        """``contact`` is the web or email address of the people who run this site, for the API's operators.

        ``call_seconds`` is the longest that one call may take, redirects and a second try included.
        """
        self._base_url = base_url.rstrip("/")
        self._call_seconds = call_seconds
        self._session = _OneServer()
        self._session.headers["User-Agent"] = f"DearMP/1 ({contact})" if contact else "DearMP/1"
        self._session.headers["Accept"] = "application/json"
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.max_redirects = 3
        again = _Again(
            total=1, read=0, backoff_factor=0.2, status_forcelist=(502, 503, 504),
            respect_retry_after_header=False, raise_on_status=False,
        )  # fmt: skip
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, DeadlineAdapter(max_retries=again))

    def seats_at(self, postcode: Postcode) -> tuple[Seat, ...]:
        """Today's constituencies at a postcode: none where the API knows no such postcode, rarely several."""
        return self._search(str(postcode), skip=0).current

    def page_of_seats(self, number: int) -> PageOfSeats:
        """A page, from 0, of the list of every constituency."""
        found = self._search("", skip=number * ITEMS_A_PAGE)
        return PageOfSeats(found.current, is_last=len(found.items) < ITEMS_A_PAGE or number == _MOST_PAGES)

    def _search(self, text: str, skip: int) -> ConstituencySearch:
        query = {"searchText": text, "skip": str(skip), "take": str(ITEMS_A_PAGE)}
        found = self._get("/api/Location/Constituency/Search", ConstituencySearch, query)
        if found is None:
            raise NoAnswer("status 404")  # which is not how the API says that it knows no such postcode
        return found

    def seat(self, constituency_id: int) -> Seat | None:
        """A constituency by its number; None where there is none such today."""
        found = self._get(f"/api/Location/Constituency/{constituency_id}", ConstituencyItem)
        return found.value.seat() if found and found.value.end_date is None else None

    def contact(self, member_id: int) -> Contact | None:
        """How to reach a member; None where the API knows nothing of that member."""
        found = self._get(f"/api/Members/{member_id}/Contact", ContactDetails)
        return found.contact() if found else None

    def government_posts(self) -> dict[int, str]:
        """Member's number → post in the Government, of all who hold one."""
        found = self._get("/api/Posts/GovernmentPosts", GovernmentPosts)
        return found.by_member() if found else {}

    def portrait(self, member_id: int) -> Portrait | None:
        """A small picture of a member; None where there is none that can be shown."""
        try:
            content = self._fetch(f"/api/Members/{member_id}/Thumbnail", None, PORTRAIT_BYTES) or b""
        except TooLong:
            return None
        mimetype = image_type(content)
        return Portrait(mimetype, content) if mimetype else None

    def _get(self, path: str, shape: type[Answer], query: dict[str, str] | None = None) -> Answer | None:
        """The answer, read into ``shape``; None for 404."""
        content = self._fetch(path, query, ANSWER_BYTES)
        try:
            return None if content is None else shape.model_validate_json(content.removeprefix(codecs.BOM_UTF8))
        except ValidationError:
            raise NoAnswer("the answer is not of the expected shape") from None

    def _fetch(self, path: str, query: dict[str, str] | None, most_bytes: int) -> bytes | None:
        """The body of an answer; None for 404."""
        with time_limit(self._call_seconds) as deadline:
            try:
                content = self._exchange(path, query, most_bytes)
            except (requests.Timeout, requests.ConnectionError, ReadTimeoutError) as error:
                raise Silent(type(error).__name__) from None
            except (requests.RequestException, HTTPError, ValueError) as error:  # the last for an address to go on to
                raise Silent(_TOO_SLOW) if deadline.has_passed else NoAnswer(type(error).__name__) from None
            if deadline.has_passed:
                raise Silent(_TOO_SLOW)
            return content

    def _exchange(self, path: str, query: dict[str, str] | None, most_bytes: int) -> bytes | None:
        with self._session.get(
            self._base_url + path, params=query, timeout=(CONNECT_SECONDS, READ_SECONDS), stream=True
        ) as response:
            _heed(response)
            return None if response.status_code == 404 else _body(response, most_bytes)


def _heed(response: requests.Response) -> None:
    """Raise unless the status is 200, 204 or 404."""
    status, later = response.status_code, response.headers.get("Retry-After", "")
    if status in (403, 429) or (status == 503 and later):
        raise Blocked(min(_seconds(later), LONGEST_BLOCK_SECONDS))
    if status not in (200, 204, 404):
        raise NoAnswer(f"status {status}")


def _seconds(later: str) -> float:
    """What a Retry-After header asks for: a number of seconds, or a date."""
    if later.isascii() and later.isdigit():
        return max(float(later[:9]), SHORTEST_BLOCK_SECONDS)
    try:
        moment = parsedate_to_datetime(later)
    except (ValueError, OverflowError):
        return DEFAULT_BLOCK_SECONDS
    left = (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return left if left > 0 else DEFAULT_BLOCK_SECONDS


def _body(response: requests.Response, most_bytes: int) -> bytes:
    body = b""
    # Not iter_content, which comes back only when it has all of a piece.
    while piece := response.raw.read1(65_536, decode_content=True):
        body += piece
        if len(body) > most_bytes:
            raise TooLong("the answer is too long")
    return body
