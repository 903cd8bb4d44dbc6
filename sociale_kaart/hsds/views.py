"""The API: read only, for everybody. See docs/hsds.md for who builds on it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from sociale_kaart.hsds import vragen
from sociale_kaart.hsds.antwoord import endpoint, json, pagina, snede
from sociale_kaart.hsds.delen import TAXONOMIEEN, Json, Nu, kenmerk_term, onderwerp_term
from sociale_kaart.hsds.kenmerken import KENMERKEN
from sociale_kaart.hsds.parameters import Parameters, lees, sleutel
from sociale_kaart.hsds.selectie import gevonden_aanbod, gevonden_organisaties, kies_aanbod
from sociale_kaart.hsds.serialiseren import (
    dienst_kort,
    dienst_minimaal,
    dienst_vol,
    op_plek_kort,
    op_plek_vol,
    organisatie_kort,
    organisatie_met_aanbod,
)
from sociale_kaart.models import Aanbod, Locatie, Onderwerp, Organisatie

BLADEREN = ("page", "per_page", "format")
AANBOD = ("search", "taxonomy_term_id", "taxonomy_id", "organization_id", "modified_after", *BLADEREN)


def _sleutel(pk: str) -> str:
    """An id out of an address: what is no id at all is unknown too."""
    try:
        return sleutel(pk)
    except ValueError:
        raise Http404 from None


@endpoint
def wortel(request: HttpRequest) -> HttpResponse:
    """What this is."""
    return json(
        {
            "version": "3.0",
            "profile": "https://docs.openreferral.org/en/3.0/hsds/",
            "openapi_url": "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json",
        }
    )


@endpoint
def services(request: HttpRequest) -> HttpResponse:
    """Current offers. With `modified_after` also what went to the archive since, as "defunct" and little more."""
    vraag = lees(request.GET, [*AANBOD, "minimal", "full"])
    nu = Nu.van(timezone.now())
    totaal, rijen = gevonden_aanbod(vraag, nu.dag)
    schrijf = dienst_minimaal if vraag["minimal"] else dienst_vol if vraag["full"] else dienst_kort
    return pagina(vraag, totaal, [schrijf(aanbod, nu) for aanbod in rijen])


@endpoint
def service(request: HttpRequest, pk: str) -> HttpResponse:
    nu = Nu.van(timezone.now())
    aanbod = vragen.with_everything(Aanbod.objects.current(), nu.dag).filter(uuid=_sleutel(pk)).first()
    if aanbod is None:
        raise Http404
    return json(dienst_vol(aanbod, nu))


@endpoint
def organizations(request: HttpRequest) -> HttpResponse:
    vraag = lees(request.GET, ["search", "modified_after", "full", "full_service", *BLADEREN])
    nu = Nu.van(timezone.now())
    gevonden = gevonden_organisaties(vraag)
    totaal = gevonden.count()
    if vraag["full"] or vraag["full_service"]:
        heel = vragen.organisaties_met_alles(gevonden, nu.dag)[snede(vraag)]
        inhoud = [organisatie_met_aanbod(o, nu, vol=bool(vraag["full_service"])) for o in heel]
    else:
        inhoud = [organisatie_kort(organisatie) for organisatie in gevonden[snede(vraag)]]
    return pagina(vraag, totaal, inhoud)


@endpoint
def organization(request: HttpRequest, pk: str) -> HttpResponse:
    vraag = lees(request.GET, ["full_service"])
    nu = Nu.van(timezone.now())
    gevonden = Organisatie.objects.current().filter(uuid=_sleutel(pk))
    organisatie = vragen.organisaties_met_alles(gevonden, nu.dag).first()
    if organisatie is None:
        raise Http404
    return json(organisatie_met_aanbod(organisatie, nu, vol=bool(vraag["full_service"])))


@endpoint
def service_at_locations(request: HttpRequest) -> HttpResponse:
    vraag = lees(request.GET, [*AANBOD, "full", "postcode", "proximity"])
    paren = vragen.op_plekken(kies_aanbod(vraag))
    inhoud = _op_plekken(list(paren[snede(vraag)]), vol=bool(vraag["full"]))
    return pagina(vraag, paren.count(), inhoud)


@endpoint
def service_at_location(request: HttpRequest, pk: str) -> HttpResponse:
    paar = vragen.op_plek(_sleutel(pk))
    if paar is None:
        raise Http404
    return json(_op_plekken([paar], vol=True)[0])


def _op_plekken(paren: list[tuple[int, int]], *, vol: bool) -> list[Json]:
    """Services at locations out of their keys."""
    nu = Nu.van(timezone.now())
    haal = vragen.with_everything if vol else vragen.with_fields
    aanbod = haal(Aanbod.objects.all(), nu.dag).in_bulk({van for van, _ in paren})
    plekken = Locatie.objects.select_related("kern").in_bulk({waar for _, waar in paren})
    schrijf = op_plek_vol if vol else op_plek_kort
    return [schrijf(aanbod[van], plekken[waar], nu) for van, waar in paren]


@endpoint
def taxonomies(request: HttpRequest) -> HttpResponse:
    vraag = lees(request.GET, ["search", *BLADEREN])
    return _uit_lijst(vraag, list(TAXONOMIEEN.values()))


@endpoint
def taxonomy(request: HttpRequest, pk: str) -> HttpResponse:
    return _uit([*TAXONOMIEEN.values()], pk)


@endpoint
def taxonomy_terms(request: HttpRequest) -> HttpResponse:
    """`top_only`: terms without one above them."""
    vraag = lees(request.GET, ["search", "taxonomy_id", "top_only", "parent_id", *BLADEREN])
    termen = [
        term
        for term in _termen()
        if vraag["taxonomy_id"] in (None, term["taxonomy_detail"]["id"])
        and vraag["parent_id"] in (None, term.get("parent_id"))
        and not (vraag["top_only"] and "parent_id" in term)
    ]
    return _uit_lijst(vraag, termen)


@endpoint
def taxonomy_term(request: HttpRequest, pk: str) -> HttpResponse:
    return _uit(_termen(), pk)


def _termen() -> list[Json]:
    onderwerpen = Onderwerp.objects.select_related("ouder").order_by("volgorde", "naam", "pk")
    return [
        *(onderwerp_term(onderwerp) for onderwerp in onderwerpen),
        *(kenmerk_term(kenmerk) for kenmerk in KENMERKEN.values()),
    ]


def _uit_lijst(vraag: Parameters, alles: list[Json]) -> HttpResponse:
    woorden = (vraag["search"] or "").casefold().split()
    gevonden = [
        ding
        for ding in alles
        if all(w in f"{ding['name']} {ding['description']}".casefold() for w in woorden)
    ]
    return pagina(vraag, len(gevonden), gevonden[snede(vraag)])


def _uit(alles: list[Json], pk: str) -> HttpResponse:
    gezocht = _sleutel(pk)
    for ding in alles:
        if ding["id"] == gezocht:
            return json(ding)
    raise Http404
