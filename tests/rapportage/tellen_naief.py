"""Counting as a child would: every question one by one, in Python. Shares nothing with rapportage/tellen.py."""

from collections import Counter
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from registratie.models import Vraag

HIER = ZoneInfo("Europe/Amsterdam")


def lokaal(vraag: Vraag) -> Any:
    return vraag.moment.astimezone(HIER)


def vragen(van: date, tot: date, selectie: Any) -> list[Vraag]:
    return [
        vraag
        for vraag in Vraag.objects.select_related("onderwerp")
        if van <= lokaal(vraag).date() <= tot
        and vraag.infopunt_id in selectie.infopunten
        and (
            not selectie.onderwerpen
            or (vraag.onderwerp.ouder_id or vraag.onderwerp_id) in selectie.onderwerpen
        )
        and (not selectie.herkomsten or vraag.herkomst in selectie.herkomsten)
    ]


def tel(van: date, tot: date, selectie: Any) -> Counter:
    """(facet, desk, value) -> number."""
    uit: Counter = Counter()
    for vraag in vragen(van, tot, selectie):
        moment = lokaal(vraag)
        waarden = {
            "herkomst": vraag.herkomst,
            "onderwerp": str(vraag.onderwerp_id),
            "wijze": vraag.wijze,
            "persoon": f"{vraag.leeftijdsgroep}|{vraag.geslacht}",
            "uur": f"{moment.weekday()}|{moment.hour}",
        }
        if vraag.onderliggend_id:
            waarden["onderliggend"] = str(vraag.onderliggend_id)
        if vraag.organisatie_id:
            waarden["organisatie"] = str(vraag.organisatie_id)
        if vraag.wijze == "niet_geholpen":
            waarden["reden"] = vraag.reden_niet
        uit.update((facet, vraag.infopunt_id, waarde) for facet, waarde in waarden.items())
    return uit


def tel_maanden(van: date, tot: date, selectie: Any) -> Counter:
    return Counter((lokaal(v).date().replace(day=1), v.infopunt_id) for v in vragen(van, tot, selectie))


def tel_uren(van: date, tot: date, selectie: Any) -> Counter:
    return Counter((lokaal(v).date(), v.infopunt_id, lokaal(v).hour) for v in vragen(van, tot, selectie))
