"""What keeps two promises: the demo stays on this computer, and pages are nobody else's business."""

import ipaddress
import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

GetResponse = Callable[[HttpRequest], HttpResponse]


def demo_alleen_hier(get_response: GetResponse) -> GetResponse:
    """In demo mode the passwords are printed: answer to nobody but this computer."""
    if not settings.DEMO:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_loopback(request.META.get("REMOTE_ADDR", "")):
            return HttpResponseForbidden("De demo is alleen te zien op de computer waar hij draait.")
        return get_response(request)

    return middleware


def vaste_kopregels(get_response: GetResponse) -> GetResponse:
    """Pages stay out of search engines and out of shared caches; nothing asks for camera or location."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def secret_address(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view whose address is the key: it goes to no other site and into no cache."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    return wrapper


def _is_loopback(adres: str) -> bool:
    try:
        return not adres or ipaddress.ip_address(adres).is_loopback
    except ValueError:
        return False


class WithoutTokens(logging.Filter):
    """Links in mail to partners are keys, and Django names addresses in its warnings: keep the keys out of the log."""

    TOKEN = re.compile(r"(/(?:d|klopt|rapportage/buiten|rapportage/stoppen)/)[^/\s?]+")

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.TOKEN.sub(r"\1...", record.getMessage()), ()
        return True
