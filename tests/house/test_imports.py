"""Nothing is imported behind the contracts' back: what lint-imports reads is all that there is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
# From the ground up; a floor may know itself and those before it.
FLOORS = ("agencies", "plans", "outreach", "reporting", "demo", "cchc")
SOURCES = sorted(
    path
    for floor in FLOORS
    for path in (ROOT / floor).rglob("*.py")
    if "migrations" not in path.parts
)
# Ways to code or models that no import statement shows.
HIDDEN_MODULES = {"builtins", "importlib", "pkgutil", "runpy", "zipimport"}
HIDDEN_NAMES = {"__builtins__", "__import__", "eval", "exec", "globals"}
HIDDEN_ATTRIBUTES = {
    "all_models",
    "get_app_config",
    "get_app_configs",
    "get_model",
    "get_models",
    "import_module",
    "import_string",
    "modules",
    "resolve_name",
}
# Reverse relations that share their name with something of a lower floor.
HOMONYMS = {"periods"}


def is_typing(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def imports(node: ast.AST) -> list[ast.Import | ast.ImportFrom]:
    return [each for each in ast.walk(node) if isinstance(each, ast.Import | ast.ImportFrom)]


def tops(node: ast.Import | ast.ImportFrom) -> set[str]:
    """The packages that it names; what is relative stays in its own."""
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    return {(node.module or "").split(".")[0]} if not node.level else set()


def hidden(tree: ast.Module) -> Iterator[str]:
    """Names that fetch code or models by a string."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) if name in HIDDEN_NAMES:
                yield name
            case ast.Attribute(attr=name) if name in HIDDEN_ATTRIBUTES | HIDDEN_NAMES:
                yield name
            case ast.Import() | ast.ImportFrom():
                yield from tops(node) & HIDDEN_MODULES
                yield from {alias.name for alias in node.names} & HIDDEN_ATTRIBUTES


def misplaced(tree: ast.Module) -> Iterator[str]:
    """Imports that stand neither at the top nor under ``if TYPE_CHECKING:``."""
    open_ = {id(node) for node in tree.body}
    for block in filter(is_typing, tree.body):
        open_ |= {id(node) for node in block.body}  # type: ignore[attr-defined]
    yield from (ast.unparse(node) for node in imports(tree) if id(node) not in open_)


def untrue_typing(tree: ast.Module, floor: str) -> Iterator[str]:
    """Blocks that the contracts leave out, though they run or look up."""
    higher = set(FLOORS[FLOORS.index(floor) + 1 :]) - {"cchc"}
    for node in ast.walk(tree):
        match node:
            case ast.Name(id="TYPE_CHECKING", ctx=ast.Store()):
                yield "TYPE_CHECKING is set"
            case ast.If() if is_typing(node):
                if not isinstance(node.test, ast.Name) or node.orelse:
                    yield ast.unparse(node.test)
                yield from (top for each in imports(node) for top in tops(each) & higher)


def foreign(tree: ast.Module) -> Iterator[str]:
    """Packages of the repository that are no floor: the contracts do not look into them."""
    for node in imports(tree):
        for top in tops(node) - set(FLOORS):
            if (ROOT / top).exists() or (ROOT / f"{top}.py").exists():
                yield top


def upward(tree: ast.Module, floor: str) -> Iterator[str]:
    """Reverse relations that only a higher floor has made, such as ``agency.placements``."""
    above = FLOORS[FLOORS.index(floor) + 1 :]
    names = {
        relation.get_accessor_name()
        for model in apps.get_models()
        if model.__module__.split(".")[0] in FLOORS
        for relation in model._meta.related_objects
        if relation.related_model.__module__.split(".")[0] in above
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in names - HOMONYMS:
            yield ast.unparse(node)


def faults(source: str, floor: str) -> list[str]:
    tree = ast.parse(source)
    return [
        *hidden(tree),
        *misplaced(tree),
        *untrue_typing(tree, floor),
        *foreign(tree),
        *(upward(tree, floor) if floor in FLOORS[:3] else ()),
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_imported_behind_the_contracts(path: Path) -> None:
    assert faults(path.read_text(), path.relative_to(ROOT).parts[0]) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (
            "def f():\n    from outreach.models import Placement",
            "from outreach.models import Placement",
        ),
        ("from importlib import import_module as x", "importlib"),
        ("x = __import__", "__import__"),
        ("import sys\nx = sys.modules['outreach']", "modules"),
        ("import pkgutil", "pkgutil"),
        ("g = apps.get_model", "get_model"),
        ("x = apps.all_models['outreach']['placement']", "all_models"),
        ("x = apps.get_app_config('outreach')", "get_app_config"),
        ("if TYPE_CHECKING:\n    from outreach.models import Placement", "outreach"),
        ("TYPE_CHECKING = True", "TYPE_CHECKING is set"),
        ("if not TYPE_CHECKING:\n    import json", "not TYPE_CHECKING"),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    import json", "TYPE_CHECKING"),
        ("from tests.factories import make_user", "tests"),
        ("def f(agency):\n    return agency.placements", "agency.placements"),
    ],
)
def test_a_trick_is_noticed(source: str, found: str) -> None:
    assert found in faults(source, "agencies")
