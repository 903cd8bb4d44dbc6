"""The documentation keeps up with the code: links, settings and dependencies."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH_IN_CODE = re.compile(r"`((?:\w[\w.-]*/)+[\w.-]+\.(?:py|md|html|css|sh))`")


def name(doc: Path) -> str:
    return str(doc.relative_to(ROOT))


@pytest.mark.parametrize("doc", DOCS, ids=name)
def test_links_lead_somewhere(doc: Path) -> None:
    local = [link.partition("#")[0] for link in LINK.findall(doc.read_text()) if "://" not in link]

    assert [link for link in local if link and not (doc.parent / link).exists()] == []


@pytest.mark.parametrize("doc", DOCS, ids=name)
def test_files_that_are_named_exist(doc: Path) -> None:
    assert [path for path in PATH_IN_CODE.findall(doc.read_text()) if not (ROOT / path).exists()] == []


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
