"""Errors of templates: which kind each one is."""

import pytest

from app.campaigns.template.liquid import GrowsTooLong, TemplateError, render


@pytest.mark.parametrize("source", ["{{ word }}", "{% assign other = word %}"])
def test_a_template_that_reaches_a_limit_grows_too_long(source: str) -> None:
    with pytest.raises(GrowsTooLong):
        render(source, {"word": "x" * 60_001})


@pytest.mark.parametrize("source", ["{{ unknown }}", "{% if %}", "{{ word | nofilter }}"])
def test_other_errors_are_of_the_general_kind(source: str) -> None:
    with pytest.raises(TemplateError) as caught:
        render(source, {"word": "x"})
    assert type(caught.value) is TemplateError


def test_what_python_cannot_compare_is_an_error_of_the_template() -> None:
    with pytest.raises(TemplateError, match="cannot be compared"):
        render("{% if a_dict contains a_list %}x{% endif %}", {"a_dict": {}, "a_list": []})
