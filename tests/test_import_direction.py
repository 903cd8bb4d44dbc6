"""Imports point one way: rapportage -> doorverwijzing, registratie -> sociale_kaart -> balie -> infopunt."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "infopunt": set(),
    "balie": {"infopunt"},
    "sociale_kaart": {"balie", "infopunt"},
    "registratie": {"sociale_kaart", "balie", "infopunt"},
    "doorverwijzing": {"sociale_kaart", "balie", "infopunt"},
    "rapportage": {"doorverwijzing", "registratie", "sociale_kaart", "balie", "infopunt"},
}


def imported_apps(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module]
        yield from (name.split(".")[0] for name in names)


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_app_imports_only_what_it_stands_on(app):
    files = list((ROOT / app).rglob("*.py"))
    assert files
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files
        for name in imported_apps(path.read_text())
        if name in MAY_IMPORT and name != app and name not in MAY_IMPORT[app]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "apps"),
    [
        ("import balie.models", ["balie"]),
        ("from rapportage.cijfers import x", ["rapportage"]),
        ("def f():\n    from registratie import models", ["registratie"]),
        ("from . import models", []),
    ],
)
def test_the_reader_sees_every_kind_of_import(source, apps):
    assert list(imported_apps(source)) == apps


def test_only_the_vault_touches_contact_details():
    """The model is named by its own module, its migrations, its retention rule and the vault."""
    allowed = {
        "doorverwijzing/models/__init__.py",
        "doorverwijzing/models/toegang.py",
        "doorverwijzing/bewaren.py",
        "doorverwijzing/kluis.py",
    }
    named = {
        str(path.relative_to(ROOT))
        for app in MAY_IMPORT
        for path in (ROOT / app).rglob("*.py")
        if "Contactgegevens" in path.read_text() and "migrations" not in path.parts
    }
    assert named == allowed
