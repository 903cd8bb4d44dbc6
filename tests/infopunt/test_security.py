"""Promises of the middleware and of the log."""

import logging

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse

from infopunt.security import WithoutTokens, demo_alleen_hier


@pytest.mark.parametrize(
    ("adres", "status"),
    [
        ("127.0.0.1", 200),
        ("::1", 200),
        ("127.8.0.1", 200),
        ("10.0.0.5", 403),
        ("192.168.1.2", 403),
        ("x", 403),
    ],
)
def test_the_demo_answers_nobody_but_this_computer(settings, rf, adres, status):
    settings.DEMO = True
    middleware = demo_alleen_hier(lambda request: HttpResponse("hallo"))
    assert middleware(rf.get("/", REMOTE_ADDR=adres)).status_code == status


def test_outside_the_demo_that_check_is_not_there(settings):
    settings.DEMO = False
    with pytest.raises(MiddlewareNotUsed):
        demo_alleen_hier(lambda request: HttpResponse())


@pytest.mark.parametrize(
    ("bericht", "args", "log"),
    [
        ("Not Found: %s", ("/d/geheim-123/",), "Not Found: /d/.../"),
        ("Internal Server Error: /d/geheim?x=1", (), "Internal Server Error: /d/...?x=1"),
        ("Not Found: %s", ("/kaart/9/",), "Not Found: /kaart/9/"),
    ],
)
def test_a_partners_key_is_not_logged(bericht, args, log):
    record = logging.LogRecord("django.request", logging.WARNING, "x.py", 1, bericht, args, None)
    assert WithoutTokens().filter(record)
    assert record.getMessage() == log


def test_the_filter_is_on_the_log_people_read():
    assert any(isinstance(rule, WithoutTokens) for h in logging.getLogger().handlers for rule in h.filters)
