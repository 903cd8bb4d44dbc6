"""A real browser against a real server, a worker that really works, and a mailbox."""

import os
import re
import threading
from collections.abc import Callable, Iterator
from datetime import time
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from procrastinate.contrib.django import app

from balie.models import Medewerker
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod
from tests import factories
from tests.conftest import CHROMIUM

# Playwright's event loop runs in the main thread, where fixtures use the database too.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

WIDTHS = [1280, 768, 390]
PASSWORD = "infopunt-demo"


@pytest.hookimpl(tryfirst=True)  # before tests/conftest.py reads the markers
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


def look_with_axe(page: Page, *, contrast: bool = True) -> AxeResults:
    """What axe objects to on the page as it stands. Its script stays loaded until the page goes.

    Looking at contrast takes as long as all the rest three times over. Stylesheets are not fetched again (`preload`):
    only a rule about turning a phone reads them.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    rules = "{}" if contrast else "{'color-contrast': {enabled: false}}"
    options = f"{{resultTypes: ['violations'], preload: false, rules: {rules}}}"
    return AxeResults(
        page.evaluate(f"axe.run({options}).then(results => ({{violations: results.violations}}))")
    )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {
        **browser_context_args,
        "locale": "nl-NL",
        "timezone_id": "Europe/Amsterdam",
    }


BROKEN_OFF = ("htmx:afterRequest", "htmx:sendAbort")


@pytest.fixture
def complaints() -> list[str]:
    """What the browser had to say: script errors, blocked styles, missing files."""
    return []


@pytest.fixture
def people(
    live_server: Any, new_context: Callable[..., BrowserContext], complaints: list[str]
) -> Iterator[Callable[..., Page]]:
    """`people("joke")` is a page of somebody's own browser; every complaint of it fails the test."""

    def on_console(message: ConsoleMessage) -> None:
        # A page that answers 404 or 422 on purpose is reported as a failed resource too, and so is a request that
        # htmx breaks off because the visitor went on.
        fine = "status of 4" in message.text or message.text.startswith(BROKEN_OFF)
        if message.type in {"error", "warning"} and not fine:
            complaints.append(message.text)

    def somebody(width: int = 1280, **options: Any) -> Page:
        page = new_context(base_url=live_server.url, **options).new_page()
        page.set_viewport_size({"width": width, "height": 800})
        page.on("console", on_console)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.set_default_timeout(10_000)
        return page

    yield somebody
    assert complaints == []


@pytest.fixture
def log_in(live_server: Any) -> Callable[[Page, str], None]:
    """`log_in(page, "joke")` gives this browser a session of hers. The page stays where it is."""

    def log_in(page: Page, username: str) -> None:
        client = Client()
        client.force_login(Medewerker.objects.get(username=username))
        sessie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": sessie,
                    "url": live_server.url,
                    "httpOnly": True,
                }
            ]
        )

    return log_in


@pytest.fixture
def log_in_by_hand() -> Callable[[Page, str], None]:
    """Through the form, which leads to the start page."""

    def log_in_by_hand(page: Page, username: str) -> None:
        page.goto("/")
        page.get_by_label("Gebruikersnaam").fill(username)
        page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Inloggen").click()
        page.wait_for_url(re.compile(r"/(doorverwijzingen/)?$"))

    return log_in_by_hand


@pytest.fixture
def mailbox(settings: Any, tmp_path: Path, live_server: Any) -> Callable[[], list[Any]]:
    """Mail goes to files; links in it lead to this server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    settings.ADRES = live_server.url

    def read() -> list[Any]:
        files = sorted(tmp_path.glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]

    return read


@pytest.fixture
def work() -> Callable[[], None]:
    """Let the worker do all that is queued, as its own process would: its own loop, its own connections."""

    def run() -> None:
        with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
            worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    def in_thread() -> None:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join(timeout=30)
        assert not thread.is_alive()

    return in_thread


@pytest.fixture
def wereld(transactional_db: None) -> dict[str, Any]:
    """One desk, one offer about money with somebody to ask for, and four people."""
    kern = factories.KernFactory(naam="Nieuwleusen")
    infopunt = factories.InfopuntFactory(naam="Nieuwleusen", kern=kern)
    geld = factories.OnderwerpFactory(naam="Geld en schulden", icoon="coins")
    factories.OnderwerpFactory(naam="Wonen en huren", icoon="house")
    aanbod = factories.AanbodFactory(
        naam="Hulp bij schulden",
        organisatie__naam="SchuldHulpMaatje",
        omschrijving="Een vrijwilliger loopt mee als u de rekeningen niet meer kunt betalen.",
        bereik="regio",
        onderwerpen=[geld],
    )
    contact = factories.AanbodContactFactory(
        aanbod=aanbod, contactpersoon__naam="Cees Hagedoorn", contactpersoon__email="cees@partner.example"
    )
    factories.OpeningstijdFactory(aanbod=aanbod, weekdagen=list(range(7)), van=time(0), tot=time(0))
    index_aanbod(Aanbod.objects.all())
    people = {
        rol: factories.MedewerkerFactory(
            username=rol, first_name=rol.title(), rol=rol, infopunten=[] if rol == "partner" else [infopunt]
        )
        for rol in ("vrijwilliger", "beroepskracht", "coordinator", "partner")
    }
    return {"infopunt": infopunt, "aanbod": aanbod, "contact": contact, "geld": geld, **people}
