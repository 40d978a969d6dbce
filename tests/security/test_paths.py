"""Names lead to no file but those that are meant: in addresses, in the Studio, in campaign files."""

import shutil
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from flask.testing import FlaskClient

from app.campaigns.file.campaign_files import Files, table_of
from app.campaigns.linter.check_context import CheckContext, reader_of
from app.campaigns.linter.linter import check
from app.campaigns.publishing import NothingSuch, Publisher
from config import ROOT
from tests.conftest import MakeApp
from tests.publisher import HASH, PASSWORD
from tests.security.typed import FILE
from tests.web.html import Html

SECRET = "not-to-be-shown"
AWAY = (
    *("../secret", "../secret.md", "..%2fsecret", "%2e%2e%2fsecret", "..%252fsecret", "..\\secret", "..%5csecret"),
    *("....//secret", "./../secret", "x/../../secret", "%00", "../secret%00", "{root}/secret", "/{root}/secret"),
    *("file:{root}/secret.md", "~", ".", "..", "secret\n", "\u2025/secret", "..;/secret", "%c0%ae%c0%ae/secret"),
    *(".versions", ".env"),
)
"""Names that lead elsewhere, if they are taken for paths."""
PLACES = (
    *("/{}", "/cy/{}", "/c/{}", "/c/{}/logo", "/c/{}/share", "/static/{}", "/static/{}.css", "/colours/{}.css"),
    *("/portrait/3985/{}", "/studio/versions/{}"),
)
"""Where an address has a name."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of campaigns, with secrets beside it."""
    for name in ("secret", "secret.md", "secret.csv", "secret.png", "style.css"):
        (tmp_path / name).write_text(f"---\ntitle: {SECRET}\nsubject: x\n---\n{SECRET}\n")
    return Path(shutil.copytree(ROOT / "letter_templates", tmp_path / "campaigns"))


@pytest.fixture
def publisher(make_app: MakeApp, folder: Path) -> FlaskClient:
    """Somebody who has logged in."""
    client = make_app(campaigns_dir=folder, studio_password=HASH).test_client()
    token = Html.of(client.get("/studio/log-in")).field("csrf_token")
    sent = {"csrf_token": token, "password": PASSWORD}
    assert client.post("/studio/log-in", data=sent).status_code == 303
    return client


def tree(folder: Path) -> dict[Path, bytes]:
    """Every file in and beside the folder of campaigns, but for the one that publishers wait at."""
    return {path: path.read_bytes() for path in folder.parent.rglob("*") if path.is_file() and path.name != ".lock"}


def test_an_address_leads_to_no_file(publisher: FlaskClient, folder: Path, subtests: pytest.Subtests) -> None:
    for away in AWAY:
        with subtests.test(away):
            before, name = tree(folder), away.format(root=folder.parent)
            for place in PLACES:
                path = place.format(name)
                for decoded in (path, unquote(path)):
                    response = publisher.get("/", environ_overrides={"PATH_INFO": decoded.encode().decode("latin-1")})
                    assert response.status_code in (200, 308, 404)
                    assert SECRET not in response.text
                    assert "root:" not in response.text
            assert tree(folder) == before


def test_the_studio_reads_and_writes_no_file_elsewhere(
    publisher: FlaskClient, folder: Path, subtests: pytest.Subtests
) -> None:
    for away in AWAY:
        with subtests.test(away):
            before, name = tree(folder), away.format(root=folder.parent)
            answers = [publisher.get("/studio", query_string={"start": name})]
            fields = ("slug", "base", "member", "view", "version")
            for sent in (dict.fromkeys(fields, name), *({field: name} for field in fields)):
                answers += [publisher.post("/studio/file", data=FILE | {"slug": "uyghurs"} | sent)]
            for page in ("/studio", "/studio/publish", "/studio/versions/uyghurs"):
                for field in ("slug", "version"):
                    answers += [publisher.post(page, data=FILE | {"slug": "uyghurs"} | {field: name})]
            for answer in answers:
                assert answer.status_code < 500
                assert SECRET not in answer.text
            assert tree(folder) == before


def test_a_campaign_file_names_no_file_elsewhere(
    publisher: FlaskClient, folder: Path, subtests: pytest.Subtests
) -> None:
    for away in AWAY:
        with subtests.test(away):
            name = away.format(root=folder.parent)
            quoted = '"' + name.replace("\\", "\\\\").replace("\n", "\\n") + '"'
            for field in ("logo", "local_facts"):
                for end in ("", ".png", ".csv"):
                    file = FILE["file"].replace("title:", f'{field}: {quoted[:-1]}{end}"\ntitle:')
                    campaign, problems = check("rivers", file, CheckContext(reader_of(folder)))
                    assert campaign is None
                    assert problems
                    assert SECRET not in publisher.post("/studio", data=FILE | {"file": file}).text
            assert table_of(FILE["file"].replace("title:", f"local_facts: {quoted}\ntitle:")) == ""


@pytest.mark.parametrize("name", AWAY)
def test_the_publisher_knows_names_only(folder: Path, name: str) -> None:
    before, name, publisher = tree(folder), unquote(name.format(root=folder.parent)), Publisher(folder)
    for attempt in (
        lambda: publisher.current(name),
        lambda: publisher.versions(name),
        lambda: publisher.version(name, "x"),
        lambda: publisher.version("uyghurs", name),
        lambda: publisher.publish(name, Files("x"), ""),
    ):
        with pytest.raises(NothingSuch):
            attempt()
    assert tree(folder) == before


def test_a_logo_that_is_a_link_is_not_followed(make_app: MakeApp, folder: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests/campaigns/bees.png", tmp_path / "secret.png")
    (folder / "bees.png").symlink_to(tmp_path / "secret.png")
    (folder / "rivers.md").write_text(FILE["file"].replace("title:", "logo: bees.png\ntitle:"))
    assert make_app(campaigns_dir=folder).test_client().get("/c/rivers/logo").status_code == 404


def test_only_style_sheets_of_colours_are_made(client: FlaskClient) -> None:
    for colour in ("0d525", "0d5257a", "0D5257", "red", "0d525g", "}*{x", "0d5257\n", "٠٠٠٠٠٠"):
        assert client.get(f"/colours/{quote(colour)}.css").status_code == 404
    assert client.get("/colours/0d5257.css").status_code == 200
