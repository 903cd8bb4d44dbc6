"""Kept promises: how many of the calls that partners promised came on time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from balie.models import Infopunt
from doorverwijzing.belofte import OP_TIJD, judged
from doorverwijzing.models import Doorverwijzing
from rapportage.periode import Periode, Perioden
from rapportage.tabellen import GEEN


class Nagekomen(NamedTuple):
    """Of `beloofd` calls, `op_tijd` came on or before the promised day."""

    op_tijd: int
    beloofd: int

    @property
    def te_laat(self) -> int:
        return self.beloofd - self.op_tijd

    @property
    def procent(self) -> int:
        return round(100 * self.op_tijd / self.beloofd) if self.beloofd else 0

    def __str__(self) -> str:
        return f"{self.op_tijd} van {self.beloofd}" if self.beloofd else GEEN


@dataclass(frozen=True)
class PerPartner:
    """Of one organisation in the period, the one before, and a year earlier. `belooft` is in working days."""

    organisatie: int
    naam: str
    belooft: int | None
    perioden: tuple[Nagekomen, Nagekomen, Nagekomen]


def per_partner(perioden: Perioden, infopunten: Sequence[Infopunt]) -> list[PerPartner]:
    """Of referrals made in each period; who was late most often stands first, then who kept most. One query."""
    drie = (perioden.nu, perioden.ervoor, perioden.jaar_eerder)
    gemaakt = [made_in(periode) for periode in drie]
    tellingen = {
        f"{wat}{nummer}": Count("pk", filter=waar & telt)
        for nummer, waar in enumerate(gemaakt)
        for wat, telt in (("op_tijd", OP_TIJD), ("beloofd", Q()))
    }
    verwijzingen = Doorverwijzing.objects.filter(
        gemaakt[0] | gemaakt[1] | gemaakt[2], infopunt__in=infopunten
    )
    rijen = (
        judged(verwijzingen, timezone.localdate())
        .order_by()
        .values("organisatie", "organisatie__naam", "organisatie__belofte_werkdagen")
        .annotate(**tellingen)
    )
    partners = [
        PerPartner(
            rij["organisatie"],
            rij["organisatie__naam"],
            rij["organisatie__belofte_werkdagen"],
            (_count(rij, 0), _count(rij, 1), _count(rij, 2)),
        )
        for rij in rijen
    ]
    return sorted(partners, key=lambda p: (-p.perioden[0].te_laat, -p.perioden[0].op_tijd, p.naam))


def on_time(perioden: Perioden, infopunten: Sequence[Infopunt]) -> tuple[Nagekomen, Nagekomen, Nagekomen]:
    """Of all partners together: the period, the one before, and a year earlier."""
    return together(per_partner(perioden, infopunten))


def together(partners: Sequence[PerPartner]) -> tuple[Nagekomen, Nagekomen, Nagekomen]:
    nu, ervoor, jaar = (
        Nagekomen(
            sum(partner.perioden[nummer].op_tijd for partner in partners),
            sum(partner.perioden[nummer].beloofd for partner in partners),
        )
        for nummer in range(3)
    )
    return nu, ervoor, jaar


def made_in(periode: Periode) -> Q:
    """Which referrals a report of this period is about."""
    return Q(aangemaakt_op__gte=periode.begin, aangemaakt_op__lt=periode.eind)


def _count(rij: Mapping[str, Any], nummer: int) -> Nagekomen:
    return Nagekomen(rij[f"op_tijd{nummer}"], rij[f"beloofd{nummer}"])
