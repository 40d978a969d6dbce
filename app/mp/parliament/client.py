"""A client of UK Parliament's Members API. Nothing else in the app calls Parliament."""

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
ITEMS_A_PAGE = 20  # the most that the API gives
_MOST_PAGES = 50
_TOO_SLOW = "the answer takes too long"

# urllib3 logs the address of a call that it retries, and ours hold postcodes.
logging.getLogger("urllib3").setLevel(logging.ERROR)

Answer = TypeVar("Answer", bound=BaseModel)


class ParliamentError(Exception):
    """An error of the API. It never quotes an address, which would hold a postcode."""


class NoAnswer(ParliamentError):
    """An answer that cannot be used, or none: use another source, and try again for the next visitor."""


class TooLong(NoAnswer):
    """An answer with more bytes than is allowed."""


class Silent(NoAnswer):
    """A server that cannot be reached or takes too long: the next visitors should not wait for it too."""


class Blocked(ParliamentError):
    """A pause that the API asked for, or that we make: use another source, and do not call for ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not to be called for {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture of a member, in a format that browsers show."""

    mimetype: str
    content: bytes


@dataclass(frozen=True, slots=True)
class PageOfSeats:
    """Today's constituencies among the twenty, past and present, on a page of the API's list."""

    seats: tuple[Seat, ...]
    is_last: bool


class _QuickRetry(Retry):
    """A retry at once, unless the server says when to call again: ``_raise_for_status`` deals with that."""

    def is_retry(self, method: str, status_code: int, has_retry_after: bool = False) -> bool:
        return not has_retry_after and super().is_retry(method, status_code)


class _SameServerSession(requests.Session):
    """A session that follows redirects only on the same server, so that none sends a postcode elsewhere."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Return the address to follow; None for one on another server, so that the redirect itself is the answer."""
        target = super().get_redirect_target(resp)
        here, there = urlsplit(resp.url), urlsplit(urljoin(resp.url, target or ""))
        return target if (there.scheme, there.netloc) == (here.scheme, here.netloc) else None


class ParliamentClient:
    """Calls the API, with time limits, and a second try if that may help and the server did not ask for a pause.

    Every method raises NoAnswer or Blocked. Source: https://members-api.parliament.uk/index.html
    """

    def __init__(self, base_url: str, contact: str = "", call_seconds: float = CALL_SECONDS) -> None:
        """Tell the API's operators the web or email address of this site's, ``contact``.

        One call, including redirects and a second try, may take ``call_seconds``.
        """
        self._base_url = base_url.rstrip("/")
        self._call_seconds = call_seconds
        self._session = _SameServerSession()
        self._session.headers["User-Agent"] = f"DearMP/1 ({contact})" if contact else "DearMP/1"
        self._session.headers["Accept"] = "application/json"
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.max_redirects = 3
        retry = _QuickRetry(
            total=1, read=0, backoff_factor=0.2, status_forcelist=(502, 503, 504),
            respect_retry_after_header=False, raise_on_status=False,
        )  # fmt: skip
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, DeadlineAdapter(max_retries=retry))

    def find_seats(self, postcode: Postcode) -> tuple[Seat, ...]:
        """Return today's constituencies at a postcode: none if the API does not know the postcode, rarely several."""
        return self._search(str(postcode), skip=0).current

    def get_page_of_seats(self, number: int) -> PageOfSeats:
        """Return a page of the list of all constituencies. Pages are counted from 0."""
        found = self._search("", skip=number * ITEMS_A_PAGE)
        return PageOfSeats(found.current, is_last=len(found.items) < ITEMS_A_PAGE or number == _MOST_PAGES)

    def _search(self, text: str, skip: int) -> ConstituencySearch:
        query = {"searchText": text, "skip": str(skip), "take": str(ITEMS_A_PAGE)}
        found = self._get("/api/Location/Constituency/Search", ConstituencySearch, query)
        if found is None:
            raise NoAnswer("status 404")  # for an unknown postcode the API sends an empty list
        return found

    def get_seat(self, constituency_id: int) -> Seat | None:
        """Return a constituency of today by its number; None for other numbers."""
        found = self._get(f"/api/Location/Constituency/{constituency_id}", ConstituencyItem)
        return found.value.to_seat() if found and found.value.end_date is None else None

    def get_contact(self, member_id: int) -> Contact | None:
        found = self._get(f"/api/Members/{member_id}/Contact", ContactDetails)
        return found.to_contact() if found else None

    def get_government_posts(self) -> dict[int, str]:
        """Return a map of members' numbers to their posts in the Government."""
        found = self._get("/api/Posts/GovernmentPosts", GovernmentPosts)
        return found.to_posts() if found else {}

    def get_portrait(self, member_id: int) -> Portrait | None:
        """Return a small picture of a member; None if there is none that browsers can show."""
        try:
            content = self._fetch(f"/api/Members/{member_id}/Thumbnail", None, PORTRAIT_BYTES) or b""
        except TooLong:
            return None
        mimetype = image_type(content)
        return Portrait(mimetype, content) if mimetype else None

    def _get(self, path: str, shape: type[Answer], query: dict[str, str] | None = None) -> Answer | None:
        content = self._fetch(path, query, ANSWER_BYTES)
        try:
            return None if content is None else shape.model_validate_json(content.removeprefix(codecs.BOM_UTF8))
        except ValidationError:
            raise NoAnswer("the answer is not of the expected shape") from None

    def _fetch(self, path: str, query: dict[str, str] | None, most_bytes: int) -> bytes | None:
        with time_limit(self._call_seconds) as deadline:
            try:
                content = self._exchange(path, query, most_bytes)
            except (requests.Timeout, requests.ConnectionError, ReadTimeoutError) as error:
                raise Silent(type(error).__name__) from None
            except (requests.RequestException, HTTPError, ValueError) as error:  # ValueError: a redirect to no address
                raise Silent(_TOO_SLOW) if deadline.has_passed else NoAnswer(type(error).__name__) from None
            if deadline.has_passed:
                raise Silent(_TOO_SLOW)
            return content

    def _exchange(self, path: str, query: dict[str, str] | None, most_bytes: int) -> bytes | None:
        with self._session.get(
            self._base_url + path, params=query, timeout=(CONNECT_SECONDS, READ_SECONDS), stream=True
        ) as response:
            _raise_for_status(response)
            return None if response.status_code == 404 else _read_body(response, most_bytes)


def _raise_for_status(response: requests.Response) -> None:
    """Raise Blocked or NoAnswer, unless the status is 200, 204 or 404."""
    status, retry_after = response.status_code, response.headers.get("Retry-After", "")
    if status in (403, 429) or (status == 503 and retry_after):
        raise Blocked(min(_parse_retry_after(retry_after), LONGEST_BLOCK_SECONDS))
    if status not in (200, 204, 404):
        raise NoAnswer(f"status {status}")


def _parse_retry_after(header: str) -> float:
    """Return the seconds that a Retry-After header asks for, by a number of seconds or by a date."""
    if header.isascii() and header.isdigit():
        return max(float(header[:9]), SHORTEST_BLOCK_SECONDS)
    try:
        moment = parsedate_to_datetime(header)
    except (ValueError, OverflowError):
        return DEFAULT_BLOCK_SECONDS
    left = (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return left if left > 0 else DEFAULT_BLOCK_SECONDS


def _read_body(response: requests.Response, most_bytes: int) -> bytes:
    body = b""
    # iter_content would wait until it has a whole piece.
    while piece := response.raw.read1(65_536, decode_content=True):
        body += piece
        if len(body) > most_bytes:
            raise TooLong("the answer is too long")
    return body
