"""Whatever goes wrong with Parliament's service, and whenever: the supporter ends with a letter in hand."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from email import message_from_bytes, policy
from functools import cache
from io import BytesIO
from itertools import count
from threading import Barrier

import pdfplumber
import pytest
from flask import Flask
from markupsafe import escape

from app.letters.letter import Letter
from app.letters.paper.pdf_pool import PdfPool
from app.mp import house
from app.mp.outcomes import Found
from app.mp.parliament import call_limiter, client
from app.mp.parliament.cached import CachedParliament
from app.mp.parliament.call_limiter import MOST_AT_ONCE
from app.mp.people import HOUSE_OF_COMMONS, Seat, complete_title
from app.mp.postcode import Postcode
from app.mp.snapshot.snapshot import Snapshot
from app.web.services import Services
from tests.conftest import NOWHERE, WRITER, MakeApp
from tests.page import Button, Form, Page
from tests.postcodes import some_postcodes
from tests.stand_in import FAULTS, StandIn, unconnectable
from tests.web.conftest import MATRIX, Visit, Visitor

UNCONNECTABLE, NOBODY_THERE = "hang at connect", "nobody there"
ROWS = [*FAULTS, UNCONNECTABLE, NOBODY_THERE]
STEPS = ["postcode", "choosing", "letter", "download", "portrait"]
WORST = ["hang at read", "500", "429 for 52 minutes", "wrong types"]
"""Which are also tried where only Parliament may say who the MP is."""
ENDLESS = {"hang at read", "slow drip", "slow drip of headers", "slow drip of a chunk's size", UNCONNECTABLE}
VACANCIES = {"vacant: representation null", "vacant: member null"}

POSTCODE, MANCHESTER, CHORLEY = "M2 5DB", 4167, 3985
TYPED = {name: text for name, text in WRITER.items() if name != "postcode"} | {
    "address_line_2": "Flat 2",
    "town": "Manchester",
    "answer-hope": "I hope for an answer, whatever it is.",
}
ADDED = "This sentence was added by hand."
SEARCH = "/api/Location/Constituency/Search"
MOST_PAGES = 10  # from the postcode to the letter; after more the pages go round in circles


@dataclass
class Journey:
    """A supporter on the way to a letter, who answers whatever the pages ask."""

    visitor: Visitor
    seat: Seat
    """Whose member the letter is to go to."""
    trouble_at: str
    begin: Callable[[], None]
    """Makes the fault begin."""
    may_be_unavailable: bool = False
    has_typed: bool = False
    has_chosen: bool = False

    def files(self) -> dict[str, bytes]:
        """The letter in hand, by kind of file."""
        page = Page(self.visitor.get("/c/uyghurs").text)
        form, button = page.button("/write")
        form.fields["postcode"] = POSTCODE
        self._reach("postcode")
        page = self._press(form, button)
        for _ in range(MOST_PAGES):
            letter = page.form_that_shows("body")
            if letter:
                return self._downloads(page, letter)
            page = self._go_on(page)
        raise AssertionError(f"no letter after {MOST_PAGES} pages, but “{page.heading}”")

    def _reach(self, step: str) -> None:
        if step == self.trouble_at:
            self.begin()

    def _press(self, form: Form, button: Button) -> Page:
        response = self.visitor.press(form, button)
        page = Page(response.text)
        is_unavailable = response.status_code == 503 and page.buttons("/by-hand")
        assert response.status_code < 500 or (self.may_be_unavailable and is_unavailable), page.heading
        return page

    def _go_on(self, page: Page) -> Page:
        """Do what the page asks."""
        writers = page.form_that_shows("answer-connection")
        if writers:
            return self._write(page, writers)
        by_hand = page.form_that_shows("mp_name")
        if by_hand:
            assert self.seat.member
            by_hand.fields["mp_name"] = self.seat.member.name
            by_hand.fields["mp_constituency"] = by_hand.fields["mp_constituency"] or self.seat.constituency.name
            return self._press(by_hand, by_hand.buttons[0])
        keep = page.buttons("/write", "keep")
        if keep:
            return self._press(*keep[0])
        offered = page.buttons("/write", "constituency")
        if offered:
            own = [pair for pair in offered if pair[1].value == str(self.seat.constituency.id)]
            return self._press(*(own or offered)[0])
        return self._press(*page.button("/by-hand" if page.buttons("/by-hand") else "/constituency"))

    def _write(self, page: Page, form: Form) -> Page:
        if self.has_typed:
            assert form.fields | TYPED == form.fields, "what was typed is there again"
        form.fields |= TYPED
        if not self.has_typed and self.trouble_at == "portrait":
            assert page.pictures
            self.begin()
        self.has_typed = True
        self._look_at_pictures(page)
        if self.trouble_at == "choosing" and not self.has_chosen:
            self.has_chosen = True
            self.begin()
            return self._press(*page.button("/constituency"))
        self._reach("letter")
        return self._press(*page.button("/letter"))

    def _look_at_pictures(self, page: Page) -> None:
        for picture in page.pictures:
            assert self.visitor.get(picture).status_code in (200, 404)

    def _downloads(self, page: Page, form: Form) -> dict[str, bytes]:
        self._look_at_pictures(page)
        form.fields["body"] = form.fields["body"].replace("\n\nYours sincerely,", f"\n\n{ADDED}\n\nYours sincerely,")
        self._reach("download")
        files = {}
        for kind in ("pdf", "txt", "eml"):
            response = self.visitor.press(*page.button(f"/letter.{kind}"))
            assert response.status_code == 200
            files[kind] = response.content
        return files


@cache  # many journeys end with the very same file
def text_of(pdf: bytes) -> str:
    """What is printed, line ends as spaces."""
    assert pdf.startswith(b"%PDF-")
    with pdfplumber.open(BytesIO(pdf)) as printed:
        return " ".join(" ".join(page.extract_text() for page in printed.pages).split())


def check(files: dict[str, bytes], addressee: tuple[str, ...]) -> None:
    """That each file holds all that was typed, and the PDF is addressed."""
    pdf = text_of(files["pdf"])
    assert " ".join(addressee) in pdf
    draft = message_from_bytes(files["eml"], policy=policy.default).get_content()
    for text in (pdf, files["txt"].decode(), draft):
        for typed in (*TYPED.values(), POSTCODE, ADDED):
            assert typed.casefold() in text.casefold()


@pytest.fixture(scope="module")
def unreachable() -> Iterator[str]:
    with unconnectable() as url:
        yield url


@dataclass
class Trouble:
    """Brings a fault about, for an app that asks the stand-in."""

    name: str
    app: Flask
    stand_in: StandIn
    unreachable: str
    monkeypatch: pytest.MonkeyPatch

    def begin(self) -> None:
        """From now on nothing is well."""
        services: Services = self.app.extensions["services"]
        if self.name in ENDLESS:  # these take as long as they are let; the others get all the time there is
            for name, seconds in (("CONNECT", 0.05), ("READ", 0.1)):
                self.monkeypatch.setattr(client, f"{name}_SECONDS", seconds)
            self.monkeypatch.setattr(services.parliament, "_call_seconds", 0.2)
            self.monkeypatch.setattr(house, "PAGE_SECONDS", 0.4)
        if self.name in FAULTS:
            self.stand_in.fault = FAULTS[self.name]
        else:
            # Another address and nothing else: what the app has been told before, it remembers.
            url = self.unreachable if self.name == UNCONNECTABLE else NOWHERE
            self.monkeypatch.setattr(services.parliament, "_base_url", url)


MakeTrouble = Callable[[str, str], tuple[Trouble, Visitor]]


@pytest.fixture(scope="module")
def typeset(pdf_pool: PdfPool) -> Callable[[Letter], bytes]:
    """The press, for journeys in hundreds that end with few different letters: each is typeset once."""
    return cache(pdf_pool.typeset)


@pytest.fixture
def trouble(
    make_app: MakeApp,
    stand_in: StandIn,
    visit: Visit,
    unreachable: str,
    typeset: Callable[[Letter], bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> MakeTrouble:
    """A fresh app for each, since an app remembers that it is not to call."""
    monkeypatch.setattr(PdfPool, "typeset", lambda self, letter: typeset(letter))

    def make(name: str, lookup: str) -> tuple[Trouble, Visitor]:
        app = make_app(lookup=lookup, parliament_api_url=stand_in.url)
        return Trouble(name, app, stand_in, unreachable, monkeypatch), visit(app)

    return make


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", ROWS)
def test_a_letter_in_hand(
    trouble: MakeTrouble, snapshot: Snapshot, request: pytest.FixtureRequest, fault: str, step: str
) -> None:
    cells = request.config.stash.setdefault(MATRIX, {})
    cells[fault, step] = "FAILED"
    seat = snapshot.get_seat(CHORLEY if step == "choosing" else MANCHESTER)
    assert seat
    assert seat.member
    made, visitor = trouble(fault, "auto")
    files = Journey(visitor, seat, step, made.begin).files()
    # That a seat is vacant is learnt only where it is asked about: what was said this day is not asked again.
    is_vacant = fault in VACANCIES and step in ("postcode", "choosing")
    name = ("The Member of Parliament for", seat.constituency.name) if is_vacant else (seat.member.full_title,)
    check(files, (*name, *HOUSE_OF_COMMONS))
    cells[fault, step] = "letter in hand"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("fault", WORST)
def test_a_letter_in_hand_where_only_parliament_may_say_who_the_mp_is(
    trouble: MakeTrouble, snapshot: Snapshot, request: pytest.FixtureRequest, fault: str, step: str
) -> None:
    cells = request.config.stash.setdefault(MATRIX, {})
    row = f"{fault}, LOOKUP=live"
    cells[row, step] = "FAILED"
    seat = snapshot.get_seat(CHORLEY if step == "choosing" else MANCHESTER)
    assert seat
    assert seat.member
    made, visitor = trouble(fault, "live")
    files = Journey(visitor, seat, step, made.begin, may_be_unavailable=True).files()
    is_by_hand = step in ("postcode", "choosing")
    check(files, (complete_title(seat.member.name) if is_by_hand else seat.member.full_title, *HOUSE_OF_COMMONS))
    cells[row, step] = "letter in hand"


def test_a_page_comes_in_time_and_while_parliament_is_known_to_be_down_the_next_brings_no_call(
    make_app: MakeApp, visit: Visit, unreachable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the time limits as they are, each a quarter of it; down for long, since a busy machine may be slow."""
    assert house.PAGE_SECONDS == 8
    for module, name in (
        (house, "PAGE_SECONDS"),
        (call_limiter, "SECONDS_FOR_AN_ANSWER"),
        (call_limiter, "SECONDS_FOR_A_SLOT"),
    ):
        monkeypatch.setattr(module, name, getattr(module, name) / 4)
    monkeypatch.setattr(call_limiter, "SECONDS_DOWN", 300.0)
    with ExitStack() as servers:
        hanging, dripping = (StandIn().start() for _ in range(2))
        for server, fault in ((hanging, "hang at read"), (dripping, "slow drip of headers")):
            servers.callback(server.stop)
            server.fault = FAULTS[fault]

        def first_and_next(url: str, calls: list[str]) -> tuple[list[str], list[int]]:
            visitor = visit(make_app(lookup="auto", parliament_api_url=url))
            headings, counts = [], []
            for _ in range(2):
                form, button = Page(visitor.get("/c/uyghurs").text).button("/write")
                form.fields["postcode"] = POSTCODE
                headings.append(Page(visitor.press(form, button).text).heading)  # or it raises, having waited for long
                counts.append(len(calls))
            assert visitor.get("/healthz").json()["parliament_away_seconds"] > 0
            return headings, counts

        urls, calls = (hanging.url, dripping.url, unreachable), (hanging.calls, dripping.calls, list[str]())
        with ThreadPoolExecutor(3) as threads:
            seen = list(threads.map(first_and_next, urls, calls))
    assert [headings for headings, _ in seen] == [["Write to Lucy Powell"] * 2] * 3
    assert [counts for _, counts in seen] == [[1, 1], [1, 1], [0, 0]]


@pytest.fixture
def visitors_postcodes(snapshot: Snapshot, stand_in: StandIn) -> list[Postcode]:
    """Two thousand that the stand-in knows, and after twenty calls it has had enough."""
    assert snapshot.index
    postcodes = some_postcodes(snapshot.index, 2_000)
    stand_in.serve_whole_house()
    for postcode in postcodes:
        place = snapshot.find(postcode)
        assert place
        stand_in.postcodes[str(postcode)] = [place.seat.constituency.id]
    answered = count(1)
    stand_in.fault = lambda: FAULTS["429 for 52 minutes"].before() if next(answered) > 20 else None
    return postcodes


def test_two_thousand_visitors_one_after_the_other_bring_one_block(
    make_app: MakeApp, stand_in: StandIn, visitors_postcodes: list[Postcode], snapshot: Snapshot
) -> None:
    app = make_app(lookup="auto", parliament_api_url=stand_in.url)
    client, services = app.test_client(), app.extensions["services"]
    for number, postcode in enumerate(visitors_postcodes):
        if number % 40 == 0:  # fifty of them over the web
            response = client.post("/c/uyghurs/write", data={"postcode": str(postcode)})
            assert response.status_code == 200
            assert f"<strong>{escape(constituency_of(postcode, snapshot))}</strong>" in response.text
        else:
            found = services.finder.find(postcode)
            assert isinstance(found, Found)
            assert found.constituency.name == constituency_of(postcode, snapshot)
    assert len(stand_in.calls) == 21


def test_two_thousand_visitors_eight_at_a_time_bring_no_more_calls_than_were_under_way(
    make_app: MakeApp, stand_in: StandIn, visitors_postcodes: list[Postcode], snapshot: Snapshot
) -> None:
    stand_in.slowness = 0.05  # so that others wait while a call is made
    services = make_app(lookup="auto", parliament_api_url=stand_in.url).extensions["services"]
    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(services.finder.find, visitors_postcodes))
    for postcode, found in zip(visitors_postcodes, outcomes, strict=True):
        assert isinstance(found, Found)
        assert found.constituency.name == constituency_of(postcode, snapshot)
    assert len(stand_in.calls) <= 20 + MOST_AT_ONCE
    assert stand_in.most_at_once <= MOST_AT_ONCE


def constituency_of(postcode: Postcode, snapshot: Snapshot) -> str:
    """The name of the constituency a real postcode is in."""
    place = snapshot.find(postcode)
    assert place
    return place.seat.constituency.name


def test_twenty_visitors_with_one_postcode_each_ask_for_themselves_a_few_at_a_time(
    make_app: MakeApp, stand_in: StandIn, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mp.parliament.call_limiter.SECONDS_FOR_A_SLOT", 20.0)
    stand_in.slowness = 0.02
    visitor = visit(make_app(lookup="auto", parliament_api_url=stand_in.url))
    together = Barrier(20)

    def arrive(_: int) -> str:
        form, button = Page(visitor.get("/c/uyghurs").text).button("/write")
        form.fields["postcode"] = POSTCODE
        together.wait()
        return Page(visitor.press(form, button).text).heading

    with ThreadPoolExecutor(20) as threads:
        headings = list(threads.map(arrive, range(20)))
    assert headings == ["Write to Lucy Powell"] * 20
    assert stand_in.calls == [SEARCH] * 20
    assert stand_in.most_at_once <= MOST_AT_ONCE


@dataclass
class Begun:
    """A supporter who has seen the MP's page, and then the letter, and changed it."""

    visitor: Visitor
    cached_parliament: CachedParliament
    writers: tuple[Form, Button]
    letter: Page
    """With the letter changed."""
    changed: str
    """The letter as it was left, the subject first."""


@pytest.fixture
def begun(make_app: MakeApp, stand_in: StandIn, visit: Visit) -> Begun:
    app = make_app(lookup="auto", parliament_api_url=stand_in.url)
    visitor = visit(app)
    form, button = Page(visitor.get("/c/uyghurs").text).button("/write")
    form.fields["postcode"] = POSTCODE
    page = Page(visitor.press(form, button).text)
    assert page.heading == "Write to Lucy Powell"
    form, button = page.button("/letter")
    form.fields |= TYPED
    letter = Page(visitor.press(form, button).text)
    shown = letter.form_that_shows("body")
    assert shown
    shown.fields["body"] += f"\n\n{ADDED}"
    changed = f"{shown.fields['subject']}\n\n{shown.fields['body']}"
    return Begun(visitor, app.extensions["services"].cached_parliament, (form, button), letter, changed)


@pytest.fixture
def successor(begun: Begun, stand_in: StandIn) -> str:
    """The seat's new member, of whom the app hears with the next page."""
    seat = stand_in.seat_of(POSTCODE)
    assert seat.member
    seat.member |= {"id": 99_999, "nameDisplayAs": "Zoë Newcomer", "nameFullTitle": "Zoë Newcomer MP"}
    seat.member["nameAddressAs"] = None
    seat.contacts = []
    begun.cached_parliament.forget()
    return "Zoë Newcomer"


def test_when_the_member_leaves_between_two_pages_the_letter_goes_to_the_new_one(begun: Begun, successor: str) -> None:
    response = begun.visitor.press(*begun.writers)
    assert response.status_code == 200
    letter = Page(response.text)
    assert letter.heading == f"Your letter to {successor}"
    shown = letter.form_that_shows("body")
    assert shown
    assert shown.fields["body"].startswith(f"Dear {successor},\n\n")
    assert TYPED["answer-connection"] in shown.fields["body"]
    assert "Lucy" not in response.text
    pdf = begun.visitor.press(*letter.button("/letter.pdf"))
    assert " ".join((f"{successor} MP", *HOUSE_OF_COMMONS)) in text_of(pdf.content)


@pytest.mark.parametrize("target", ["/letter", "/letter.pdf", "/letter.txt", "/letter.eml"])
def test_a_letter_changed_by_hand_is_never_sent_to_somebody_else(begun: Begun, successor: str, target: str) -> None:
    response = begun.visitor.press(*begun.letter.button(target))
    assert response.status_code == 409
    assert "This letter goes to somebody else now" in response.text
    choice = Page(response.text)
    assert choice.heading == "Keep your changes, or use the new text?"
    for form, button in choice.buttons("/letter", "use"):
        letter = Page(begun.visitor.press(form, button).text)
        shown = letter.form_that_shows("body")
        assert shown
        assert shown.fields["body"].startswith(f"Dear {successor},\n\n"), "it greets whom it goes to"
        assert TYPED["answer-connection"] in shown.fields["body"]
        assert (ADDED in shown.fields["body"]) == (button.value == "edited")
        assert (ADDED in shown.fields["other"]) == (button.value == "new")
        assert begun.visitor.press(*letter.button(target)).status_code == 200


def whole(form: Form) -> str:
    """The letter changed by hand that goes along out of sight."""
    return f"{form.fields['earlier_subject']}\n\n{form.fields['earlier']}"


@pytest.mark.parametrize("target", ["/letter", "/letter.pdf", "/letter.txt", "/letter.eml"])
def test_when_the_seat_falls_vacant_between_two_pages_the_letter_can_be_kept(
    begun: Begun, stand_in: StandIn, target: str
) -> None:
    stand_in.seat_of(POSTCODE).member = None
    begun.cached_parliament.forget()
    response = begun.visitor.press(*begun.letter.button(target))
    assert response.status_code == 200
    vacant = Page(response.text)
    assert vacant.heading == "Manchester Central has no MP at the moment"
    keep, to_keep = vacant.buttons("/write", "keep")[0]
    assert keep.fields | TYPED == keep.fields
    assert whole(keep) == begun.changed
    page = Page(begun.visitor.press(keep, to_keep).text)
    form, button = page.button("/letter")
    assert form.fields | TYPED == form.fields
    choice = Page(begun.visitor.press(form, button).text)
    assert whole(choice.forms[0]) == begun.changed
    letter = Page(begun.visitor.press(*choice.buttons("/letter", "use")[0]).text)
    shown = letter.form_that_shows("body")
    assert shown
    assert shown.fields["body"].startswith("Dear Member of Parliament,\n\nI live in Manchester Central")
    assert ADDED in shown.fields["body"]
    pdf = text_of(begun.visitor.press(*letter.button("/letter.pdf")).content)
    assert " ".join(("The Member of Parliament for", "Manchester Central", *HOUSE_OF_COMMONS)) in pdf
    assert TYPED["answer-connection"] in pdf
