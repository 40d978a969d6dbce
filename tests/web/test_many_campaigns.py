"""A thousand campaigns: whoever comes for one has only that one's files looked at, whatever lies beside them.

Work is counted, not timed: each look at a file or a folder that a page takes.
"""

import io
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import WRITER, MakeApp

OPEN = "---\ntitle: {title}\nsubject: {title}\n---\nWill you help with {title}?\n"
ENDED = OPEN.replace("subject:", "closes: 2020-01-01\nsubject:", 1)
WELSH = OPEN.replace("Will you help with", "A wnewch chi helpu gyda", 1)
PAGES = {
    "the campaign's page": ("GET", "/c/rivers"),
    "the same in Welsh": ("GET", "/cy/c/rivers"),
    "the writer's form": ("POST", "/c/rivers/write"),
    "the letter": ("POST", "/c/rivers/letter"),
    "the letter as a file": ("POST", "/c/rivers/letter.txt"),
    "a frame on another site": ("GET", "/c/rivers/embed"),
    "a campaign that ended": ("GET", "/c/ended"),
    "a campaign that there is not": ("GET", "/c/nowhere"),
    "no name of any campaign": ("GET", f"/c/{'%F0%9F%90%9F' * 400}%00..%2F.rivers"),
}


def folder_of(count: int, folder: Path) -> Path:
    """A folder with ``count`` campaigns beside those that are asked for."""
    folder.mkdir()
    (folder / "rivers.md").write_text(OPEN.format(title="Rivers"))
    (folder / "rivers.cy.md").write_text(WELSH.format(title="Afonydd"))
    (folder / "ended.md").write_text(ENDED.format(title="Ended"))
    for number in range(count):
        (folder / f"another-{number}.md").write_text(OPEN.format(title=f"Another {number}"))
    return folder


class Looks(Counter[str]):
    """How often a folder and what is in it was looked at, by the way of looking."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self._folder = str(folder)
        for module, name in ((os, "stat"), (os, "lstat"), (os, "listdir"), (os, "scandir"), (io, "open")):
            patch.setattr(module, name, self._counted(name, getattr(module, name)))

    def _counted(self, name: str, look: Callable[..., Any]) -> Callable[..., Any]:
        def counted(path: Any, *args: Any, **kwargs: Any) -> Any:
            if str(path).startswith(self._folder):
                self[name] += 1
            return look(path, *args, **kwargs)

        return counted


@pytest.fixture
def looks_at(make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int, str, str], Looks]:
    """Counts the looks that a page takes, once it has been visited, on a site of so many campaigns."""

    def visit(client: FlaskClient, method: str, path: str) -> None:
        client.open(path, method=method, data=WRITER if method == "POST" else None)

    def looks(count: int, method: str, path: str) -> Looks:
        folder = folder_of(count, tmp_path / str(count))
        client = make_app(campaigns_dir=str(folder)).test_client()
        visit(client, method, path)
        with monkeypatch.context() as patch:
            counted = Looks(folder, patch)
            visit(client, method, path)
        return counted

    return looks


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_no_more_beside_many_campaigns(page: str, looks_at: Callable[[int, str, str], Looks]) -> None:
    beside_one, beside_many = looks_at(1, *PAGES[page]), looks_at(300, *PAGES[page])
    assert beside_one == beside_many
    assert beside_many["open"] == 0, "nothing is read that has not changed"
    assert beside_many.total() < 30


def test_the_list_of_campaigns_looks_once_at_the_folder(looks_at: Callable[[int, str, str], Looks]) -> None:
    beside_one, beside_many = looks_at(1, "GET", "/"), looks_at(300, "GET", "/")
    assert beside_one == beside_many == {"scandir": 1}
