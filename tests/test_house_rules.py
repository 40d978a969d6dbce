"""That a page which breaks a rule is found, rule by rule; and that the apps of the tests are held to them."""

import pytest

from tests import house_rules
from tests.conftest import MakeApp
from tests.house_rules import RULES, breaches

PAGE = """<!doctype html>
<html lang="en-GB"><head><title>Error: Write to your MP – Dear MP</title>
<link rel="stylesheet" href="/static/style.css">
</head><body><main>
<div role="alert" aria-labelledby="wrong"><h2 id="wrong">There is a problem</h2><a href="#name">Give a name</a></div>
<h1>Write to
  your MP</h1>
<form method="post" action="/write"><label for="name">Name</label><input id="name"><input type="hidden" name="member">
<label>Town <input name="town"></label><textarea aria-label="Letter"></textarea>
<select aria-labelledby="wrong"></select>
<button>Go</button><button formaction="/letter#sheet"><img src="/go.png" alt="Letter"></button>
<input type="submit" value="OK">
</form>
<h2>More</h2><h3>Still more</h3><a href="https://example.org">Elsewhere</a> <a href="/letter">Letter</a>
<a href="/cy/nowhere" hreflang="cy">Cymraeg</a>
<img src="data:image/png;base64,AA==" alt="">
</main></body></html>"""
INNER = PAGE.replace("&", "&amp;").replace('"', "&quot;")


def broken(page: str) -> list[str]:
    """The names of the rules that a page breaks."""
    found = breaches(
        page, lambda path, method: (path, method) in {("/write", "POST"), ("/letter", "POST"), ("/letter", "GET")}
    )
    return [breach.split(":")[0] for breach in found]


def test_a_good_page_breaks_no_rule() -> None:
    assert broken(PAGE) == []
    assert broken(PAGE.replace("<h2>More", f'<iframe srcdoc="{INNER}"></iframe><h2>More')) == []


BROKEN = [
    ("one_h1_in_one_main", "<h2>More</h2>", "<h1>More</h1><h2>Yet more</h2>"),
    ("one_h1_in_one_main", "<main>", ""),
    ("title_starts_with_the_h1", "<title>Error: Write", "<title>Please write"),
    ("title_starts_with_the_h1", ' role="alert"', ""),
    ("language_is_named", ' lang="en-GB"', ""),
    ("sentences_are_parted", "<h3>", "<p>This is one.And this another.</p><h3>"),
    ("headings_skip_no_level", "<h2>More</h2>", ""),
    ("ids_are_unique", "<h3>", '<h3 id="name">'),
    ("ids_are_unique", "<h3>", '<h3 id="">'),
    ("what_is_referred_to_is_there", 'href="#name"', 'href="#nome"'),
    ("what_is_referred_to_is_there", "<h3>", '<h3 aria-describedby="wrong hint">'),
    ("what_is_referred_to_is_there", "<h3>", '<label for="nobody">x</label><h3>'),
    ("fields_have_labels", ' for="name"', ""),
    ("fields_have_labels", '<label for="name">Name', '<label for="name">'),
    ("fields_have_labels", "<label>Town", "<label>"),
    ("fields_have_labels", ' aria-label="Letter"', ""),
    ("fields_have_labels", '<select aria-labelledby="wrong">', "<select>"),
    ("buttons_have_names", "<button>Go", "<button>"),
    ("buttons_have_names", ' alt="Letter"', ' alt=""'),
    ("buttons_have_names", ' value="OK"', ""),
    ("pictures_have_alt", ' alt=""', ""),
    ("nothing_is_inline", "<h3>", "<script>x</script><h3>"),
    ("nothing_is_inline", "<h3>", "<style>x</style><h3>"),
    ("nothing_is_inline", "<h3>", '<h3 style="color: red">'),
    ("nothing_is_inline", "<h3>", '<h3 onclick="x">'),
    ("nothing_is_inline", "https://example.org", " JavaScript:x"),
    ("forms_are_not_nested", "<button>Go", '<form method="post" action="/write"></form><button>Go'),
    ("nothing_is_loaded_from_elsewhere", "/static/style.css", "https://example.org/style.css"),
    ("nothing_is_loaded_from_elsewhere", "/go.png", "//example.org/go.png"),
    ("nothing_is_loaded_from_elsewhere", "<h3>", '<script src="http://example.org/x.js"></script><h3>'),
    ("nothing_is_loaded_from_elsewhere", 'alt="">', 'alt="" srcset="/a.png 1x, https://example.org/b.png 2x">'),
    ("leads_nowhere", 'action="/write"', 'action="/nowhere"'),
    ("leads_nowhere", 'action="/write"', 'action="https://example.org/write"'),
    ("leads_nowhere", 'method="post"', ""),
    ("leads_nowhere", 'formaction="/letter', 'formaction="/lettre'),
    ("leads_nowhere", 'href="/letter"', 'href="/write"'),
    ("leads_nowhere", ' hreflang="cy"', ""),
]


@pytest.mark.parametrize(("name", "old", "new"), BROKEN)
def test_a_page_that_breaks_a_rule_is_found(name: str, old: str, new: str) -> None:
    assert old in PAGE
    bad = PAGE.replace(old, new, 1)
    assert set(broken(bad)) == {name}
    within = bad.replace("&", "&amp;").replace('"', "&quot;")
    assert name in broken(PAGE.replace("<h2>More", f'<iframe srcdoc="{within}"></iframe><h2>More'))


def test_every_rule_is_tried() -> None:
    assert {name for name, _, _ in BROKEN} == {check.__name__ for check in RULES} | {house_rules.leads_nowhere.__name__}


def test_an_app_does_not_answer_with_a_page_that_breaks_a_rule(make_app: MakeApp) -> None:
    app = make_app()
    app.add_url_rule("/bad", view_func=lambda: PAGE.replace(' lang="en-GB"', ""))
    with pytest.raises(AssertionError, match=r"GET http://localhost/bad breaks house rules: language_is_named: html"):
        app.test_client().get("/bad")
