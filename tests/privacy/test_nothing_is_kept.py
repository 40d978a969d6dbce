"""A supporter goes through every page, error and crash; then everything is searched for what they typed.

What is not searched is the memory of the processes: a letter is in it while it is made, and what is freed is not wiped.
"""

import contextlib
import hmac
import os
import re
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import requests
from flask import request as asked
from redis import Redis

from tests.privacy import places
from tests.privacy.marks import ADDRESS, NEEDLES, PERSON, POSTCODE, found_in
from tests.redis_server import redis_server
from tests.served import Served, served
from tests.stand_in import FAULTS, StandIn

SEARCHED = pytest.StashKey[Counter[str]]()
"""How many places of each kind, for the report."""
PAGES = ("", "/write", "/constituency", "/by-hand", "/letter", "/follow-up")
FILES = ("/letter.pdf", "/letter.eml", "/letter.txt", "/letter.ics")
WRONG = (
    {"postcode": "LD1 5L"},
    {"postcode": "LD1 9ZZ"},
    {"name": ""},
    {"constituency": "1"},
    {"mp_name": "", "mp_constituency": ""},
    {"body": ""},
    {"copy_to": "zebedee@"},
    {"first_sent": "2026-13-01"},
    {"answer-connection": "Tansy the glassblower " * 500},
    {"answer-connection": "Tansy the glassblower " * 20_000},
)
LETTER = {
    "subject": "Tansy, a glassblower",
    "body": "Dear MP,\n\nZebedee Quillfeather of 17 Marmalade Crescent writes.",
}
KINDS = {
    "log",
    "file",
    "open file of a process",
    "cmdline of a process",
    "environ of a process",
    "key of Redis",
    "value in Redis",
    "command to Redis",
    "headers of an answer",
    "answer to somebody else",
}
PLACE_IN_FORM = re.compile(rb'name="place" value="[0-9.-]+\.([0-9a-f]{64})"')
KEY_OF_AN_ANSWER = re.compile(rb"dear-mp:said:((seat|contact|portrait):\d+|posts)")
TOKEN = "a token of the tests"
TIMEOUT = 60.0
HASH_LIKE = re.compile(r"[0-9a-f]{16}")


class Supporter:
    """Sends what is marked, and looks at what comes in the headers of the answers."""

    def __init__(self, site: Served) -> None:
        self._site = site
        self._session = requests.Session()
        self._session.headers["X-Forwarded-For"] = ADDRESS
        self.answers: list[requests.Response] = []

    def post(self, path: str, **changes: str) -> requests.Response | None:
        return self._send("POST", path, PERSON | changes)

    def get(self, path: str) -> requests.Response | None:
        return self._send("GET", path)

    def _send(self, method: str, path: str, data: dict[str, str] | None = None) -> requests.Response | None:
        try:
            answer = self._session.request(method, self._site.url + path, data=data, timeout=TIMEOUT)
        except requests.ConnectionError:  # of a process that ended
            return None
        self.answers.append(answer)
        return answer

    def malformed(self) -> None:
        """Send what is no HTTP, with marks in it."""
        for text in (
            "GET /Zebedee%20Quillfeather HTTP/9.9\r\nHost: x\r\n\r\n",
            "Zebedee Quillfeather\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nMarmalade Crescent: 17\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: Umberwick\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nglassblower\r\n0\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", self._site.port), timeout=TIMEOUT) as connection:
                connection.sendall(text.encode())
                with contextlib.suppress(ConnectionError):
                    connection.recv(65_536)


class HouseThatHears(StandIn):
    """A stand-in that keeps all that reaches it."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[bytes] = []
        self.app.before_request(lambda: self.heard.append(f"{asked.full_path} {asked.headers}".encode()))


def journey(supporter: Supporter) -> None:
    """Every page and file, in both languages, right and wrong."""
    for language in ("", "/cy"):
        campaign = f"{language}/c/uyghurs"
        for path in (*PAGES, *FILES):
            supporter.post(campaign + path)
            supporter.post(campaign + path, **LETTER)
        for wrong in WRONG:
            for path in ("/write", "/letter", "/letter.pdf", "/follow-up"):
                supporter.post(campaign + path, **wrong)
        supporter.post(f"{language}/studio", slug="x", file="---\ntitle: Zebedee Quillfeather\n---\nUmberwick {{ x }}")
        supporter.get(f"{campaign}?name=Zebedee+Quillfeather&postcode=LD1+5LG")
        supporter.get(f"{language}/Zebedee%20Quillfeather")
        supporter.get(f"{language}/c/umberwick-marmalade/write")
    supporter.post("/healthz")
    supporter.malformed()


def trouble(supporter: Supporter, house: StandIn) -> None:
    """Parliament does not answer, and the app goes wrong in every way."""
    for name in ("500", "HTML with status 200", "429 for 52 minutes"):
        house.fault = FAULTS[name]
        supporter.post("/c/uyghurs/write", postcode="LD1 5LH")
        supporter.post("/c/uyghurs/letter")
    for path in ("/crash", "/crash-in-thread"):
        supporter.post(path)


def end_processes(supporter: Supporter, site: Served) -> None:
    """Kill those that make PDFs, while they do, and have a web process abort with a letter in hand."""
    with ThreadPoolExecutor(4) as others:
        printing = [others.submit(supporter.post, "/c/uyghurs/letter.pdf") for _ in range(12)]
        for signal_number in (signal.SIGSEGV, signal.SIGABRT):
            for worker in site.workers():
                for child in worker.children(recursive=True):
                    with contextlib.suppress(psutil.NoSuchProcess):
                        child.send_signal(signal_number)
            time.sleep(0.5)
        for made in printing:
            made.result()
    supporter.post("/abort")


@pytest.mark.system
def test_nothing_of_a_person_is_left_anywhere(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    since = time.time()
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    for folder in (home, temporary):
        folder.mkdir()
    settings = {
        "LOG_FORMAT": "json",
        "LOOKUP": "auto",
        "RATE_LIMITS": "100/40",
        "METRICS_TOKEN": TOKEN,
        "HOME": str(home),
        "TMPDIR": str(temporary),
    }
    house = HouseThatHears()
    house.start()
    with redis_server() as server, Redis.from_url(server.url) as direct:
        listener = places.Listener(server.port)
        urls = {"REDIS_URL": server.url, "PARLIAMENT_API_URL": house.url}
        with served("tests.privacy.crashing:app", **settings, **urls) as site:
            supporter = Supporter(site)
            journey(supporter)
            trouble(supporter, house)
            end_processes(supporter, site)
            statuses = {answer.status_code for answer in supporter.answers}
            left = list(_everywhere(site, direct, supporter, (home, temporary), since))
            limits = [_core_limit(pid) for pid in _pids(site)]
            mark = _mark_of(ADDRESS, direct)
        left += listener.stop()
    house.stop()
    left.append(("log to its end", site.log.encode()))

    assert {200, 404, 405, 413, 422, 429, 500} <= statuses, "every kind of answer was had"
    assert limits
    assert set(limits) == {"0"}, "no process writes a core file"
    found = [(place, found_in(content)) for place, content in left]
    assert [(place, marks) for place, marks in found if marks] == []
    places_in_forms = set().union(*(PLACE_IN_FORM.findall(answer.content) for answer in supporter.answers))
    assert places_in_forms
    assert [place for place, content in left if any(mark in content for mark in places_in_forms)] == []
    said = [content for place, content in left if place == "key of Redis" and b":said:" in content]
    assert said
    assert all(map(KEY_OF_AN_ANSWER.fullmatch, said)), "by constituency and member, and not by postcode"
    assert [place for place, content in left if mark in content] == [], "nor is there a mark of the address"
    assert not HASH_LIKE.search(site.log), "of nobody who was refused is there a mark in the log"
    told = [found_in(heard.replace(b"+", b" ")) for heard in house.heard]
    assert set().union(*told) == {POSTCODE}, "Parliament is told the postcode, and no more"
    kinds = Counter("file" if place.startswith("/") else place for place, _ in left)
    assert kinds.keys() >= KINDS, "there was something to search in every kind of place"
    request.config.stash[SEARCHED] = kinds


def _everywhere(
    site: Served, direct: Redis, supporter: Supporter, own: tuple[Path, ...], since: float
) -> Iterator[tuple[str, bytes]]:
    yield "log", site.log.encode()
    yield from places.redis(direct)
    yield from places.processes(site)
    yield from places.files(own, since)
    yield from places.of_the_project(since)
    yield from places.files(places.SHARED, since)
    for answer in supporter.answers:
        yield "headers of an answer", str(answer.headers).encode()
    for path in ("/", "/c/uyghurs", "/c/uyghurs/share", "/studio", "/privacy", "/healthz", "/readyz", "/metrics"):
        other = requests.get(site.url + path, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=TIMEOUT)
        assert other.status_code == 200
        yield "answer to somebody else", str(other.headers).encode() + other.content
    written = requests.post(f"{site.url}/c/uyghurs/letter", data={"postcode": "SW1A 1AA", "name": "A"}, timeout=TIMEOUT)
    yield "answer to somebody else", str(written.headers).encode() + written.content


def _mark_of(address: str, direct: Redis) -> bytes:
    """As the site calls an address until it is mixed with the random bytes of a minute."""
    secret = direct.get("dear-mp:secret")
    assert isinstance(secret, bytes)
    return hmac.digest(secret, f"client {address}".encode(), "sha256").hex().encode()


def _pids(site: Served) -> list[int]:
    master = psutil.Process(site.process.pid)
    return [master.pid, *(child.pid for child in master.children(recursive=True))]


def _core_limit(pid: int) -> str:
    limits = Path(f"/proc/{pid}/limits").read_text().splitlines()
    return next(line.split()[4] for line in limits if line.startswith("Max core file size"))


def plant(path: Path, content: bytes) -> None:
    """Write an old file: the search of another process, which looks for new ones at the same time, leaves it alone."""
    path.write_bytes(content)
    os.utime(path, (0, 0))


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    """A search that finds nothing is worth as much as its finding something."""
    plant(tmp_path / "left", b"a=Zebedee+Quillfeather")
    plant(tmp_path / "scrambled", b"WmViZWRlZSBRdWlsbGZlYXRoZXI=")
    found = {place: found_in(content) for place, content in places.files([tmp_path], 0)}
    assert found == {
        str(tmp_path / "left"): {"Zebedee", "Quillfeather"},
        str(tmp_path / "scrambled"): {"Zebedee", "Quillfeather"},
    }
    assert len(NEEDLES) > len(PERSON) * 5
    assert os.access(tmp_path, os.W_OK)


def test_the_search_waits_for_nothing_and_reads_what_is_regular_and_not_too_large(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    plant(tmp_path / "small", b"Zebedee")
    with (tmp_path / "large").open("wb") as large:
        large.truncate(places.LARGEST)
    assert list(places.files([tmp_path, tmp_path / "nowhere"], 0)) == [(str(tmp_path / "small"), b"Zebedee")]


def test_the_search_stays_on_one_file_system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in (tmp_path / "here", tmp_path / "mounted"):
        folder.mkdir()
        (folder / "file").touch()
    monkeypatch.setattr(places, "_device", lambda path: int(path.name == "mounted"))
    assert [path for path, _ in places.files([tmp_path], 0)] == [str(tmp_path / "here/file")]
