"""The documentation keeps up with the code: links, settings and dependencies."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
APPS = ["balie", "sociale_kaart", "registratie", "doorverwijzing", "rapportage", "infopunt"]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH_IN_CODE = re.compile(r"`((?:\w[\w.-]*/)+[\w.-]+\.(?:py|md|html|css|sh))`")


def name(doc: Path) -> str:
    return str(doc.relative_to(ROOT))


@pytest.fixture(scope="module")
def screens() -> str:
    """The words of all templates, with and without markup, and of the code behind them."""
    templates = "\n".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    code = [path.read_text() for app in APPS for path in (ROOT / app).rglob("*.py")]
    return re.sub(r"\s+", " ", re.sub(r"{%.*?%}|<[^>]*>", "", templates)) + templates + "\n".join(code)


@pytest.mark.parametrize("doc", DOCS, ids=name)
def test_links_lead_somewhere(doc: Path) -> None:
    local = [link.partition("#")[0] for link in LINK.findall(doc.read_text()) if "://" not in link]

    assert [link for link in local if link and not (doc.parent / link).exists()] == []


@pytest.mark.parametrize("doc", DOCS, ids=name)
def test_files_that_are_named_exist(doc: Path) -> None:
    assert [path for path in PATH_IN_CODE.findall(doc.read_text()) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("doc", sorted((ROOT / "docs/handleiding").glob("*.md")), ids=name)
def test_handbook_uses_the_words_on_the_screen(doc: Path, screens: str) -> None:
    """What is bold names a button, a tile or a heading; a bold sentence is emphasis."""
    words = [
        word for word in re.findall(r"\*\*([^*]+)\*\*", doc.read_text()) if not word.endswith((".", ":"))
    ]
    words = [word for word in words if not word.startswith("…")]

    assert [word for word in words if word not in screens] == []


def test_every_setting_is_explained_and_no_other() -> None:
    read = re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "infopunt/settings.py").read_text())
    explained = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/instellingen.md").read_text(), re.MULTILINE)

    assert sorted(explained) == sorted(set(read))


def test_every_dependency_has_its_line_and_no_other() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    required = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    explained = re.findall(
        r"^\| `([\w-]+)` \|", (ROOT / "docs/afhankelijkheden.md").read_text(), re.MULTILINE
    )

    assert sorted(explained) == sorted(re.match(r"[\w-]+", line)[0] for line in required)  # type: ignore[index]
