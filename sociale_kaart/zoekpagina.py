"""What the search page shows for a checked query string: results per need, what was read, and where to go on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from sociale_kaart.forms import HOOGSTENS, PER_KEER, ZoekForm
from sociale_kaart.models import Aanbod, Contactpersoon, Onderwerp
from sociale_kaart.rijen import Groep, groepeer, maak_rijen
from sociale_kaart.zoeken import Treffer, Uitkomst, zoek

MAX_VERBREED = 4  # words that the search looked for of its own accord, as chips


@dataclass(frozen=True)
class Keuze:
    """A way to change the search: what it is called, the address, and how much is found there."""

    naam: str
    adres: str
    aantal: int = 0


def leeg(form: ZoekForm) -> dict[str, Any]:
    """Topics to browse when nothing was asked."""
    return {"onderwerpen": _onderwerpen(form, Onderwerp.objects.main())}


def resultaten(form: ZoekForm) -> dict[str, Any]:
    """The rows to show, how many there are in all, and how to see more, less or something else."""
    context = _met_tekst(form) if form.zoekt_woorden else _zonder_tekst(form)
    getoond = sum(len(groep.rijen) for groep in context["groepen"])
    meer = context["totaal"] > getoond and form.hoeveel < HOOGSTENS
    return {
        **context,
        **_bladeren(form),
        "gelezen": [Keuze(_gelezen_in_woorden(form, naam), form.adres_zonder(naam)) for naam in form.gelezen],
        "letterlijk": form.letterlijk_genomen,
        "getoond": getoond,
        "meer_adres": form.adres(aantal=min(form.hoeveel + PER_KEER, HOOGSTENS)) if meer else "",
        "sleutelpersonen": _sleutelpersonen(form),
        "taal": form.in_woorden("taal") if form.geldt("taal") else "",
        **({} if getoond else _niets(form)),
    }


def _met_tekst(form: ZoekForm) -> dict[str, Any]:
    """What the text finds, and what was looked for of its own accord."""
    alles = _zoek(form)
    zonder = [woord for woord in form.gekozen("zonder") or [] if woord in _vakwoorden(alles)]
    uitkomst = zonder_woorden(alles, frozenset(zonder))
    return {
        "totaal": len(uitkomst.treffers),
        "groepen": groepeer(_getoond(form, uitkomst), uitkomst.behoeften),
        "verbreed": [
            Keuze(woord, form.adres(zonder=[*zonder, woord], aantal=None))
            for woord in _vakwoorden(uitkomst)[:MAX_VERBREED]
        ],
        "zonder": zonder,
        "weer_adres": form.adres(zonder=None, aantal=None),
        "onbekend": uitkomst.onbekend,
    }


def _zonder_tekst(form: ZoekForm) -> dict[str, Any]:
    """All that the filters let through."""
    mogelijk = form.filter(Aanbod.objects.current())
    rijen = maak_rijen(mogelijk.for_row()[: form.hoeveel], timezone.now())
    return {"totaal": mogelijk.count(), "groepen": [Groep("", tuple(rijen))] if rijen else []}


def _bladeren(form: ZoekForm) -> dict[str, Any]:
    """Where in the tree of topics this is: the way up, and what lies below."""
    onderwerp = form.gekozen("onderwerp")
    if not onderwerp:
        return {}
    omhoog = [Keuze("Alle onderwerpen", form.adres(onderwerp=None, aantal=None))]
    if onderwerp.ouder:
        omhoog.append(Keuze(onderwerp.ouder.naam, form.adres(onderwerp=onderwerp.ouder_id, aantal=None)))
    return {
        "onderwerp": onderwerp,
        "kruimels": omhoog,
        "onderwerpen": _onderwerpen(form, onderwerp.kinderen.all()),
    }


def _niets(form: ZoekForm) -> dict[str, Any]:
    """Nothing was found: what each filter keeps away, and all topics."""
    aan = form.filters_aan
    keuzes = [
        Keuze(f"‘{form.in_woorden(naam)}’", form.adres_zonder(naam), _aantal(form, [naam])) for naam in aan
    ]
    if len(aan) > 1 and not any(keuze.aantal for keuze in keuzes):
        keuzes.append(Keuze("alle filters", form.adres_zonder_filters(), _aantal(form, aan)))
    return {
        "weg_te_laten": [keuze for keuze in keuzes if keuze.aantal],
        "alle_onderwerpen": [
            (onderwerp, f"{reverse('sociale_kaart:zoeken')}?onderwerp={onderwerp.pk}")
            for onderwerp in Onderwerp.objects.main().with_counts(form.in_plaats(Aanbod.objects.current()))
        ],
    }


def _zoek(form: ZoekForm, behalve: Sequence[str] = ()) -> Uitkomst:
    """What the text finds among what the filters let through."""
    return zoek(form.vraag, form.filter(Aanbod.objects.current(), behalve=behalve))


def zonder_woorden(uitkomst: Uitkomst, zonder: frozenset[str]) -> Uitkomst:
    """Without these words of the map, and without what was found by them alone."""
    if not zonder:
        return uitkomst
    treffers = tuple(
        replace(treffer, redenen=over)
        for treffer in uitkomst.treffers
        if (over := tuple(reden for reden in treffer.redenen if reden.vakwoord not in zonder))
        or not treffer.redenen
    )
    return replace(uitkomst, treffers=treffers)


def _getoond(form: ZoekForm, uitkomst: Uitkomst) -> list[Treffer]:
    """The first results; with several needs, the first of each, so that none is lost below the others."""
    per_behoefte = max(1, form.hoeveel // max(1, len(uitkomst.behoeften)))
    tel: dict[int, int] = {}
    getoond = []
    for treffer in uitkomst.treffers:
        tel[treffer.behoefte] = tel.get(treffer.behoefte, 0) + 1
        if tel[treffer.behoefte] <= per_behoefte:
            getoond.append(treffer)
    return getoond


def _aantal(form: ZoekForm, behalve: Sequence[str]) -> int:
    """How much is found without these filters."""
    if form.zoekt_woorden:
        zonder = frozenset(form.gekozen("zonder") or ())
        return len(zonder_woorden(_zoek(form, behalve), zonder).treffers)
    return form.filter(Aanbod.objects.current(), behalve=behalve).count()


def _gelezen_in_woorden(form: ZoekForm, naam: str) -> str:
    return f"in en om {form.plaats}" if naam == "kern" else form.in_woorden(naam)


def _vakwoorden(uitkomst: Uitkomst) -> list[str]:
    """The words of the map that were looked for as well, those of the best results first."""
    alle = (reden.vakwoord for treffer in uitkomst.treffers for reden in treffer.redenen)
    return list(dict.fromkeys(filter(None, alle)))


def _sleutelpersonen(form: ZoekForm) -> "QuerySet[Contactpersoon] | list[Contactpersoon]":
    """People from a community who speak the language that was asked for."""
    taal = form.geldt("taal")
    if not taal:
        return []
    return Contactpersoon.objects.sleutelpersonen(taal).select_related("organisatie")


def _onderwerpen(form: ZoekForm, onderwerpen: "QuerySet[Onderwerp]") -> list[tuple[Onderwerp, str]]:
    """Topics with how much there is of each where the filters look, and their addresses."""
    mogelijk = form.filter(Aanbod.objects.current(), behalve=["onderwerp"])
    met_aantal = onderwerpen.with_counts(mogelijk)  # type: ignore[attr-defined]
    return [(onderwerp, form.adres(onderwerp=onderwerp.pk, aantal=None)) for onderwerp in met_aantal]
