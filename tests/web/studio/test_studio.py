"""The Studio: any file is checked and shown, nothing is kept, and hostile files are answered like others."""

import base64
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.campaigns.starter import starting_file
from app.letters.sample_members import sample_members
from app.mp.snapshot.snapshot import Snapshot
from app.web.studio.draft import VIEWS
from tests.conftest import MakeApp
from tests.publisher import HASH
from tests.web.html import Html, text

FILE = """\
---
title: Clean rivers
subject: Rivers in {{ constituency.name }}
local_facts: rivers.csv
questions:
  - id: why
    label: Why?
asks:
  - ask: Will you sign the motion?
  - for: speaker
    ask: Will you write to the minister?
    reason: "{{ member.name }} signs no motions."
  - for: abstaining
    ask: Will you ask the minister?
---
I live in {{ constituency.name }}{% if local.river %}, on the {{ local.river }}{% endif %}.

{{ answers.why }}

{{ ask }} I look forward to your reply.
"""
FACTS = "constituency,river\nChorley,Yarrow\n"


def draft(**changes: str) -> dict[str, str]:
    return {"file": FILE, "facts": FACTS, "slug": "rivers", "member": "speaker", "view": "letter"} | changes


def check(client: FlaskClient, **changes: str) -> Html:
    return Html.of(client.post("/studio", data=draft(**changes)))


def test_starts_from_a_file_without_problems(client: FlaskClient) -> None:
    page = Html.of(client.get("/studio"))
    assert page.status == 200
    assert page.field("file") == starting_file()
    assert "No problems found" in page.text


def test_starts_from_a_campaign_of_the_site(client: FlaskClient) -> None:
    page = Html.of(client.get("/studio?start=uyghurs"))
    assert "title: Stand with the Uyghurs" in page.field("file")
    assert (page.field("slug"), len(page.field("base"))) == ("uyghurs", 12)


@pytest.mark.parametrize("start", ["nothing", "../config", "..%2f..%2fREADME", "", "a" * 5_000])
def test_starts_from_nothing_else(client: FlaskClient, start: str) -> None:
    page = Html.of(client.get(f"/studio?start={start}"))
    assert page.field("file") == starting_file()
    assert ("That campaign cannot be opened here." in page.text) == bool(start)
    assert page.status == (404 if start else 200)


def test_a_file_of_windows_is_as_good(make_app: MakeApp, tmp_path: Path) -> None:
    text = "---\ntitle: Clean rivers\nsubject: A\n---\nText\n"
    (tmp_path / "rivers.md").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    client = make_app(campaigns_dir=tmp_path).test_client()
    page = Html.of(client.get("/studio?start=rivers"))
    assert page.field("file") == text
    assert page.all("ul[@class='problems errors']") == []
    assert "mistake" not in Html.of(client.post("/studio", data={"file": f"\ufeff{text}"})).text


def test_does_not_offer_what_is_not_open_yet(make_app: MakeApp, tmp_path: Path) -> None:
    (tmp_path / "hidden.md").write_text("---\ntitle: Hidden rivers\nsubject: A\nopens: 2999-01-01\n---\nText\n")
    client = make_app(campaigns_dir=tmp_path).test_client()
    assert "Hidden rivers" not in Html.of(client.get("/studio")).text
    assert "Hidden rivers" not in Html.of(client.get("/studio?start=hidden")).field("file")


@pytest.mark.parametrize("slug", ["new", "fresh", "yes", "cy", "c", "studio", "static", "versions", "your-campaign"])
def test_a_campaign_may_be_called_as_our_addresses_are(make_app: MakeApp, tmp_path: Path, slug: str) -> None:
    file = "---\ntitle: Of that name\nsubject: A\n---\nWill you write? I look forward to your reply.\n"
    (tmp_path / f"{slug}.md").write_text(file)
    (tmp_path / f"{slug}.cy.md").write_text(file.replace("Of that name", "O’r enw hwnnw"))
    client = make_app(campaigns_dir=tmp_path, studio_password=HASH).test_client()
    page = Html.of(client.get(f"/studio?start={slug}"))
    assert (page.status, page.field("slug"), page.field("file")) == (200, slug, file)
    assert Html.of(client.get(f"/studio?start={slug}.cy")).field("slug") == f"{slug}.cy"
    assert text(Html.of(client.get(f"/c/{slug}")).one("h1")) == "Of that name"
    assert text(Html.of(client.get(f"/cy/c/{slug}")).one("h1")) == "O’r enw hwnnw"
    for address in (f"/c/{slug}/share", f"/c/{slug}/embed", f"/c/{slug}/qr.svg", f"/studio/versions/{slug}"):
        assert client.get(address).status_code == 200
    fresh = next(link.get("href", "") for link in page.all("a") if link.text == "Start a new file")
    started = Html.of(client.get(fresh))
    assert (started.status, started.field("slug"), started.field("file")) == (200, "", starting_file())


def test_the_old_address_of_a_fresh_file_is_that_of_a_campaign_that_is_not_there(client: FlaskClient) -> None:
    assert Html.of(client.get("/studio?start=new")).status == 404


def test_a_draft_without_a_name_has_no_welsh_beside_it(make_app: MakeApp, tmp_path: Path) -> None:
    file = "---\ntitle: Of that name\nsubject: A\n---\nWill you write? I look forward to your reply.\n"
    (tmp_path / "your-campaign.md").write_text(file)
    (tmp_path / "your-campaign.cy.md").write_text("no campaign")
    client = make_app(campaigns_dir=tmp_path).test_client()
    assert "the Welsh of it" in Html.of(client.post("/studio", data={"file": file, "slug": "your-campaign"})).text
    assert "the Welsh of it" not in Html.of(client.post("/studio", data={"file": file})).text


def test_shows_the_letter_to_the_chosen_member_with_the_reason(client: FlaskClient) -> None:
    page = check(client)
    assert "Dear Sir Lindsay," in page.text
    assert "I live in Chorley, on the Yarrow." in page.text
    assert "Will you write to the minister?" in page.text
    assert "The supporter reads: Sir Lindsay Hoyle signs no motions." in page.text
    assert "Will you sign the motion?" in check(client, member="dame").text


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_for_all_of_the_cast(client: FlaskClient, snapshot: Snapshot, view: str) -> None:
    for role in sample_members(snapshot.seats):
        page = check(client, view=view, member=role.key)
        assert page.status == 200
        assert page.one(f"option[@value='{role.key}']").get("selected") is not None
        if view == "paper":
            picture = page.one("section[@id='shown']/img").get("src", "")
            assert base64.b64decode(picture.removeprefix("data:image/png;base64,"))[:4] == b"\x89PNG"
        elif view == "letter":
            assert role.member.salutation in text(page.one("section[@id='shown']"))
        else:
            inner = Html(page.one("iframe").get("srcdoc", ""))
            assert text(inner.one("h1"))
            assert inner.all("script") == []
            assert view == "page" or role.member.name in inner.text


def test_shows_the_campaigns_page_before_and_after_its_days(client: FlaskClient) -> None:
    days = "opens: 2030-01-02\ncloses: 2030-03-04\nafter_closing: Thank you all.\nquestions:"
    page = check(client, view="page", file=FILE.replace("questions:", days))
    opened, before, after = (Html(frame.get("srcdoc", "")) for frame in page.all("iframe"))
    assert opened.field("postcode") == ""
    assert "Opens on 2 January 2030" in before.text
    assert "Ended on 4 March 2030 Thank you all." in after.text


def test_names_problems_with_their_lines(client: FlaskClient) -> None:
    page = check(client, file=FILE.replace("constituency.name }}\nlocal", "constituency.nam }}\nlocal"))
    link = page.one("ul[@class='problems errors']//a")
    assert (link.get("href"), link.text) == ("#line-3", "Line 3")
    assert "did you mean constituency.name?" in page.text
    assert text(page.one("li[@id='line-2']")) == "title: Clean rivers"
    assert "There is nothing to show yet" in page.text


def test_the_file_is_downloaded_as_it_was_typed(client: FlaskClient) -> None:
    response = client.post("/studio/file", data=draft(file="Anything: ŵ 😀\r\nat all"))
    assert response.data.decode() == "Anything: ŵ 😀\nat all"
    assert response.headers["Content-Disposition"] == 'attachment; filename="rivers.md"'
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("slug", ["", '"; x="', "../../etc/passwd", "a\r\nSet-Cookie: a=b", "é"])
def test_the_name_of_a_download_is_harmless(client: FlaskClient, slug: str) -> None:
    response = client.post("/studio/file", data=draft(slug=slug))
    assert response.headers["Content-Disposition"] == 'attachment; filename="your-campaign.md"'


def test_the_letter_as_pdf(client: FlaskClient) -> None:
    response = client.post("/studio/letter.pdf", data=draft())
    assert response.data[:5] == b"%PDF-"
    assert Html.of(client.post("/studio/letter.pdf", data=draft(file="x"))).status == 422


@pytest.mark.parametrize(
    "file",
    [
        "",
        "---",
        "---\na: &a [1]\nb: *a\n---\nx",
        "---\ntitle: !!python/object/apply:os.system [id]\n---\nx",
        "---\ntitle: A\nsubject: B\n---\n" + "{% if true %}" * 5_000,
        "---\ntitle: A\nsubject: B\n---\n{% include '/etc/passwd' %}{% render 'x' %}",
        "---\ntitle: A\nsubject: B\nlocal_facts: ../../etc/passwd\n---\nx",
        "---\ntitle: A\nsubject: B\nlogo: ../../etc/passwd\n---\nx",
        "---\ntitle: " + "[" * 60_000,
        "\0" * 60_000,
        "x" * 70_000,
        "---\ntitle: A\nsubject: B\n---\n" + "é" * 60_000,
    ],
)
@pytest.mark.parametrize("view", ["letter", "page"])
def test_a_hostile_file_gets_its_problems_named(client: FlaskClient, file: str, view: str) -> None:
    page = check(client, file=file, view=view)
    assert page.status == 200
    assert page.all("ul[@class='problems errors']//a")


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_in_a_file_turns_into_markup(client: FlaskClient, view: str) -> None:
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&lt;"
    quoted = bad.replace("'", "''")
    file = f"""\
---
title: '{quoted}'
organisation: '{quoted}'
summary: '{quoted}'
about: '{quoted} [a](javascript:alert(1))'
subject: '{quoted}'
imprint: '{quoted}'
privacy_note: '{quoted}'
questions:
  - id: why
    label: '{quoted}'
    hint: '{quoted}'
    prompts: ['{quoted}']
---
{bad}

{{{{ answers.why }}}}
"""
    response = client.post("/studio", data=draft(file=file, view=view))
    page = Html.of(response)
    assert page.status == 200
    assert page.all("ul[@class='problems errors']") == []
    for found in (page, *(Html(frame.get("srcdoc", "")) for frame in page.all("iframe"))):
        assert all(script.get("src") for script in found.all("script"))
        assert found.all("*[@onerror]") == []
        assert not [link for link in found.all("a") if link.get("href", "").startswith("javascript:")]


def test_a_file_larger_than_any_campaign_is_refused(client: FlaskClient) -> None:
    assert client.post("/studio", data=draft(file="x" * 10_000_000)).status_code == 413


def test_keeps_nothing(client: FlaskClient, tmp_path: Path) -> None:
    for response in (
        client.get("/studio"),
        client.post("/studio", data=draft()),
        client.post("/studio/file", data=draft()),
    ):
        assert "Set-Cookie" not in response.headers


def test_without_a_password_nobody_publishes(client: FlaskClient) -> None:
    assert "Publish …" not in Html.of(client.get("/studio")).text
    for path in ("/studio/publish", "/studio/log-in", "/studio/log-out", "/studio/versions/uyghurs"):
        assert client.post(path, data=draft()).status_code == 404


def test_says_in_welsh_what_is_wrong(client: FlaskClient) -> None:
    page = Html.of(client.post("/cy/studio", data=draft(file=FILE.replace("title: Clean rivers\n", ""))))
    assert page.root.get("lang") == "cy"
    assert text(page.one("h2[@id='problems-heading']")) == "Camgymeriadau i’w cywiro: 1"
    problems = page.one("ul[@class='problems errors']")
    assert text(problems) == "Llinell 2: mae `title` ar goll".replace("`", "")


def test_the_draft_goes_along_into_the_other_language(client: FlaskClient) -> None:
    page = check(client)
    switch = page.one("nav/button[@form='studio'][@name='switched']")
    assert (switch.text, switch.get("formaction")) == ("Cymraeg", "/cy/studio")
    typed = {name: page.field(name) for name in ("file", "facts", "slug", "base")}
    other = Html.of(client.post("/cy/studio", data=typed | {"member": "speaker", "switched": "cy"}))
    assert other.field("file") == FILE
    assert other.field("facts") == FACTS
    assert other.field("slug") == "rivers"
    assert "Dear Sir Lindsay," in other.text  # the letter's language is the campaign's
    assert other.one("nav/button[@form='studio'][@name='switched']").get("formaction") == "/studio"


def test_whatever_language_the_studio_speaks_the_log_is_in_english(
    make_app: MakeApp, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "rivers.md").write_text("---\nsubject: A\n---\nText\n")
    client = make_app(campaigns_dir=tmp_path).test_client()
    client.get("/cy/studio")
    assert "rivers.md:2: error: `title` is missing" in caplog.text


MARK = "Quentin Marrowfat"
POSTED_BY_SUPPORTERS = (
    "name address_line_1 address_line_2 town postcode constituency mp_name mp_constituency keep earlier_subject "
    "earlier earlier_base other copy_to first_sent first_subject draft place subject body composed use member "
    "answer-why"
).split()


@pytest.mark.parametrize("view", ["page", "questions"])
@pytest.mark.parametrize("prefix", ["", "/cy"])
def test_nothing_posted_to_the_studio_reaches_a_previewed_page(client: FlaskClient, view: str, prefix: str) -> None:
    form = dict.fromkeys(POSTED_BY_SUPPORTERS, MARK) | {"slug": "rivers", "base": MARK, "file": FILE, "facts": FACTS}
    response = client.post(f"{prefix}/studio", data=form | {"view": view, "switched": "cy", "mistakes": "shown"})
    frames = [frame.get("srcdoc", "") for frame in Html.of(response).all("iframe")]
    assert frames
    for frame in frames:
        assert MARK not in frame
        assert "local_facts" not in frame
