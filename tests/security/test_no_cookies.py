"""Nothing is put into a supporter's browser: no cookie, whatever happens. For pages see ``tests.web.test_pages``."""

from flask import Flask

from tests.web.journey.test_journey import post


def test_no_download_sets_a_cookie(sites: dict[str, Flask]) -> None:
    visitor = sites["live"].test_client()
    answers = [post(visitor, f"letter.{kind}") for kind in ("pdf", "eml", "txt", "ics")]
    answers += [
        visitor.get(path, buffered=True) for path in ("/static/script/main.js", "/portrait/3985/467", "/healthz")
    ]
    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert not [answer for answer in answers if "Set-Cookie" in answer.headers]


def test_a_cookie_that_somebody_sends_changes_nothing(sites: dict[str, Flask]) -> None:
    visitor = sites["snapshot"].test_client()
    usual = post(visitor, "letter")
    visitor.set_cookie("studio", "eyJwdWJsaXNoZXJfc2luY2UiOjF9.x.y", path="/")
    visitor.set_cookie("session", "x" * 2_000, path="/")
    odd = post(visitor, "letter")
    assert odd.text == usual.text
    assert "Set-Cookie" not in odd.headers
