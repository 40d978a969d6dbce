"""The structure that the import contract cannot say: who may look at the request, and how a request ends."""

import ast
from pathlib import Path

from config import ROOT

MODULES = sorted((ROOT / "app").rglob("*.py"))
HTTP = ROOT / "app" / "web" / "http"


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def is_view_module(module: ast.Module) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "Blueprint" for node in ast.walk(module))


def names_of(module: ast.Module, library: str) -> set[str]:
    """Return the names that a module imports from a library."""
    found = (node for node in ast.walk(module) if isinstance(node, ast.ImportFrom) and node.module == library)
    return {alias.name for node in found for alias in node.names}


def test_only_views_and_the_http_room_know_the_request() -> None:
    knowing = {path for path in MODULES if "request" in names_of(tree(path), "flask")}
    assert {path for path in knowing if HTTP not in path.parents and not is_view_module(tree(path))} == set()
    assert len(knowing) > 5


def test_a_page_is_returned_and_only_errors_are_raised() -> None:
    """``abort`` takes the number of a plain HTTP error: a signature says if a function may return a page."""
    calls = [
        node
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "abort"
    ]
    assert calls
    assert all(isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, int) for call in calls)


def test_no_two_classes_have_one_name() -> None:
    names = [
        node.name
        for path in MODULES
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert sorted(names) == sorted(set(names))
