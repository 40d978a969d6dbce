"""The supporters of the load test notice what goes wrong: else their good word would be worth nothing."""

import pytest
from flask import Flask, Response, request

from benchmarks.load.browser import Answer, Browser, Lost
from benchmarks.load.crowd import Crowd, news, steady
from benchmarks.load.ledger import Ledger
from tests.conftest import MakeApp
from tests.loop import run
from tests.page import Button, Form
from tests.stand_in.seats import POSTCODES
from tests.web.conftest import Visit

NAME = '<input type="hidden" name="name" value="Sam">'
WORDS = '<input type="hidden" name="words" value="a\nb &amp; c">'
TYPED = {"name": "Sam", "words": "a\nb & c"}


@pytest.fixture
def seen() -> list[dict[str, str]]:
    """What was posted to ``busy``, in the order in which it came."""
    return []


@pytest.fixture
def busy(seen: list[dict[str, str]]) -> Flask:
    """Has time for the second try. Its busy page is that of the address, and carries what that is called."""
    app = Flask(__name__)

    @app.post("/<carries>")
    def letter(carries: str) -> Response:
        seen.append(request.form.to_dict())
        if len(seen) > 1:
            return Response("here you are")
        fields = NAME if carries == "less" else NAME + WORDS
        button = "" if carries == "nothing" else "<button>Try again</button>"
        form = f'<form action="/{carries}" method="post" enctype="multipart/form-data">{fields}{button}</form>'
        return Response(form, 503, {} if carries == "no-time" else {"Retry-After": "0"})

    return app


def press(site: str, path: str) -> Answer:
    """What somebody gets who presses a button there."""

    async def pressed() -> Answer:
        async with Browser(site, Ledger()) as browser:
            form = Form(path, is_multipart=True, fields=dict(TYPED))
            return await browser.press("letter", form, Button("", "", path))

    return run(pressed())


def test_what_a_busy_page_carries_is_sent_again(visit: Visit, busy: Flask, seen: list[dict[str, str]]) -> None:
    assert press(visit(busy).site, "/all").content == b"here you are"
    assert seen == [{"name": "Sam", "words": "a\r\nb & c"}] * 2


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/less", r"503 without \['words'\]"), ("/nothing", "503 without a button"), ("/no-time", "does not say when")],
)
def test_a_busy_page_that_loses_something_loses_the_journey(visit: Visit, busy: Flask, path: str, reason: str) -> None:
    with pytest.raises(Lost, match=reason):
        press(visit(busy).site, path)


def a_few(site: str) -> Ledger:
    """What becomes of some supporters of a site."""
    crowd = Crowd(site, list(POSTCODES), pace=1000.0)
    return run(crowd.come(steady(8.0), 1.0, peak=8.0, patience=60.0))


def test_all_is_well_at_a_site_that_is_well(visit: Visit, make_app: MakeApp) -> None:
    ledger = a_few(visit(make_app()).site)
    assert ledger.started == ledger.completed > 2
    assert not ledger.lost
    assert ledger.count(200) == len(ledger.requests)


def test_a_letter_with_other_words_is_a_lost_one(visit: Visit, make_app: MakeApp) -> None:
    app = make_app()

    @app.after_request
    def garble(response: Response) -> Response:
        if not response.is_streamed:
            response.set_data(response.get_data().replace(b"and counts to 7", b"and counts to 8"))
        return response

    ledger = a_few(visit(app).site)
    assert ledger.started > 2
    assert ledger.lost == {"letter: another letter than was written": ledger.started}


def test_a_failing_page_is_counted(visit: Visit, make_app: MakeApp) -> None:
    app = make_app()
    app.view_functions["journey.letter"] = lambda slug: Response("", 502, mimetype="text/plain")
    ledger = a_few(visit(app).site)
    assert ledger.lost == {"letter: 502": ledger.started}
    assert ledger.server_errors == {502: ledger.started}


def test_where_nobody_serves_the_connection_counts_as_dropped() -> None:
    async def come() -> Ledger:
        return await Crowd("http://127.0.0.1:9", list(POSTCODES), 1.0).come(steady(8.0), 0.5, peak=8.0, patience=0.1)

    ledger = run(come())
    assert ledger.started == ledger.dropped["campaign"] == ledger.lost.total() > 0


def test_an_evening_has_the_mean_that_was_asked_for() -> None:
    rate = news(20.0, 180.0)
    assert sum(map(rate, range(180))) / 180 == pytest.approx(20.0, rel=0.02)
