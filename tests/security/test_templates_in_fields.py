"""What looks like code to a template, a format or a shell is text: shown as it was typed, and never run."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.campaigns.linter.check_context import CheckContext
from app.campaigns.linter.linter import check
from app.campaigns.problems import Severity
from tests.conftest import MakeApp
from tests.security.typed import FILE, file_with, in_all_fields, in_each_field, values
from tests.web.html import Html

RESULT = str(2921167 * 3)
CODE = (
    "{{ 2921167 * 3 }}",
    "{{ 2921167 | times: 3 }}",
    "{% assign x = 2921167 | times: 3 %}{{ x }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ config }}{{ self }}{{ request.environ }}",
    "${2921167*3}#{2921167*3}{2921167*3}",
    "<%= 2921167*3 %>",
    "{0}{name}{self.__class__}{!r}{:>9999999}",
    "%s%n%d%(name)s%%",
    "$(expr 2921167 \\* 3)`id`",
)
LEAKED = (RESULT, "<Config", "&lt;Config", "&lt;class", "wsgi.", "uid=")


@pytest.mark.parametrize("text", CODE)
def test_code_in_a_field_is_text(client: FlaskClient, text: str) -> None:
    for where, response in in_all_fields(client, text):
        assert response.status_code in (200, 422), where
        assert text in values(Html.of(response)), where
        assert not [leaked for leaked in LEAKED if leaked in response.text], where


def test_code_in_one_field_alone_is_text(client: FlaskClient) -> None:
    for where, response in in_each_field(client, "{{ 2921167 * 3 }}${2921167*3}{0}%s"):
        assert response.status_code < 500, where
        assert not [leaked for leaked in LEAKED if leaked in response.text], where


def test_code_in_a_file_of_the_letter_is_text(client: FlaskClient) -> None:
    typed = {"subject": "{{ 2921167 * 3 }}", "body": "Dear {0},\n\n${2921167*3} %s {{ config }}"}
    for kind in ("txt", "eml", "ics"):
        data = {
            "name": "x",
            "address_line_1": "x",
            "town": "x",
            "postcode": "SW1A 1AA",
            "answer-connection": "x",
        } | typed
        response = client.post(f"/c/uyghurs/letter.{kind}", data=data)
        assert response.status_code == 200
        assert RESULT.encode() not in response.data
        assert b"Config" not in response.data


@pytest.mark.parametrize("text", CODE)
def test_code_in_a_campaign_file_is_text(make_app: MakeApp, tmp_path: Path, text: str) -> None:
    (tmp_path / "rivers.md").write_text(file_with(text))
    visitor = make_app(campaigns_dir=tmp_path).test_client()
    for path in ("/", "/c/rivers", "/c/rivers/share", "/c/rivers/embed"):
        page = visitor.get(path, follow_redirects=True)
        assert page.status_code == 200
        assert not [leaked for leaked in LEAKED if leaked in page.text]


@pytest.mark.parametrize(
    "body",
    [
        "{{ config }}",
        "{{ member.__class__ }}",
        "{{ ''.__class__ }}",
        "{{ member.name | attr: '__class__' }}",
        "{{ self._TemplateReference__context }}",
        "{% include '/etc/passwd' %}",
        "{% render 'uyghurs' %}",
        "{% for x in (1..3) %}{{ x }}{% endfor %}",
        "{% raw %}{{ x }}{% endraw %}",
        "{{ request }}",
    ],
)
def test_liquid_reaches_nothing_but_its_placeholders(body: str) -> None:
    campaign, problems = check("rivers", FILE["file"].replace("Will you help?", body), CheckContext())
    assert campaign is None
    assert problems[0].severity is Severity.ERROR
