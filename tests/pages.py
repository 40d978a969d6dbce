"""Every page in every state, for the tests that look at all of them."""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from flask import Flask, request

from app import create_app
from app.campaigns.starter import starting_file
from app.letters.paper.pdf_pool import PdfPool
from app.mp.dissolution import today
from app.server.waiting import seconds_waited
from tests.conftest import NOWHERE, WRITER, settings
from tests.sharing import SAMPLE_CAMPAIGNS
from tests.stand_in import StandIn

SITES: dict[str, dict[str, str]] = {
    "snapshot": {"lookup": "snapshot"},
    "live": {"lookup": "auto"},
    "dissolved": {"lookup": "snapshot", "parliament_dissolved": "2020-01-01/2099-12-31"},
    "cut off": {"lookup": "live", "parliament_api_url": NOWHERE},
    "sample campaigns": {"campaigns_dir": str(SAMPLE_CAMPAIGNS)},
    "busy": {"lookup": "snapshot"},
}
"""Settings of the sites the pages are on. The one that is live asks a stand-in made by ``an_odd_house``."""


def app_of(site: str, own: dict[str, str], parliament: str, pdf_pool: PdfPool) -> Flask:
    """The app of a site with settings of its own; in the one called ``busy`` there is no time for campaigns."""
    app = create_app(settings(**({"parliament_api_url": parliament} | own)))
    app.extensions["services"] = replace(app.extensions["services"], pdf_pool=pdf_pool)
    if site == "busy":
        app.before_request_funcs[None].insert(0, lambda: _wait(60 if request.path.startswith("/c/") else 0))
        app.teardown_request(lambda _: _wait(0))
    return app


def _wait(seconds: float) -> None:
    seconds_waited.set(seconds)


_A_MONTH_AGO = (today() - timedelta(days=30)).isoformat()


def an_odd_house() -> StandIn:
    """A stand-in with a postcode in two seats, one that it puts elsewhere than we do, and a vacant seat."""
    house = StandIn()
    house.postcodes["OX1 1BX"] += house.postcodes["CB2 3QJ"]
    house.postcodes["LE1 1FZ"] = house.postcodes["PR7 1DP"]
    house.seat_of("DH1 5UL").member = None
    del house.postcodes["NR2 1NH"]
    return house


class Visit(NamedTuple):
    """How to come to a page."""

    site: str
    method: str
    path: str
    data: dict[str, str]


def _get(path: str, site: str = "snapshot") -> Visit:
    return Visit(site, "GET", path, {})


def _post(page: str, site: str = "snapshot", **changes: str) -> Visit:
    return Visit(site, "POST", f"/c/uyghurs/{page}", WRITER | changes)


def _sample(page: str, **data: str) -> Visit:
    """A page of a sample campaign: shown, or with ``data`` posted."""
    return Visit("sample campaigns", "POST" if data else "GET", page, data)


def _studio(title: str = "title:", view: str = "letter") -> Visit:
    """The Studio with the example, shown or with a mistake."""
    file = starting_file().replace("title:", title, 1)
    return Visit("snapshot", "POST", "/studio", {"slug": "clean-rivers", "file": file, "view": view})


_IN_WELSH = WRITER | {"answer-afon": "Dysgais nofio yn afon Ogwen."}
PAGES = {
    "home": _get("/"),
    "campaign": _get("/c/uyghurs"),
    "wrong postcode": Visit("snapshot", "POST", "/c/uyghurs/write", {"postcode": "x"}),
    "write": _post("write"),
    "write, live": _post("write", "live"),
    "near a boundary": _post("write", postcode="NW3 2AY"),
    "not near the postcode": _post("write", constituency="3985"),
    "not known to Parliament": _post("write", "live", postcode="NR2 1NH"),
    "write with mistakes": Visit("snapshot", "POST", "/c/uyghurs/letter", {"postcode": "SW1A 1AA"}),
    "letter": _post("letter"),
    "letter, live": _post("letter", "live"),
    "letter with mistakes": _post("letter", subject="", body=""),
    "letter without e-mail": _post("letter", postcode="PR1 2RL"),
    "letter to the Speaker": _post("letter", postcode="PR7 1DP"),
    "letter to another MP by now": _post("letter", member="1", subject="S", body="Dear A,"),
    "letter with another version": _post("letter", other="Mine\n\nAnother letter", copy_to="sian@example.org"),
    "letter with a wrong copy": _post("letter", copy_to="x"),
    "letter with remarks": _post(
        "letter", subject="hi", body="Dear [name],\n\nNobody asked, and it is A TOTAL OUTRAGE!!!", address_line_1="x"
    ),
    "edits": _post("letter", earlier_subject="Mine", earlier="Dear Rachel Blake,\n\nI am cross.", earlier_base="a b c"),
    "edits, another language": _post(
        "letter", earlier_subject="I mi", earlier="Annwyl Rachel Blake,\n\nRwy’n grac.", earlier_base="cy a b c"
    ),
    "edits, another MP": _post("letter", member="1", subject="Mine", body="Dear A,\n\nI am cross.", composed="a b c"),
    "first letter": _post("follow-up"),
    "first letter with mistakes": _post("follow-up", first_sent=""),
    "second letter": _post("follow-up", first_sent=_A_MONTH_AGO),
    "by hand": _post("by-hand"),
    "by hand with mistakes": _post("write", mp_name="", mp_constituency=""),
    "letter by hand": _post("letter", mp_name="J. Example", mp_constituency="Chorley"),
    "all constituencies": _post("constituency"),
    "no such constituency": _post("write", constituency="1"),
    "several constituencies": _post("write", "live", postcode="OX1 1BX"),
    "two opinions": _post("write", "live", postcode="LE1 1FZ"),
    "vacant": _post("write", "live", postcode="DH1 5UL"),
    "vacant, write": _post("write", "live", postcode="DH1 5UL", keep="yes"),
    "vacant, letter": _post("letter", "live", postcode="DH1 5UL", keep="yes"),
    "dissolved": _post("write", "dissolved"),
    "dissolved, all constituencies": _post("constituency", "dissolved"),
    "unknown postcode": _post("write", postcode="SW1A 9ZZ"),
    "no MP": _post("write", postcode="JE2 3AB"),
    "BFPO": _post("write", postcode="BFPO 57"),
    "Northern Ireland": _post("write", postcode="BT1 5GS"),
    "cut off": _post("write", "cut off"),
    "home with sample campaigns": _sample("/"),
    "campaign to come": _sample("/c/coming"),
    "campaign to come, posted to": _sample("/c/coming/write", postcode="SW1A 1AA"),
    "campaign that ended": _sample("/c/ended"),
    "campaign that ended, letter in hand": _sample("/c/ended/letter", **WRITER),
    "campaign with colour and logo": _sample("/c/bright"),
    "campaign with colour and logo, write": _sample("/c/bright/write", **WRITER),
    "campaign with colour and logo, letter": _sample("/c/bright/letter", **WRITER),
    "campaign in Welsh": _sample("/c/afonydd"),
    "campaign in Welsh, write": _sample("/c/afonydd/write", **_IN_WELSH),
    "campaign in Welsh, letter": _sample("/c/afonydd/letter", **_IN_WELSH),
    "campaign in Welsh, second letter": _sample("/c/afonydd/follow-up", first_sent=_A_MONTH_AGO, **_IN_WELSH),
    "share": _get("/c/uyghurs/share"),
    "share, with colour and logo": _sample("/c/bright/share"),
    "in a frame": _get("/c/uyghurs/embed"),
    "in a frame, with colour and logo": _sample("/c/bright/embed"),
    "in a frame, to come": _sample("/c/coming/embed"),
    "in a frame, ended": _sample("/c/ended/embed"),
    "privacy": _get("/privacy"),
    "how it works": _get("/how-it-works"),
    "accessibility": _get("/accessibility"),
    "about": _get("/about"),
    "studio": _get("/studio"),
    "studio, on paper": _studio(view="paper"),
    "studio, the campaign's page": _studio(view="page"),
    "studio, the questions": _studio(view="questions"),
    "studio with mistakes": _studio("titel:"),
    "studio with nothing": _get("/studio?start=none"),
    "busy": _get("/c/uyghurs", "busy"),
    "busy, with a letter in hand": _post("letter", "busy"),
    "not found": _get("/nowhere"),
    "wrong method": _get("/c/uyghurs/write"),
}
