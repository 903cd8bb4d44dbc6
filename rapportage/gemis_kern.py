"""What was missed in one village: in words first, then in tables that fit on one sheet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from balie.models import Infopunt, Kern
from doorverwijzing.models import RedenNietPassend
from rapportage.onderdrukking import Cel, open_cel
from rapportage.periode import Periode
from rapportage.tabellen import Rij, Tabel
from registratie.models import RedenNietGeholpen
from sociale_kaart.models import Onderwerp

HOOGSTENS = 6  # rows of a table: five tables and the words fit on a sheet
HOOGSTENS_LANG = 5  # of rows with long names
HOOGSTENS_NAMEN = 3
NIET_OPGESCHREVEN = "niet opgeschreven"


class NietPassend(NamedTuple):
    """How often a partner said that a referral was not for them, for this reason."""

    infopunt: int
    organisatie: str
    aanbod: str | None
    reden: str
    aantal: int

    @property
    def waar(self) -> str:
        return f"{self.organisatie}: {self.aanbod}" if self.aanbod else self.organisatie


@dataclass(frozen=True)
class Onderwerpen:
    """All topics, for which villages the map has something about them (`reach`), and the names of the villages."""

    alle: Mapping[int, Onderwerp]
    bereik: set[tuple[int, int | None]]
    kernen: Mapping[int, str]

    def main(self, onderwerp: int) -> int:
        return self.alle[onderwerp].ouder_id or onderwerp

    def is_offered(self, onderwerp: int, kern: int) -> bool:
        """Also by what is about its main topic as a whole; about a main topic by what is about any part of it."""
        return any((pk, waar) in self.bereik for pk in self._serves(onderwerp) for waar in (kern, None))

    def elsewhere(self, onderwerp: int) -> list[str]:
        """The villages that do have something."""
        pks = self._serves(onderwerp)
        return sorted({self.kernen[kern] for pk, kern in self.bereik if pk in pks and kern is not None})

    def _serves(self, onderwerp: int) -> set[int]:
        """The topics whose offers are for this one too."""
        ouder = self.alle[onderwerp].ouder_id
        if ouder:
            return {onderwerp, ouder}
        return {onderwerp, *(pk for pk, ander in self.alle.items() if ander.ouder_id == onderwerp)}


@dataclass(frozen=True)
class GemisInKern:
    """`redenen` per (main topic, reason), `gevraagd` and `erachter` per topic as chosen."""

    kern: Kern
    infopunten: list[Infopunt]
    periode: Periode
    vorige: Periode
    vragen: int
    niet_geholpen_toen: int
    redenen: Counter[tuple[int, str]]
    gevraagd: Counter[int]
    erachter: Counter[int]
    niet_passend: list[NietPassend]
    onderwerpen: Onderwerpen

    @property
    def niet_geholpen(self) -> int:
        return self.redenen.total()

    @property
    def is_leeg(self) -> bool:
        return not (self.niet_geholpen or self.niet_passend or self.zonder_aanbod.rijen)

    @cached_property
    def zinnen(self) -> list[str]:
        """What is missed, most telling first."""
        zinnen = []
        if self.niet_geholpen:
            zinnen.append(f"Bij {self.niet_geholpen} van de {self.vragen} vragen konden we niet helpen.")
        if geen_aanbod := self._topics_with(RedenNietGeholpen.GEEN_AANBOD):
            zinnen.append(f"{geen_aanbod.total()} keer was er geen aanbod{self._mostly(geen_aanbod)}.")
        if wachtlijst := self._topics_with(RedenNietGeholpen.WACHTLIJST):
            zinnen.append(f"{wachtlijst.total()} keer was er een wachtlijst{self._mostly(wachtlijst)}.")
        if ontbreekt := self._missing:
            namen = [self._name(pk) for pk, _ in ontbreekt.most_common(HOOGSTENS_NAMEN)]
            zinnen.append(f"Op de kaart staat hier niets over {_listed(namen, len(ontbreekt))}.")
        if keren := sum(keer.aantal for keer in self.niet_passend):
            zinnen.append(f"{keren} keer zei een partner dat de verwijzing niet paste.")
        return zinnen

    @property
    def vergelijking(self) -> str:
        toen = self.niet_geholpen_toen
        return f"Ter vergelijking: van {self.vorige} konden we {toen} keer niet helpen."

    @property
    def per_onderwerp(self) -> Tabel:
        """Could not be helped: about what, and why."""
        per_topic: dict[int, Counter[str]] = {}
        for (hoofd, reden), aantal in self.redenen.items():
            naam = str(RedenNietGeholpen(reden).label).lower() if reden else NIET_OPGESCHREVEN
            per_topic.setdefault(hoofd, Counter())[naam] += aantal
        rijen = [
            _row(self._name(hoofd, klein=False), redenen.total(), _with_counts(redenen))
            for hoofd, redenen in per_topic.items()
        ]
        return Tabel("Niet kunnen helpen", "Onderwerp", ["aantal", "waarom"], _top(rijen))

    @cached_property
    def zonder_aanbod(self) -> Tabel:
        """Asked for, while the map has nothing about it for this village."""
        rijen = []
        for pk, aantal in self._missing.items():
            elders = self.onderwerpen.elsewhere(pk)
            waar = f"wel in {_and(elders)}" if elders else "nergens op de kaart"
            rijen.append(_row(self._name(pk, klein=False), aantal, waar))
        return Tabel("Wel gevraagd, niet op de kaart", "Onderwerp", ["gevraagd", "elders"], _top(rijen))

    @property
    def per_reden_niet_passend(self) -> Tabel:
        per_reden: dict[str, Counter[str]] = {}
        for keer in self.niet_passend:
            naam = str(RedenNietPassend(keer.reden).label) if keer.reden else NIET_OPGESCHREVEN.capitalize()
            per_reden.setdefault(naam, Counter())[keer.organisatie] += keer.aantal
        rijen = [_row(naam, bij.total(), _with_counts(bij, hoogstens=2)) for naam, bij in per_reden.items()]
        return Tabel("Verwezen, maar niet passend", "Reden", ["aantal", "bij wie"], _top(rijen))

    @property
    def wachtlijsten(self) -> Tabel:
        """Where partners said there was one."""
        per_aanbod: Counter[str] = Counter()
        for keer in self.niet_passend:
            if keer.reden == RedenNietPassend.WACHTLIJST:
                per_aanbod[keer.waar] += keer.aantal
        rijen = [_row(naam, aantal) for naam, aantal in per_aanbod.items()]
        return Tabel("Wachtlijst, zei de partner", "Waar", ["aantal"], _top(rijen, HOOGSTENS_LANG))

    @property
    def wat_erachter_zat(self) -> Tabel:
        """What lay behind questions about something else, whether they were helped or not."""
        rijen = [_row(self._name(pk, klein=False), aantal) for pk, aantal in self.erachter.items()]
        return Tabel("Wat erachter zat", "Onderwerp", ["aantal"], _top(rijen))

    @property
    def tabellen(self) -> list[Tabel]:
        """Those that have something in them."""
        alle = [
            self.per_onderwerp,
            self.zonder_aanbod,
            self.per_reden_niet_passend,
            self.wachtlijsten,
            self.wat_erachter_zat,
        ]
        return [tabel for tabel in alle if tabel.rijen]

    @cached_property
    def _missing(self) -> Counter[int]:
        """How often was asked about what is not offered here."""
        return Counter(
            {
                pk: aantal
                for pk, aantal in self.gevraagd.items()
                if not self.onderwerpen.is_offered(pk, self.kern.pk)
            }
        )

    def _topics_with(self, reden: str) -> Counter[int]:
        return Counter({pk: aantal for (pk, waarom), aantal in self.redenen.items() if waarom == reden})

    def _mostly(self, per_onderwerp: Counter[int]) -> str:
        """ ", het vaakst bij wonen (9)"; nothing when no topic stands out."""
        [(pk, meeste), *rest] = per_onderwerp.most_common(2)
        if not rest:
            return f", steeds bij {self._name(pk)}"
        return f", het vaakst bij {self._name(pk)} ({meeste})" if rest[0][1] < meeste else ""

    def _name(self, onderwerp: int, *, klein: bool = True) -> str:
        naam = self.onderwerpen.alle[onderwerp].naam
        return naam.lower() if klein else naam


def _row(naam: str, aantal: int, *woorden: str) -> Rij:
    return Rij(naam, [open_cel(aantal), *(Cel(None, tekst) for tekst in woorden)])


def _number(rij: Rij) -> int:
    return rij.cellen[0].waarde or 0


def _top(rijen: Sequence[Rij], hoogstens: int = HOOGSTENS) -> list[Rij]:
    """The largest, and the rest added up."""
    op_volgorde = sorted(rijen, key=lambda rij: (-_number(rij), rij.naam))
    if len(rijen) <= hoogstens:
        return op_volgorde
    eerste, rest = op_volgorde[: hoogstens - 1], op_volgorde[hoogstens - 1 :]
    leeg = [""] * (len(rest[0].cellen) - 1)
    return [*eerste, _row(f"Andere ({len(rest)})", sum(map(_number, rest)), *leeg)]


def _with_counts(aantallen: Counter[str], *, hoogstens: int = HOOGSTENS_NAMEN) -> str:
    """ "geen aanbod 5, taal 1": most first, a few at most."""
    op_volgorde = sorted(aantallen, key=lambda naam: (-aantallen[naam], naam))
    delen = [f"{naam} {aantallen[naam]}" for naam in op_volgorde[:hoogstens]]
    if rest := sum(aantallen[naam] for naam in op_volgorde[hoogstens:]):
        delen.append(f"nog {rest}")
    return ", ".join(delen)


def _and(namen: Sequence[str]) -> str:
    *eerst, laatst = namen
    return f"{', '.join(eerst)} en {laatst}" if eerst else laatst


def _listed(namen: Sequence[str], aantal: int) -> str:
    """The first few of `aantal` names."""
    meer = aantal - len(namen)
    return _and(
        [*namen, f"nog {meer} andere onderwerpen" if meer > 1 else "nog een onderwerp"] if meer else namen
    )
