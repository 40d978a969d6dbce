"""The supporter's journey, as a browser without scripts makes it."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import NOWHERE, WRITER, MakeApp
from tests.stand_in import StandIn

SHOWN = [
    ("SW1A 1AA", "Cities of London and Westminster", "Rachel Blake"),
    ("M1 1AE", "Manchester Central", "Lucy Powell"),
    ("EH1 1YZ", "Edinburgh East and Musselburgh", "Chris Murray"),
    ("CF10 1EP", "Cardiff South and Penarth", "Stephen Doughty"),
]
EMPTY_PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'
NOTICE = "our copy of Parliament’s list, as of <strong>27 June 2026</strong>"


def heading(response: TestResponse) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", response.text)
    assert found
    return html.unescape(found[1])


def field(response: TestResponse, name: str) -> str:
    """What stands in a text area or a hidden field."""
    area = re.search(rf'<textarea[^>]* name="{name}"[^>]*>\r?\n(.*?)</textarea>', response.text, re.DOTALL)
    hidden = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', response.text)
    found = area or hidden
    assert found, f"no field {name}"
    return html.unescape(found[1])


def seats(response: TestResponse) -> dict[str, str]:
    """The constituencies a page offers, by name, with their numbers."""
    buttons = re.findall(r'name="constituency" value="(\d+)"[^>]*>\s*([^<]*?)\s*<', response.text)
    return {html.unescape(name): number for number, name in buttons}


def post(client: FlaskClient, page: str, campaign: str = "uyghurs", **changes: Any) -> TestResponse:
    return client.post(f"/c/{campaign}/{page}", data=WRITER | changes)


@pytest.mark.parametrize(("postcode", "constituency", "member"), SHOWN)
def test_without_network_the_snapshot_answers_and_says_so(
    make_app: MakeApp, postcode: str, constituency: str, member: str
) -> None:
    client = make_app(lookup="auto", parliament_api_url=NOWHERE).test_client()
    response = client.post("/c/uyghurs/write", data={"postcode": postcode})
    assert response.status_code == 200
    assert heading(response) == f"Write to {member}"
    assert f"<strong>{constituency}</strong>" in response.text
    assert NOTICE in response.text


@pytest.mark.parametrize(("postcode", "constituency", "member"), SHOWN)
def test_parliaments_answer_wins_and_needs_no_notice(
    live_client: FlaskClient, stand_in: StandIn, postcode: str, constituency: str, member: str
) -> None:
    holder = stand_in.seat_of(postcode).member
    assert holder
    holder["nameDisplayAs"] = f"{member} the Second"
    response = live_client.post("/c/uyghurs/write", data={"postcode": postcode})
    assert heading(response) == f"Write to {member} the Second"
    assert f"<strong>{constituency}</strong>" in response.text
    assert "our copy of Parliament’s list" not in response.text
    assert NOTICE not in post(live_client, "letter", postcode=postcode).text


def test_the_letter_is_whole(client: FlaskClient) -> None:
    response = post(client, "letter")
    assert response.status_code == 200
    body = field(response, "body")
    assert body.startswith("Dear Rachel Blake,\n\nI live in Cities of London and Westminster")
    assert WRITER["answer-connection"] in body
    assert body.endswith("Yours sincerely,\n\nSiân Example")
    for line in ("Rachel Blake MP", "House of Commons", "12 Example Street", "LLANFAIR", "SW1A 1AA"):
        assert line in response.text
    assert "rachel.blake.mp@parliament.uk" in response.text


def test_what_was_changed_by_hand_is_what_goes_out(client: FlaskClient) -> None:
    changed = {
        "subject": "My own subject",
        "body": "Dear Rachel,\r\n\r\nNo.\r\n\r\nYours sincerely,\r\n\r\nSiân Example",
    }
    response = post(client, "letter", **changed)
    assert field(response, "subject") == "My own subject"
    assert field(response, "body") == changed["body"].replace("\r\n", "\n")
    text = post(client, "letter.txt", **changed).text
    assert "Subject: My own subject\r\n\r\nDear Rachel,\r\n\r\nNo." in text


def test_going_back_keeps_answers_and_the_changed_letter(client: FlaskClient) -> None:
    write = post(client, "write", subject="Mine", body="My changed letter")
    assert field(write, "answer-connection") == WRITER["answer-connection"]
    assert field(write, "earlier_subject") == "Mine"
    assert field(write, "earlier") == "My changed letter"


def test_going_back_from_an_unchanged_letter_leaves_no_trace(client: FlaskClient) -> None:
    assert 'name="earlier' not in post(client, "write", **letter_of(post(client, "letter"))).text


def letter_of(page: TestResponse, **changes: str) -> dict[str, str]:
    """What the letter's page sends of the letter."""
    return {name: field(page, name) for name in ("subject", "body", "composed", "member")} | changes


def edits_of(page: TestResponse) -> dict[str, str]:
    """The changes that go along."""
    return {name: field(page, name) for name in ("earlier_subject", "earlier", "earlier_base")}


def test_going_back_and_changing_nothing_leads_to_the_changed_letter(client: FlaskClient) -> None:
    made = post(client, "letter")
    changed = f"{field(made, 'body')}\n\nPS: By hand."
    again = post(client, "letter", **edits_of(post(client, "write", **letter_of(made, body=changed))))
    assert heading(again) == "Your letter to Rachel Blake"
    assert field(again, "body") == changed
    assert field(again, "composed") == field(made, "composed"), "it still counts as changed"
    assert "The other version" not in again.text


def test_changing_an_answer_or_the_mp_asks_which_text_to_use(client: FlaskClient) -> None:
    made = post(client, "letter")
    changed = field(made, "body").replace("I look forward to your reply.", "I look forward to hearing from you.")
    edits = edits_of(post(client, "write", **letter_of(made, body=changed, subject="Mine")))
    other_mp = {"postcode": "M1 1AE", "member": "1"}
    for new, greeting, answer in (
        ({"answer-connection": "I was there."}, "Dear Rachel Blake,", "I was there."),
        (other_mp, "Dear Lucy Powell,", WRITER["answer-connection"]),
    ):
        asked = post(client, "letter", **edits, **new)
        assert heading(asked) == "Keep your changes, or use the new text?"
        assert "hearing from you" in asked.text
        assert "look forward to your reply" in asked.text
        kept = post(client, "letter", **edits, **new, use="edited")
        body = field(kept, "body")
        assert body.startswith(greeting)
        assert answer in body
        assert "hearing from you" in body
        assert field(kept, "subject") == "Mine"
        assert "look forward to your reply" in field(kept, "other")
        fresh = post(client, "letter", **edits, **new, use="new")
        assert "look forward to your reply" in field(fresh, "body")
        assert field(fresh, "other").startswith("Mine\n\nDear Rachel Blake,")
        again = post(client, "letter", **(new | letter_of(kept)), other=field(kept, "other"))
        assert "hearing from you" in field(again, "body"), "and stays"
        assert field(again, "other") == field(kept, "other")


def test_changes_too_long_for_a_letter_are_shown_and_not_lost(client: FlaskClient) -> None:
    long = "My own words. " * 1_000
    page = post(client, "letter", **edits_of(post(client, "write", subject="Mine", body=long, composed="x")))
    assert page.status_code == 422
    assert "The letter is too long" in page.text
    assert field(page, "body") == long.strip()


def test_another_mp_than_on_the_page_before_is_said(client: FlaskClient) -> None:
    assert "The page before this one showed another MP" in post(client, "letter", member="1").text
    assert "showed another MP" not in post(client, "letter", member=field(post(client, "write"), "member")).text


def test_a_name_by_hand_can_be_mended(client: FlaskClient) -> None:
    named = {"mp_name": "Lucy Powel", "mp_constituency": "Manchester Central"}
    write = post(client, "write", **named)
    assert "Change the name</button>" in write.text
    for page in (post(client, "by-hand", **named), post(client, "constituency", **named)):
        assert 'value="Lucy Powel"' in page.text
        assert 'value="Manchester Central"' in page.text


def test_changing_the_postcode_keeps_what_was_typed(client: FlaskClient) -> None:
    response = client.post("/c/uyghurs", data=WRITER)
    assert response.status_code == 200
    assert 'value="SW1A 1AA"' in response.text
    assert field(response, "answer-connection") == WRITER["answer-connection"]
    assert field(response, "name") == WRITER["name"]


def test_a_correction_is_shown(client: FlaskClient) -> None:
    response = client.post("/c/uyghurs/write", data={"postcode": "sw1a iaa"})
    assert "We read your postcode as <strong>SW1A 1AA</strong>" in response.text
    assert field(response, "postcode") == "SW1A 1AA"


def test_near_a_boundary_the_other_seat_is_one_click_away(client: FlaskClient) -> None:
    response = post(client, "write", postcode="NW3 2AY")
    assert heading(response) == "Write to Sir Keir Starmer"
    number = seats(response)["Hampstead and Highgate"]
    assert "Tulip Siddiq" in response.text, "with its MP"
    chosen = post(client, "write", postcode="NW3 2AY", constituency=number)
    assert "<strong>Hampstead and Highgate</strong>" in chosen.text
    assert field(chosen, "constituency") == number, "the choice goes along to the letter"
    letter = post(client, "letter", postcode="NW3 2AY", constituency=number)
    assert "I live in Hampstead and Highgate" in field(letter, "body")


def test_several_constituencies_are_a_question(live_client: FlaskClient, stand_in: StandIn) -> None:
    stand_in.postcodes["SW1A 1AA"].append(stand_in.seat_of("E8 1EA").id)
    response = post(live_client, "write")
    assert heading(response) == "Which constituency do you live in?"
    assert list(seats(response)) == ["Cities of London and Westminster", "Hackney South and Shoreditch"]
    assert field(response, "answer-connection") == WRITER["answer-connection"]


def test_a_vacant_seat(live_client: FlaskClient, stand_in: StandIn) -> None:
    stand_in.seat_of("WC1H 9JE").member = None
    response = post(live_client, "write", postcode="WC1H 9JE")
    assert response.status_code == 200
    assert heading(response) == "Holborn and St Pancras has no MP at the moment"
    assert field(response, "answer-connection") == WRITER["answer-connection"]
    kept = post(live_client, "letter", postcode="WC1H 9JE", keep="yes")
    assert heading(kept) == "Your letter to the Member of Parliament for Holborn and St Pancras"
    assert field(kept, "body").startswith("Dear Member of Parliament,\n\nI live in Holborn and St Pancras")
    assert "mailto:" not in kept.text
    text = post(live_client, "letter.txt", postcode="WC1H 9JE", keep="yes").text
    assert "To: The Member of Parliament for, Holborn and St Pancras, House of Commons" in text


def test_a_seat_that_is_filled_again_has_its_member(live_client: FlaskClient) -> None:
    response = post(live_client, "letter", postcode="WC1H 9JE", keep="yes")
    assert field(response, "body").startswith("Dear Sir Keir Starmer,")


def test_while_parliament_is_dissolved(make_app: MakeApp, stand_in: StandIn) -> None:
    for lookup in ("auto", "snapshot"):
        app = make_app(lookup=lookup, parliament_api_url=stand_in.url, parliament_dissolved="true")
        client = app.test_client()
        response = post(client, "write")
        assert response.status_code == 200
        assert heading(response) == "There are no MPs until the election"
        pages = [
            response.text,
            *(post(client, page, keep="yes").text for page in ("write", "letter", "letter.txt", "letter.eml")),
            post(client, "constituency").text,
            post(client, "write", constituency="3985").text,
            post(client, "write", postcode="NW3 2AY").text,
            post(client, "write", postcode="BT1 5GS").text,
            post(client, "write", postcode="SW1A 9ZZ").text,
            post(client, "write", mp_name="Jane Example", mp_constituency="Chorley").text,
        ]
        for page in pages:
            for name in ("Blake", "Hoyle", "Starmer", "Siddiq", "Eastwood", "De Cordova"):
                assert name not in page
        assert client.get("/portrait/3985/467").text == EMPTY_PICTURE
        assert client.get("/healthz").json["parliament_dissolved"]  # type: ignore[index]


def test_two_lists_that_differ_are_a_question(live_client: FlaskClient, stand_in: StandIn) -> None:
    stand_in.postcodes["SW1A 1AA"] = stand_in.postcodes["PR7 1DP"]
    response = post(live_client, "write")
    assert heading(response) == "Which constituency do you live in?"
    assert "do not agree where SW1A 1AA is" in response.text
    assert list(seats(response)) == ["Chorley", "Cities of London and Westminster"]


def test_a_choice_far_from_the_postcode_is_asked_about(client: FlaskClient) -> None:
    response = post(client, "write", constituency="3985")
    assert heading(response) == "Write to Sir Lindsay Hoyle"
    assert "As far as we know, SW1A 1AA is in another constituency" in response.text
    back = seats(response)["Cities of London and Westminster"]
    both = client.post("/c/uyghurs/write", data=WRITER | {"constituency": ["3985", back]})
    assert heading(both) == "Write to Rachel Blake", "the button that was pressed counts, not what was carried along"


def test_every_page_of_an_mp_leads_to_the_list_of_all(client: FlaskClient) -> None:
    for page in ("write", "letter"):
        assert 'formaction="/c/uyghurs/constituency">Not your constituency?' in post(client, page).text
    response = post(client, "constituency", subject="Mine", body="My changed letter")
    assert len(seats(response)) == 650
    assert next(iter(seats(response))) == "Cities of London and Westminster", "what is near comes first"
    assert "MPs take up letters only from people who live in their constituency" in response.text
    assert field(response, "answer-connection") == WRITER["answer-connection"]
    assert field(response, "earlier_subject") == "Mine"
    assert field(response, "earlier") == "My changed letter"


def test_an_mp_by_hand(client: FlaskClient) -> None:
    asked = post(client, "by-hand", constituency="3985")
    assert heading(asked) == "Who is your MP?"
    assert 'value="Chorley"' in asked.text
    named = {"mp_name": "Rt Hon Jane Example MP", "mp_constituency": "chorley"}
    write = post(client, "write", **named)
    assert heading(write) == "Write to Jane Example"
    assert field(write, "mp_name") == "Rt Hon Jane Example MP"
    letter = post(client, "letter", **named)
    assert field(letter, "body").startswith("Dear Jane Example,\n\nI live in Chorley")
    assert "We know of no email address for Jane Example." in letter.text
    assert "mailto:" not in letter.text


def test_contact_details_that_nobody_could_be_asked_for(live_client: FlaskClient, stand_in: StandIn) -> None:
    member = stand_in.seat_of("SW1A 1AA").member
    assert member
    member["id"] = 99999
    stand_in.fault_at, stand_in.fault = "/Contact", lambda: Response(status=500)
    response = post(live_client, "letter")
    assert "since Parliament’s own service does not answer" in response.text
    assert "https://members.parliament.uk/member/99999/contact" in response.text


def test_what_about_the_mp_changes_the_letter_is_said(client: FlaskClient) -> None:
    for page in ("write", "letter"):
        assert "is the Speaker, who keeps out of party politics" in post(client, page, postcode="PR7 1DP").text
        abstains = post(client, page, postcode="BT35 8DJ", constituency="4121")
        assert "is the Speaker" not in abstains.text
        assert "worded for that" not in post(client, page).text
    number = seats(post(client, "constituency"))["Newry and Armagh"]
    assert "whose MPs do not take their seats" in post(client, "letter", constituency=number).text


def test_a_post_in_the_government_changes_a_letter_that_asks_for_it(
    make_app: MakeApp, stand_in: StandIn, tmp_path: Path
) -> None:
    (tmp_path / "one.md").write_text(
        "---\ntitle: One\nsubject: S\n---\nHello.\n\n"
        "{% if member.government_post %}As {{ member.government_post }} you can ask a colleague.{% endif %}\n\n"
        "{% if constituency.nation == 'Wales' %}The Senedd agrees.{% endif %}\n"
    )
    client = make_app(lookup="auto", parliament_api_url=stand_in.url, campaigns_dir=tmp_path).test_client()
    minister = stand_in.seat_of("CF10 3ND").member
    assert minister
    stand_in.posts = {minister["id"]: "Minister of State (Example)"}
    response = post(client, "letter", campaign="one", postcode="CF10 3ND")
    assert "As Minister of State (Example) you can ask a colleague." in field(response, "body")
    assert "is in the Government (Minister of State (Example))" in response.text
    welsh = client.post("/cy/c/one/letter", data=WRITER | {"postcode": "CF10 3ND"})
    assert '(<span lang="en-GB">Minister of State (Example)</span>)' in welsh.text
    assert "Cardiff South and Penarth is in Wales. Part of the letter is worded for that." in response.text
    assert "Government" not in field(post(client, "letter", campaign="one"), "body")


def test_the_portrait_comes_through_us(live_client: FlaskClient, stand_in: StandIn) -> None:
    member = stand_in.seat_of("PR7 1DP").member
    assert member
    page = post(live_client, "write", postcode="PR7 1DP").text
    assert '<img src="/portrait/3985/467" alt=""' in page
    for _ in range(2):
        portrait = live_client.get("/portrait/3985/467")
        assert portrait.status_code == 200
        assert portrait.mimetype == "image/png"
        assert portrait.headers["Cache-Control"] == "public, max-age=86400"
    assert stand_in.calls.count("/api/Members/467/Thumbnail") == 1
    calls = len(stand_in.calls)
    for nobody in ("/portrait/3985/172", "/portrait/1/467"):
        assert live_client.get(nobody).text == EMPTY_PICTURE, "sits elsewhere, or in no seat at all"
    assert "Thumbnail" not in "".join(stand_in.calls[calls:])


def test_without_a_portrait_there_are_initials(live_client: FlaskClient, client: FlaskClient) -> None:
    foyle = post(live_client, "write", postcode="BT48 6DQ").text
    (address,) = re.findall(r'<img src="([^"]*)"', foyle)
    assert live_client.get(address).text == EMPTY_PICTURE
    assert 'aria-hidden="true" translate="no">CE' in foyle
    assert "<img" not in post(client, "write").text, "who has no network asks for no picture"


def test_northern_ireland_without_network_is_a_question(client: FlaskClient) -> None:
    response = post(client, "write", postcode="BT1 5GS")
    assert heading(response) == "Which constituency do you live in?"
    assert response.text.index("In Northern Ireland") < response.text.index("All 650 constituencies")
    first = response.text.split("All 650 constituencies")[0]
    assert first.count('name="constituency"') == 18
    number = seats(response)["Foyle"]
    assert heading(post(client, "write", postcode="BT1 5GS", constituency=number)) == "Write to Colum Eastwood"


def test_when_only_parliament_may_answer_and_does_not(make_app: MakeApp) -> None:
    client = make_app(lookup="live", parliament_api_url=NOWHERE).test_client()
    response = post(client, "write")
    assert response.status_code == 503
    assert heading(response) == "Parliament’s service does not answer"
    assert field(response, "answer-connection") == WRITER["answer-connection"]


def test_an_mp_without_an_email_address_gets_a_printed_letter(client: FlaskClient) -> None:
    response = post(client, "letter", postcode="PR1 2RL")
    assert "Sir Mark Hendrick publishes no email address with Parliament" in response.text
    assert response.text.index("Download the PDF") < response.text.index("Text file")
    assert "mailto:" not in response.text


def test_other_ways_to_reach_the_mp(live_client: FlaskClient, stand_in: StandIn) -> None:
    seat = stand_in.seat_of("SW1A 1AA")
    seat.contacts.append({"typeId": 4, "line1": "1 Market Street", "postcode": "SW1A 1AA"})
    response = post(live_client, "letter")
    assert "Telephone: 020 7219 3000" in response.text
    assert "In the constituency: 1 Market Street, SW1A 1AA" in response.text


def test_a_long_letter_in_any_script_goes_through(client: FlaskClient) -> None:
    """Sent as the page's form sends it: not percent-encoded, which would make each such letter six bytes or nine."""
    body = "ئۇيغۇر " * 1_200 + "你好" * 500
    data = WRITER | {"subject": "ئۇيغۇر", "body": body, "earlier": body}
    response = client.post("/c/uyghurs/letter", data=data, content_type="multipart/form-data")
    assert response.status_code == 200
    assert field(response, "body") == body


def test_the_other_campaign(client: FlaskClient) -> None:
    answers = {
        "answer-topic": "The bus\nto the hospital",
        "answer-story": "It stops at six.",
        "answer-ask": "Please ask.",
    }
    response = post(client, "letter", campaign="your-own-letter", **answers)
    assert field(response, "subject") == "The bus to the hospital"
    assert "It stops at six.\n\nPlease ask." in field(response, "body")


def test_the_first_page_lists_campaigns(client: FlaskClient) -> None:
    response = client.get("/")
    assert "/c/uyghurs" in response.text
    assert "/c/your-own-letter" in response.text


def test_one_campaign_is_the_first_page(make_app: MakeApp, tmp_path: Any) -> None:
    (tmp_path / "only.md").write_text("---\ntitle: Only\nsubject: S\n---\nText\n")
    response = make_app(campaigns_dir=tmp_path).test_client().get("/", follow_redirects=True)
    assert response.request.path == "/c/only"
    assert heading(response) == "Only"


def test_a_campaign_with_a_mistake_does_not_take_the_others_down(make_app: MakeApp, tmp_path: Any) -> None:
    (tmp_path / "good.md").write_text("---\ntitle: Good\nsubject: S\n---\nText\n")
    (tmp_path / "bad.md").write_text("---\ntitle: Bad\nsubject: S\n---\n{{ text\n")
    client = make_app(campaigns_dir=tmp_path).test_client()
    assert client.get("/c/good").status_code == 200
    assert client.get("/c/bad").status_code == 404


def test_question_ids_can_be_any_word(make_app: MakeApp, tmp_path: Any) -> None:
    """Also those that are names of something in the forms' own code."""
    ids = ["data", "errors", "validate", "meta", "populate_obj"]
    questions = "".join(f"  - id: {name}\n    label: About {name}?\n" for name in ids)
    body = "\n\n".join(f"{{{{ answers.{name} }}}}" for name in ids)
    (tmp_path / "odd.md").write_text(f"---\ntitle: Odd\nsubject: S\nquestions:\n{questions}---\n{body}\n")
    client = make_app(campaigns_dir=tmp_path).test_client()
    response = post(client, "letter", campaign="odd", **{f"answer-{name}": f"My {name}." for name in ids})
    assert all(f"My {name}." in field(response, "body") for name in ids)


def test_the_second_letter_says_when_the_first_was_sent(client: FlaskClient) -> None:
    asked = post(
        client, "follow-up", **letter_of(post(client, "letter"), body="Dear Rachel Blake,\n\nMy changed letter.")
    )
    assert heading(asked) == "Write to Rachel Blake again"
    assert field(asked, "other").endswith("My changed letter.")
    for day in ("2026-11-01", "1/11/2026", "1 November 2026", "1 Nov 2026"):
        second = post(client, "follow-up", first_sent=day)
        assert heading(second) == "Your second letter to Rachel Blake"
        assert field(second, "body").startswith("Dear Rachel Blake,\n\nOn 1 November 2026 I wrote to you about “Forced")
        assert WRITER["answer-connection"] in field(second, "body")
        assert field(second, "subject").endswith(": my letter of 1 November 2026")
    text = post(client, "letter.txt", first_sent="2026-11-01", **letter_of(second)).text
    assert "On 1 November 2026 I wrote to you" in text


@pytest.mark.parametrize("day", ["", "yesterday", "2026-13-01", "1999-01-01", "2999-01-01", "31/2/2026"])
def test_a_day_that_cannot_be_is_asked_for_again(client: FlaskClient, day: str) -> None:
    response = post(client, "follow-up", first_sent=day)
    assert response.status_code == 422
    assert "<title>Error: Write to Rachel Blake again" in response.text
    assert 'href="#first_sent"' in response.text
    assert "On " not in field(post(client, "letter", first_sent=day), "body")[:200], "then it is the first letter"


def test_a_copy_to_oneself(client: FlaskClient) -> None:
    page = post(client, "letter", copy_to="sian@example.org")
    assert page.text.count("cc=sian%40example.org") == 5
    ways = page.text.partition('id="ways-heading"')[2]
    before_any_button = re.split("<button|<a ", ways)[0]
    assert 'To <strong class="email">' in before_any_button
    assert '<p id="copy-shown">Copy (Cc) to <strong class="email">sian@example.org</strong></p>' in before_any_button
    assert '<p id="copy-shown" hidden>' in post(client, "letter").text
    assert "\r\nCc: sian@example.org\r\n" in post(client, "letter.eml", copy_to="sian@example.org").text
    assert field(post(client, "write", copy_to="sian@example.org"), "copy_to") == "sian@example.org"


@pytest.mark.parametrize(
    "wrong",
    [
        "sian",
        "a@b",
        "a@example.org,b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        '"a"@example.org',
        "a@b.c" * 60,
    ],
)
def test_a_copy_to_what_is_no_address_is_refused(client: FlaskClient, wrong: str) -> None:
    page = post(client, "letter.eml", copy_to=wrong)
    assert page.status_code == 422
    assert 'href="#copy_to"' in page.text
    assert "cc=" not in page.text


def test_what_is_worth_another_look_is_said_beside_the_letter(client: FlaskClient) -> None:
    page = post(
        client,
        "letter",
        subject="hi",
        body="Dear [name],\n\nNobody in our street has had a bus since May, and this is a DISGRACE AND AN OUTRAGE!!!",
        address_line_1="x",
    )
    for remark in (
        "does not say what the letter is about",
        "“[name]” looks like a gap",
        "The greeting",
        "reads as shouting",
        "asks for nothing",
        "Where your street should be",
    ):
        assert remark in html.unescape(page.text)
    assert "Nothing stands out" in post(client, "letter").text


def test_a_page_more_is_said(client: FlaskClient) -> None:
    answer = "It matters to me and to mine. " * 20
    page = post(client, "letter", **{"answer-connection": answer, "answer-hope": answer[:400]})
    assert "On paper this letter takes two pages" in page.text


def test_a_letter_too_long_for_paper_is_refused_there_and_kept(client: FlaskClient) -> None:
    body = "Dear Rachel Blake,\n\n" + "- one more line\n" * 250
    page = post(client, "letter.pdf", subject="S", body=body)
    assert page.status_code == 422
    assert "That is too long to print" in page.text
    assert field(page, "body") == body.strip()
    assert post(client, "letter.txt", subject="S", body=body).status_code == 200


def test_the_reminder(client: FlaskClient) -> None:
    response = post(client, "letter.ics")
    assert response.mimetype == "text/calendar"
    assert response.headers["Content-Disposition"] == 'attachment; filename="has-my-mp-answered.ics"'
    assert response.headers["Cache-Control"] == "no-store"
    assert "SUMMARY:Has Rachel Blake answered my letter?" in response.text
    assert "http://localhost/c/uyghurs" in response.text.replace("\r\n ", "")
    assert not any(text in response.text for text in ("Siân", "Example Street", "SW1A"))


@pytest.mark.parametrize(
    ("headers", "first"),
    [
        ({"User-Agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148"}, "mailto:"),
        ({"User-Agent": "Mozilla/5.0 (X11; Linux x86_64)"}, "https://mail.google.com"),
        ({"User-Agent": "Mozilla/5.0", "Sec-CH-UA-Mobile": "?1"}, "mailto:"),
        ({"User-Agent": "Something Mobile", "Sec-CH-UA-Mobile": "?0"}, "https://mail.google.com"),
        ({}, "https://mail.google.com"),
    ],
)
def test_the_likeliest_way_of_the_device_comes_first(client: FlaskClient, headers: dict[str, str], first: str) -> None:
    page = client.post("/c/uyghurs/letter", data=WRITER, headers=headers).text
    ways = re.findall(r'class="button( second)?" href="(mailto:|https://[^/?]+)', page)
    assert ways[0][1] == first
    assert len(ways) == 5
    assert [not second for second, _ in ways] == [first == "mailto:", False, False, False, False], (
        "one stands out at most"
    )
