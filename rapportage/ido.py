"""Our questions in the categories of the national library's form for an IDO (Informatiepunt Digitale Overheid).

A subtopic without a category of its own counts as its main topic does. The categories that come along are a start:
the three parts and the organisations are those that the national library names in public, the form itself is only
visible to who logs in there. So all of it can be changed, and the page says so.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

from django import forms
from django.db import transaction
from django.http import QueryDict
from django.utils.formats import date_format

from balie.models import Infopunt
from infopunt.forms import FormMixin
from rapportage import kwartalen
from rapportage.forms import KeuzeForm
from rapportage.models import IdoCategorie, IdoKoppeling
from rapportage.periode import Periode, add_months
from rapportage.tellen import Facet, Selectie, tel
from sociale_kaart.models import Onderwerp

BESTAND = Path(__file__).parent / "gegevens" / "ido.json"
MAANDEN_TERUG = 24
KWARTALEN_TERUG = 8
TELT_NIET = "0"


@transaction.atomic
def load_defaults() -> None:
    """The categories that come along, and what our own topics count as. What is there already stays."""
    gegevens = json.loads(BESTAND.read_text())
    IdoCategorie.objects.bulk_create(
        (IdoCategorie(volgorde=nummer, **rij) for nummer, rij in enumerate(gegevens["categorieen"], 1)),
        ignore_conflicts=True,
    )
    categorieen = {categorie.naam: categorie for categorie in IdoCategorie.objects.all()}
    onderwerpen = Onderwerp.objects.filter(extern_id__in=gegevens["koppelingen"])
    IdoKoppeling.objects.bulk_create(
        (
            IdoKoppeling(onderwerp=o, categorie=categorieen[gegevens["koppelingen"][o.extern_id]])
            for o in onderwerpen
        ),
        ignore_conflicts=True,
    )


class IdoKeuze(KeuzeForm):
    """A month or quarter, and desks; last month at all desks without a choice."""

    def __init__(self, data: QueryDict, *, infopunten: list[Infopunt], vandaag: date) -> None:
        self.maanden = _months(vandaag)
        self.kwartalen = _quarters(vandaag)
        super().__init__(data, infopunten=infopunten, periode=next(iter(self.maanden)))
        self._choices(
            "periode",
            [
                ("Maand", [(code, naam) for code, (naam, _) in self.maanden.items()]),
                ("Kwartaal", [(code, naam) for code, (naam, _) in self.kwartalen.items()]),
            ],
        )

    @property
    def periode_gekozen(self) -> tuple[str, Periode]:
        keuze: tuple[str, Periode] = (self.maanden | self.kwartalen)[self.cleaned_data["periode"]]
        return keuze


def _months(vandaag: date) -> dict[str, tuple[str, Periode]]:
    """Finished months, newest first."""
    deze = vandaag.replace(day=1)
    eerste_dagen = [add_months(deze, -n) for n in range(1, MAANDEN_TERUG + 1)]
    return {
        f"{dag:%Y-%m}": (
            date_format(dag, "F Y"),
            Periode(dag, date.fromordinal(add_months(dag, 1).toordinal() - 1)),
        )
        for dag in eerste_dagen
    }


def _quarters(vandaag: date) -> dict[str, tuple[str, Periode]]:
    """Finished quarters, newest first."""
    dit = kwartalen.quarter_of(vandaag)
    eerder = [add_months(dit, -kwartalen.MAANDEN * n) for n in range(1, KWARTALEN_TERUG + 1)]
    return {kwartalen.code_of(k): (kwartalen.title_of(k), kwartalen.days_of(k)) for k in eerder}


@dataclass(frozen=True)
class IdoRij:
    naam: str
    aantallen: list[int]  # per desk

    @property
    def samen(self) -> int:
        return sum(self.aantallen)


@dataclass(frozen=True)
class IdoGroep:
    naam: str
    rijen: list[IdoRij]


class IdoOverzicht:
    """Questions per category and desk, in the order of the form."""

    def __init__(self, keuze: IdoKeuze) -> None:
        self.naam, self.periode = keuze.periode_gekozen
        self.infopunten = keuze.gekozen
        self.categorieen = list(IdoCategorie.objects.current().order_by("groep", "volgorde", "naam"))

    @cached_property
    def _tellingen(self) -> Counter[tuple[int, int | str | None]]:
        """Per (desk, category); TELT_NIET for what does not count, None for what has no category yet."""
        indeling = mapping()
        [telling] = tel([self.periode], Selectie(tuple(infopunt.pk for infopunt in self.infopunten)))
        uit: Counter[tuple[int, int | str | None]] = Counter()
        for (facet, infopunt, waarde), aantal in telling.aantallen.items():
            if facet == Facet.ONDERWERP:
                uit[infopunt, indeling[int(waarde)]] += aantal
        return uit

    @cached_property
    def groepen(self) -> list[IdoGroep]:
        volgorde = IdoCategorie.Groep.values
        op_volgorde = sorted(self.categorieen, key=lambda categorie: volgorde.index(categorie.groep))
        return [
            IdoGroep(str(IdoCategorie.Groep(groep).label), [self._row(c.naam, c.pk) for c in rij])
            for groep, rij in groupby(op_volgorde, key=lambda categorie: categorie.groep)
        ]

    @property
    def samen(self) -> IdoRij:
        rijen = [rij for groep in self.groepen for rij in groep.rijen]
        per_infopunt = [sum(aantallen) for aantallen in zip(*(rij.aantallen for rij in rijen), strict=True)]
        return IdoRij("Samen op het formulier", per_infopunt or [0] * len(self.infopunten))

    @property
    def telt_niet(self) -> IdoRij:
        return self._row("Telt niet mee", TELT_NIET)

    @property
    def onbekend(self) -> IdoRij:
        return self._row("Nog geen categorie", None)

    def _row(self, naam: str, sleutel: int | str | None) -> IdoRij:
        return IdoRij(naam, [self._tellingen[infopunt.pk, sleutel] for infopunt in self.infopunten])


def mapping() -> dict[int, int | str | None]:
    """What each topic counts as: a category, TELT_NIET, or None when nobody decided or the category was retired."""
    eigen: dict[int, int | str | None] = {}
    for onderwerp, categorie, vervallen in IdoKoppeling.objects.values_list(
        "onderwerp", "categorie", "categorie__vervallen"
    ):
        if not vervallen:
            eigen[onderwerp] = categorie or TELT_NIET
    onderwerpen = Onderwerp.objects.values_list("pk", "ouder")
    return {pk: eigen.get(pk, eigen.get(ouder) if ouder else None) for pk, ouder in onderwerpen}


class KoppelForm(FormMixin, forms.Form):
    """A choice per topic: a category, "telt niet mee", or nothing."""

    toon_mag_leeg = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hoofd = list(Onderwerp.objects.main().prefetch_related("kinderen"))
        eigen = {k.onderwerp_id: k for k in IdoKoppeling.objects.select_related("categorie")}
        categorieen = [(str(c.pk), c.naam) for c in IdoCategorie.objects.current()]
        for onderwerp, leeg in self._topics():
            koppeling = eigen.get(onderwerp.pk)
            self.fields[f"o{onderwerp.pk}"] = forms.ChoiceField(
                label=onderwerp.naam,
                required=False,
                choices=[("", leeg), *categorieen, (TELT_NIET, "Telt niet mee")],
                initial=_chosen(koppeling),
                widget=forms.Select(attrs={"class": "invoer kies"}),
                error_messages={"invalid_choice": "Deze categorie is er niet meer. Kies een andere."},
            )

    def _topics(self) -> Sequence[tuple[Onderwerp, str]]:
        uit: list[tuple[Onderwerp, str]] = []
        for onderwerp in self.hoofd:
            uit.append((onderwerp, "Nog niet gekozen"))
            uit += [(kind, "Zoals het hoofdonderwerp") for kind in onderwerp.kinderen.all()]
        return uit

    @property
    def groepen(self) -> list[tuple[Any, list[Any], int]]:
        """Per main topic: its field, those of its subtopics, and how many of those have a choice of their own."""
        uit = []
        for onderwerp in self.hoofd:
            kinderen = [self[f"o{kind.pk}"] for kind in onderwerp.kinderen.all()]
            eigen = sum(bool(veld.value()) for veld in kinderen)
            uit.append((self[f"o{onderwerp.pk}"], kinderen, eigen))
        return uit

    @transaction.atomic
    def save(self) -> None:
        for onderwerp, _ in self._topics():
            keuze = self.cleaned_data[f"o{onderwerp.pk}"]
            if not keuze:
                IdoKoppeling.objects.filter(onderwerp=onderwerp).delete()
                continue
            categorie = None if keuze == TELT_NIET else int(keuze)
            IdoKoppeling.objects.update_or_create(onderwerp=onderwerp, defaults={"categorie_id": categorie})


def _chosen(koppeling: IdoKoppeling | None) -> str:
    if koppeling is None or (koppeling.categorie and koppeling.categorie.vervallen):
        return ""
    return str(koppeling.categorie_id or TELT_NIET)


class CategorieForm(FormMixin, forms.ModelForm):
    """A line of the table: the column says what a field is, so its label is only read aloud."""

    class Meta:
        model = IdoCategorie
        fields = ["volgorde", "naam", "groep", "vervallen"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wat = self.instance.naam or "nieuwe categorie"
        for naam in ("volgorde", "naam", "groep"):
            veld = self.fields[naam]
            veld.widget.attrs |= {"aria-label": f"{str(veld.label).capitalize()}: {wat}", "class": "invoer"}
        self.fields["groep"].widget.attrs["class"] = "invoer kies"


CategorieFormSet = forms.modelformset_factory(IdoCategorie, form=CategorieForm, extra=1)
