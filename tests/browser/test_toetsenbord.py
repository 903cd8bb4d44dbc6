"""The journeys with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from doorverwijzing.models import Doorverwijzing

MANY = 60


def tab_to(page: Page, script: str) -> None:
    """Press Tab until the focused element satisfies `script`; the focus must be visible all along the way."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const e = document.activeElement; return Boolean({script}); }})()"):
            ring = page.evaluate(
                "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
                " const n = e.nextElementSibling ? getComputedStyle(e.nextElementSibling) : s;"
                " return [s.outlineStyle, s.boxShadow, n.outlineStyle, n.boxShadow].join(' '); })()"
            )
            assert ring != "none none none none", f"focus is invisible on {script}"
            return
    pytest.fail(f"Tab never came to {script}")


def named(name: str) -> str:
    return f"e.name === '{name}'"


def says(words: str) -> str:
    return f"e.textContent.trim().startsWith('{words}')"


def test_search_and_refer(people, log_in_by_hand, wereld):
    page = people()
    log_in_by_hand(page, "vrijwilliger")
    # The search field has the focus already.
    page.keyboard.type("rekeningen")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/kaart/\?.*q=rekeningen"))
    tab_to(page, says("Verwijs warm"))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/doorverwijzingen/nieuw/"))
    tab_to(page, named("toestemming"))
    page.keyboard.press("Space")
    tab_to(page, named("naam"))
    page.keyboard.type("Anna de Vries")
    tab_to(page, named("telefoon"))
    page.keyboard.type("0529-55 55 91")
    tab_to(page, named("vraag"))
    page.keyboard.type("Mevrouw durft de post niet open te maken.")
    tab_to(page, says("Verwijs warm"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nog niet verzonden")).to_be_visible()
    assert Doorverwijzing.objects.get().toestemming.wijze == "zelf_gelezen"


def test_an_error_takes_the_focus(people, log_in, wereld):
    page = people()
    log_in(page, "vrijwilliger")
    page.goto("/vragen/nieuw/")
    tab_to(page, says("Vraag opslaan"))
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    expect(page.get_by_role("alert")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "onderwerp"
