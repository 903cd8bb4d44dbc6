"""Pages of the project itself: health, house style, and what to do when a form waited too long."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_safe

from infopunt.gezondheid import problemen

VARIABELEN = {
    "--pruim": "DIENST_KLEUR",
    "--pruim-diep": "DIENST_KLEUR_DIEP",
    "--lamp": "DIENST_KLEUR_ACCENT",
}


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the service does what it promises, 503 with the reasons when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        fouten = problemen()
    except DatabaseError:
        fouten = ["database onbereikbaar"]
    return JsonResponse(
        {"status": "fout" if fouten else "ok", "problemen": fouten}, status=503 if fouten else 200
    )


@login_not_required
@require_safe
def huisstijl(request: HttpRequest) -> HttpResponse:
    """The colours of this service as design tokens; the settings have checked that they are colours."""
    regels = [f"{naam}: {kleur};" for naam, bron in VARIABELEN.items() if (kleur := getattr(settings, bron))]
    response = HttpResponse(f":root {{ {' '.join(regels)} }}", content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


@login_not_required
def csrf_verlopen(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


@login_not_required
@require_GET
def postvak(request: HttpRequest) -> HttpResponse:
    """The demo's mailbox: every mail the service would have sent, newest first."""
    if not settings.DEMO:
        raise Http404
    berichten = [
        _lees(pad) for pad in sorted(_bestanden(), key=lambda pad: pad.stat().st_mtime_ns, reverse=True)
    ]
    return render(request, "infopunt/postvak.html", {"berichten": berichten[:50]})


def _bestanden() -> list[Path]:
    return list(Path(getattr(settings, "EMAIL_FILE_PATH", settings.VAR / "postvak")).glob("*.log"))


def _lees(pad: Path) -> dict[str, object]:
    """One stored mail as the page shows it; its text split so that links can be links."""
    bericht: EmailMessage = message_from_bytes(pad.read_bytes().strip(), policy=policy.default)
    deel = bericht.get_body(preferencelist=("plain",))
    tekst = deel.get_content().partition("\n" + "-" * 79)[0] if deel else ""
    return {
        "aan": bericht["to"],
        "van": bericht["from"],
        "onderwerp": bericht["subject"],
        "datum": bericht["date"].datetime if bericht["date"] else None,
        "regels": [_delen(regel) for regel in tekst.strip().splitlines()],
    }


def _delen(regel: str) -> list[tuple[str, bool]]:
    """A line as (text, is it a link) pairs."""
    return [(deel, deel.startswith("http")) for deel in re.split(r"(https?://\S+)", regel) if deel]
