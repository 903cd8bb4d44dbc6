"""How the API answers: JSON, also when something is wrong; pages; "not changed"; and not too often.

Public data without cookies, so pages of others may read it from a browser (CORS).
"""

import hashlib
import ipaddress
import math
from collections.abc import Callable, Sequence
from functools import wraps
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition

from infopunt.grenzen import count
from sociale_kaart.hsds import vragen
from sociale_kaart.hsds.delen import Json, Nu
from sociale_kaart.hsds.parameters import ParameterFout, Parameters

# Change this when the same map is told in other words.
UITGAVE = "1"
PER_MINUUT = 600
MINUUT = 60

View = Callable[..., HttpResponse]


def json(inhoud: Any, status: int = 200) -> HttpResponse:
    return JsonResponse(inhoud, status=status, safe=False, json_dumps_params={"ensure_ascii": False})


def fout(status: int, uitleg: str, **meer: Any) -> HttpResponse:
    """Errors have one shape: {"error": {"status": 400, "message": "...", "parameter": "page"}}."""
    return json({"error": {"status": status, "message": uitleg, **meer}}, status)


def endpoint(view: View) -> View:
    """A public address of the API: GET only, counted, conditional, and always JSON."""

    @wraps(view)
    def afgehandeld(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204)
        if request.method not in {"GET", "HEAD"}:
            response = fout(405, "This API is read only.")
            response["Allow"] = "GET, HEAD, OPTIONS"
            return response
        if wacht := te_vaak(request):
            response = fout(429, f"Too many requests: at most {PER_MINUUT} a minute. Try again later.")
            response["Retry-After"] = str(wacht)
            return response
        return voorwaardelijk(request, *args, **kwargs)

    @condition(etag_func=_etag)
    def voorwaardelijk(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ParameterFout as onbruikbaar:
            uitleg = f"The parameter {onbruikbaar.parameter} {onbruikbaar.uitleg}"
            return fout(400, uitleg, parameter=onbruikbaar.parameter)
        except Http404:
            return fout(404, "There is nothing with this id.")

    @wraps(view)
    def met_kopregels(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = afgehandeld(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        response["Cache-Control"] = "public, no-cache" if response.status_code in {200, 304} else "no-store"
        if request.method == "OPTIONS":
            response["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
            response["Access-Control-Allow-Headers"] = "If-None-Match"
        return response

    return csrf_exempt(login_not_required(met_kopregels))


def _etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    """What the answer follows from: the map, the day (notices, offset), and the question."""
    delen = [UITGAVE, vragen.stand(), str(Nu.van(timezone.now())), request.get_full_path()]
    return f'W/"{hashlib.sha256("|".join(delen).encode()).hexdigest()[:32]}"'


def te_vaak(request: HttpRequest) -> int:
    """Counts this request. Seconds to wait when this address asked too often within the minute, else 0.

    All processes count together. The address itself is kept nowhere: only a keyed hash of it.
    """
    nu = int(time())
    wie = salted_hmac("hsds.adres", _netwerk(request), algorithm="sha256").hexdigest()[:32]
    aantal = count(f"hsds:{nu // MINUUT}:{wie}", MINUUT)
    return MINUUT - nu % MINUUT if aantal > PER_MINUUT else 0


def _netwerk(request: HttpRequest) -> str:
    """Who asks: an address, or the network of an IPv6 address, of which everybody has many."""
    adres = request.META.get("REMOTE_ADDR", "")
    if settings.ACHTER_PROXY:
        adres = request.headers.get("X-Forwarded-For", adres).rpartition(",")[2].strip()
    try:
        gelezen = ipaddress.ip_address(adres)
    except ValueError:
        return adres
    if gelezen.version == 6:
        return str(ipaddress.ip_network((int(gelezen), 64), strict=False).network_address)
    return str(gelezen)


def pagina(vraag: Parameters, totaal: int, inhoud: Sequence[Json]) -> HttpResponse:
    """A page as the standard shapes it. Past the last page it is empty."""
    paginas = max(1, math.ceil(totaal / vraag.per_page))
    return json(
        {
            "total_items": totaal,
            "total_pages": paginas,
            "page_number": vraag.page,
            "size": len(inhoud),
            "first_page": vraag.page == 1,
            "last_page": vraag.page >= paginas,
            "empty": not inhoud,
            "contents": inhoud,
        }
    )


def snede(vraag: Parameters) -> slice:
    """The part of a list that this page shows."""
    return slice((vraag.page - 1) * vraag.per_page, vraag.page * vraag.per_page)
