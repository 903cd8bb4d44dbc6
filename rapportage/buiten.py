"""What outsiders see: published figures of whole quarters, and sums of those. Counts nothing itself (publiceren.py)."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from balie.models import Infopunt, Medewerker
from infopunt.forms import FormMixin
from infopunt.velden import PrivacyVeld
from rapportage.forms import KeuzeForm
from rapportage.grafiek import Lijngrafiek, Reeks
from rapportage.models import Buitencijfer, Buitenlink, Publicatie
from rapportage.onderdrukking import VERBORGEN, Cel, open_cel, widths
from rapportage.periode import add_months
from rapportage.tabellen import Rij, Tabel

Onderdeel = Buitencijfer.Onderdeel
KWARTALEN_IN_GRAFIEK = 8
HOOGSTENS_LIJNEN = 4  # as many as the chart can tell apart
HOOGSTENS_MAANDEN = 24
AL_EEN_LINK = "Voor deze groep is er al een link. Trek die eerst in, of kies een andere naam."
# These are counted per desk; the other parts only over all desks together.
PER_INFOPUNT = [Onderdeel.ONDERWERP, Onderdeel.WIJZE]
LINKS = [Onderdeel.WIJZE, Onderdeel.AFLOOP, Onderdeel.LEEFTIJD, Onderdeel.GESLACHT]
RECHTS = [Onderdeel.ONDERWERP, Onderdeel.ORGANISATIE, Onderdeel.REDEN]
# Sorted by what is shown; what is hidden keeps the order of the list.
GROOTSTE_EERST = [Onderdeel.ONDERWERP, Onderdeel.REDEN, Onderdeel.ORGANISATIE]


class BuitenlinkForm(FormMixin, forms.ModelForm):
    """For whom the link is, and until when."""

    naam = PrivacyVeld(
        label="Voor wie?",
        max_length=60,
        help_text="Een groep, zoals: Stuurgroep, of Gemeente. Geen naam van een persoon.",
    )
    geldig_tot = forms.DateField(
        label="Werkt tot en met",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Dit is geen dag. Schrijf: 24-3-2026."},
    )

    class Meta:
        model = Buitenlink
        fields = ["naam", "geldig_tot"]

    def __init__(self, *args: Any, vandaag: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vandaag = vandaag
        self.initial.setdefault("geldig_tot", add_months(vandaag, 12))

    def clean_naam(self) -> str:
        naam: str = self.cleaned_data["naam"]
        if Buitenlink.objects.filter(naam=naam, ingetrokken_op=None).exists():
            raise forms.ValidationError(AL_EEN_LINK)
        return naam

    def clean_geldig_tot(self) -> date:
        dag: date = self.cleaned_data["geldig_tot"]
        if dag < self.vandaag:
            raise forms.ValidationError("Deze dag is al voorbij. Kies een latere.")
        if dag > add_months(self.vandaag, HOOGSTENS_MAANDEN):
            raise forms.ValidationError("Kies hoogstens twee jaar. Daarna maak je een nieuwe link.")
        return dag


def token_hash(token: str) -> str:
    """A token has 256 random bits, so one plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_link(form: BuitenlinkForm, *, by: Medewerker) -> tuple[Buitenlink, str] | None:
    """The link and its token, which is nowhere after this. None, and an error in the form, for the second of two
    clicks at once."""
    token = secrets.token_urlsafe(32)
    link: Buitenlink = form.save(commit=False)
    link.token_hash = token_hash(token)
    link.gemaakt_door = by
    try:
        with transaction.atomic():
            link.save()
    except IntegrityError:
        form.add_error("naam", AL_EEN_LINK)
        return None
    return link, token


def revoke(link: Buitenlink, nu: datetime) -> None:
    Buitenlink.objects.filter(pk=link.pk, ingetrokken_op=None).update(ingetrokken_op=nu)


class BuitenKeuze(KeuzeForm):
    """Which published quarter or whole year, and which desks; the newest quarter of all desks without a choice."""

    def __init__(self, data: QueryDict, *, publicaties: Sequence[Publicatie]) -> None:
        self.perioden = periods(publicaties)
        infopunten = Infopunt.objects.filter(buitencijfers__publicatie__in=publicaties).distinct()
        super().__init__(
            data, infopunten=list(infopunten.order_by("naam")), periode=next(iter(self.perioden), "")
        )
        self._choices("periode", [(code, naam) for code, (naam, _) in self.perioden.items()])


def periods(publicaties: Sequence[Publicatie]) -> dict[str, tuple[str, list[Publicatie]]]:
    """What can be chosen, newest first: name and quarters by code ("2026-K3", "2025")."""
    uit: dict[str, tuple[str, list[Publicatie]]] = {}
    per_jaar: dict[int, list[Publicatie]] = {}
    for publicatie in publicaties:
        uit[publicatie.code] = (str(publicatie), [publicatie])
        per_jaar.setdefault(publicatie.kwartaal.year, []).append(publicatie)
    heel = {str(jaar): (f"Heel {jaar}", rij) for jaar, rij in per_jaar.items() if len(rij) == 4}
    return uit | heel


@dataclass(frozen=True)
class Buitentabel:
    """A list: the rows, and those of a long list of which nothing is shown, in the order of that list."""

    naam: str
    rijen: list[Rij]
    dicht: list[Rij]


class Overzicht:
    """The figures of one choice, as tables."""

    def __init__(self, keuze: BuitenKeuze, publicaties: Sequence[Publicatie]) -> None:
        self.publicaties = publicaties
        self.naam, self.kwartalen = keuze.perioden[keuze.cleaned_data["periode"]]
        self.infopunten = keuze.gekozen
        self.is_alles = len(self.infopunten) == len(keuze.infopunten)

    @cached_property
    def _cijfers(self) -> list[Buitencijfer]:
        return list(
            Buitencijfer.objects.filter(publicatie__in=self.kwartalen).order_by("publicatie_id", "pk")
        )

    @cached_property
    def totaal(self) -> Cel:
        """All questions of the choice."""
        return add_up(self._of(Onderdeel.VRAGEN))

    @cached_property
    def per_infopunt(self) -> Buitentabel:
        per_infopunt: dict[int | None, list[Buitencijfer]] = {}
        for cijfer in self._cijfers:
            if cijfer.onderdeel == Onderdeel.VRAGEN:
                per_infopunt.setdefault(cijfer.infopunt_id, []).append(cijfer)
        rijen = [(infopunt.naam, add_up(per_infopunt.get(infopunt.pk, []))) for infopunt in self.infopunten]
        return _table("Vragen per infopunt", rijen)

    @property
    def kolommen(self) -> list[list[Buitentabel]]:
        """What there is for this choice of desks, in two columns."""
        links, rechts = (
            [self._table(deel) for deel in delen if self.is_alles or deel in PER_INFOPUNT]
            for delen in (LINKS, RECHTS)
        )
        return [[self.per_infopunt, *links], rechts]

    @property
    def tabellen(self) -> list[Buitentabel]:
        return [tabel for kolom in self.kolommen for tabel in kolom]

    def _table(self, onderdeel: Onderdeel) -> Buitentabel:
        """Categories as they were called most recently; where there are many, the largest first and what is hidden
        apart."""
        per_sleutel: dict[str, list[Buitencijfer]] = {}
        for cijfer in self._of(onderdeel):
            per_sleutel.setdefault(cijfer.sleutel, []).append(cijfer)
        rijen = [(cijfers[-1].naam, add_up(cijfers)) for cijfers in per_sleutel.values()]
        naam = str(onderdeel.label)
        if onderdeel not in GROOTSTE_EERST:
            return _table(naam, rijen)
        zichtbaar = sorted(
            (rij for rij in rijen if not rij[1].verborgen), key=lambda rij: -(rij[1].waarde or 0)
        )
        return _table(naam, zichtbaar, [rij for rij in rijen if rij[1].verborgen])

    def _of(self, onderdeel: Onderdeel) -> list[Buitencijfer]:
        """All desks together are a figure of their own: sharper than the sum of what the desks may show."""
        pks = [None] if self.is_alles else [infopunt.pk for infopunt in self.infopunten]
        return [c for c in self._cijfers if c.onderdeel == onderdeel and c.infopunt_id in pks]

    @cached_property
    def _kwartalen_tot(self) -> list[Publicatie]:
        """Oldest first, up to the last quarter of the choice."""
        laatste = max(p.kwartaal for p in self.kwartalen)
        kwartalen = sorted((p for p in self.publicaties if p.kwartaal <= laatste), key=lambda p: p.kwartaal)
        return kwartalen[-KWARTALEN_IN_GRAFIEK:]

    @cached_property
    def trend(self) -> Tabel:
        """Questions per quarter and desk, and together."""
        kwartalen = self._kwartalen_tot
        cijfers = {
            (c.publicatie_id, c.infopunt_id): cel_of(c)
            for c in Buitencijfer.objects.filter(publicatie__in=kwartalen, onderdeel=Onderdeel.VRAGEN)
        }
        kolommen: list[tuple[str, int | None]] = [(i.naam, i.pk) for i in self.infopunten]
        if self.is_alles and len(kolommen) > 1:
            kolommen.append(("samen", None))
        niets = Cel(None, "–")
        rijen = [Rij(str(p), [cijfers.get((p.kwartaal, pk), niets) for _, pk in kolommen]) for p in kwartalen]
        return Tabel("Vragen per kwartaal", "Kwartaal", [naam for naam, _ in kolommen], rijen)

    @cached_property
    def grafiek(self) -> Lijngrafiek | None:
        """Lines of the desks that are shown in every quarter; None when there is no line to draw."""
        lijnen = [
            Reeks(naam, [rij.cellen[nummer].waarde for rij in self.trend.rijen])  # type: ignore[misc]
            for nummer, naam in enumerate(self.trend.kolommen)
            if not any(rij.cellen[nummer].verborgen for rij in self.trend.rijen)
        ]
        if len(self.trend.rijen) < 2 or not lijnen:
            return None
        namen = [str(p.kwartaal.year) if p.nummer == 1 else f"K{p.nummer}" for p in self._kwartalen_tot]
        lijnen.sort(key=lambda lijn: -lijn.waarden[-1])
        return Lijngrafiek(namen, lijnen[:HOOGSTENS_LIJNEN])


def cel_of(cijfer: Buitencijfer) -> Cel:
    return Cel(cijfer.aantal, cijfer.tekst)


def add_up(cijfers: Iterable[Buitencijfer]) -> Cel:
    """The sum of published figures. What is hidden is not in it, and it says so."""
    rij = list(cijfers)
    if len(rij) == 1:
        return cel_of(rij[0])
    som = sum(cijfer.aantal or 0 for cijfer in rij)
    if not som:
        return Cel(None, VERBORGEN)
    is_heel = all(cijfer.aantal is not None for cijfer in rij)
    return open_cel(som) if is_heel else Cel(som, f"{som} + {VERBORGEN}")


def _table(naam: str, rijen: Sequence[tuple[str, Cel]], dicht: Sequence[tuple[str, Cel]] = ()) -> Buitentabel:
    breedten = widths([cel for _, cel in rijen])
    return Buitentabel(
        naam,
        [Rij(rijnaam, [cel], breedte) for (rijnaam, cel), breedte in zip(rijen, breedten, strict=True)],
        [Rij(rijnaam, [cel]) for rijnaam, cel in dicht],
    )


def mark_opened(link: Buitenlink) -> None:
    """The one thing that looking changes: the coordinator sees whether a link is used."""
    Buitenlink.objects.filter(pk=link.pk).update(laatst_geopend_op=timezone.now())
