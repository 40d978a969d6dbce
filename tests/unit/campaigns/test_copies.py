"""Copies of models with other values: what the original has cached is not theirs."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cached_property

import pytest
from pydantic import BaseModel

import app
from app.campaigns.file.reader import read_campaign


def models() -> Iterator[type[BaseModel]]:
    for module in pkgutil.walk_packages(app.__path__, "app."):
        importlib.import_module(module.name)
    waiting: list[type[BaseModel]] = [BaseModel]
    for model in waiting:
        waiting += model.__subclasses__()
        if model.__module__.startswith("app."):
            yield model


CACHED = sorted(
    {
        (model, name)
        for model in models()
        for name in dir(model)
        if isinstance(getattr(model, name, None), cached_property)
    },
    key=str,
)


@pytest.mark.parametrize(("model", "name"), CACHED, ids=lambda value: str(getattr(value, "__name__", value)))
@pytest.mark.parametrize("deep", [False, True])
def test_a_changed_copy_does_not_answer_with_what_the_original_cached(
    model: type[BaseModel], name: str, deep: bool
) -> None:
    original = model.model_construct()
    original.__dict__[name] = "old"
    field = next(iter(model.model_fields))
    changed = original.model_copy(update={field: "new"}, deep=deep)
    assert name not in changed.__dict__
    assert getattr(changed, field) == "new"
    assert original.__dict__[name] == "old"


def test_a_copy_with_another_letter_has_its_placeholders() -> None:
    campaign = read_campaign("rivers", "---\ntitle: A\nsubject: S\n---\n{{ member.name }}").campaign
    assert campaign.placeholders == {"member.name"}
    assert not campaign.needs_post
    changed = campaign.model_copy(update={"body": "{{ member.government_post }}"})
    assert changed.placeholders == {"member.government_post"}
    assert changed.needs_post
    assert campaign.placeholders == {"member.name"}


def test_there_are_such_properties() -> None:
    assert {name for _model, name in CACHED} >= {"placeholders", "needs_post"}
