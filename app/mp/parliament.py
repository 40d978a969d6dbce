"""The one door to UK Parliament's Members API."""

import codecs
import logging
import time
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import TypeVar

import requests
from pydantic import BaseModel, ValidationError
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from app.mp.people import Constituency, Contact, Member
from app.mp.postcode import Postcode
from app.mp.wire import ConstituencyItem, ConstituencySearch, ConstituencyValue, ContactDetails

CONNECT_SECONDS, READ_SECONDS = 3.0, 5.0
ANSWER_SECONDS = 8.0  # for a whole answer, so that one sent drop by drop cannot hold a page up
ANSWER_BYTES = 1_000_000  # the largest real one is a twentieth of it
DEFAULT_BLOCK_SECONDS = 60.0
LONGEST_BLOCK_SECONDS = 24 * 3600.0
ITEMS_A_PAGE = 20  # the API gives no more, whatever one asks

# urllib3 writes the address of a call that it tries again, and ours hold postcodes.
logging.getLogger("urllib3").setLevel(logging.ERROR)

Answer = TypeVar("Answer", bound=BaseModel)


class ParliamentError(Exception):
    """The API gave no answer. Never carries an address, which would hold a postcode."""


class NoAnswer(ParliamentError):
    """It cannot be reached or answered nonsense: use another source, try again with the next visitor."""


class Blocked(ParliamentError):
    """It asked us to stay away: use another source, and do not call before ``seconds`` have passed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"told to stay away for {seconds:.0f} s")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class LiveSeat:
    """A constituency as it is now, and its sitting member; None while the seat is vacant."""

    constituency: Constituency
    member: Member | None


class ParliamentClient:
    """Asks the API politely: one session, time limits, a second try where that may help, none where it is unwelcome."""

    def __init__(self, base_url: str, contact: str = "") -> None:
        """``contact`` is the web or e-mail address of whoever runs this site, for the API's operators."""
        self._base_url = base_url.rstrip("/")
        self._blocked_until = 0.0
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"DearMP/1 ({contact})" if contact else "DearMP/1"
        self._session.headers["Accept"] = "application/json"
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        self._session.max_redirects = 3
        again = Retry(
            total=1, read=0, backoff_factor=0.2, status_forcelist=(502, 503, 504),
            respect_retry_after_header=False, raise_on_status=False,
        )  # fmt: skip
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=again))

    def seats_at(self, postcode: Postcode) -> tuple[LiveSeat, ...]:
        """Today's constituencies at a postcode: none where the API knows no such postcode, rarely several.

        Raises NoAnswer or Blocked.
        """
        query = {"searchText": str(postcode), "skip": "0", "take": str(ITEMS_A_PAGE)}
        found = self._get("/api/Location/Constituency/Search", ConstituencySearch, query)
        return tuple(_live_seat(value) for value in found.current) if found else ()

    def seat(self, constituency_id: int) -> LiveSeat | None:
        """A constituency by its number; None where there is none such today. Raises NoAnswer or Blocked."""
        found = self._get(f"/api/Location/Constituency/{constituency_id}", ConstituencyItem)
        return _live_seat(found.value) if found and found.value.end_date is None else None

    def contact(self, member_id: int) -> Contact:
        """How to reach a member. Raises NoAnswer or Blocked."""
        found = self._get(f"/api/Members/{member_id}/Contact", ContactDetails)
        return found.contact() if found else Contact()

    def _get(self, path: str, shape: type[Answer], query: dict[str, str] | None = None) -> Answer | None:
        """The answer, read into ``shape``; None for 404."""
        left = self._blocked_until - time.monotonic()
        if left > 0:
            raise Blocked(left)
        try:
            with self._session.get(
                self._base_url + path, params=query, timeout=(CONNECT_SECONDS, READ_SECONDS), stream=True
            ) as response:
                self._heed(response)
                return None if response.status_code == 404 else shape.model_validate_json(_body(response))
        except requests.RequestException as error:
            raise NoAnswer(type(error).__name__) from None
        except ValidationError:
            raise NoAnswer("the answer is not of the expected shape") from None

    def _heed(self, response: requests.Response) -> None:
        """Raise unless the status is 200 or 404."""
        status, later = response.status_code, response.headers.get("Retry-After", "")
        if status in (403, 429) or (status == 503 and later):
            seconds = float(later) if later.isascii() and later.isdigit() else DEFAULT_BLOCK_SECONDS
            seconds = min(seconds, LONGEST_BLOCK_SECONDS)
            self._blocked_until = time.monotonic() + seconds
            raise Blocked(seconds)
        if status not in (200, 404):
            raise NoAnswer(f"status {status}")


def _body(response: requests.Response) -> bytes:
    deadline = time.monotonic() + ANSWER_SECONDS
    body = b""
    for piece in response.iter_content(65_536):
        body += piece
        if len(body) > ANSWER_BYTES:
            raise NoAnswer("the answer is too long")
        if time.monotonic() > deadline:
            raise NoAnswer("the answer takes too long")
    return body.removeprefix(codecs.BOM_UTF8)


def _live_seat(value: ConstituencyValue) -> LiveSeat:
    return LiveSeat(value.constituency(), value.member())
