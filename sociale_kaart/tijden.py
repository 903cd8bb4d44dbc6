"""Opening hours in words."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from balie.models import Weekdag

if TYPE_CHECKING:
    from sociale_kaart.models import Openingstijd


def beschrijf(tijd: Openingstijd) -> str:
    """One block as people say it: "maandag t/m vrijdag 9.00–12.00 uur, 1e van de maand"."""
    delen = [beschrijf_dagen(tijd.weekdagen) or tijd.periode, beschrijf_uren(tijd.van, tijd.tot)]
    wanneer = " ".join(deel for deel in delen if deel)
    extra = [tijd.periode] if tijd.weekdagen and tijd.periode else []
    return ", ".join([wanneer, *extra, *([tijd.toelichting] if tijd.toelichting else [])])


def beschrijf_dagen(dagen: list[int]) -> str:
    """Weekday numbers as words; three or more in a row become "t/m"."""
    dagen = sorted(dagen)
    if dagen == list(range(7)):
        return "elke dag"
    namen = [str(Weekdag(dag).label) for dag in dagen]
    if len(dagen) > 2 and dagen == list(range(dagen[0], dagen[-1] + 1)):
        return f"{namen[0]} t/m {namen[-1]}"
    return " en ".join([", ".join(namen[:-1]), namen[-1]] if len(namen) > 1 else namen)


def beschrijf_uren(van: time | None, tot: time | None) -> str:
    if van is None or tot is None:
        return ""
    if van == tot == time(0):
        return "dag en nacht"
    einde = "24.00" if tot == time(0) else klok(tot)
    return f"{klok(van)}–{einde} uur"


def klok(tijd: time) -> str:
    """A time as written in Dutch: 9.30."""
    return f"{tijd.hour}.{tijd.minute:02}"
