"""The parts of an organisation and of an offer that people edit: which fields and rows each has.

A part (`Deel`) is small enough to read at a glance and to change in one go. Its form: bewerkformulier.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.db.models import Model
from django.template.defaultfilters import date as datum

from sociale_kaart.forms_bewerken import (
    BereikForm,
    BewerkForm,
    ContactForm,
    EigenVoorwaardenForm,
    EigenWatForm,
    LocatieForm,
    OnderwerpForm,
    OrganisatieForm,
    PersoonForm,
    TeamAanbodForm,
    TeamOrganisatieForm,
    VoorwaardenForm,
    WatForm,
)
from sociale_kaart.forms_tijden import MededelingForm, TijdForm, UitzonderingForm
from sociale_kaart.models import AanbodContact, Groep, Locatie, Mededeling, Openingstijd, Uitzondering
from sociale_kaart.tijden import beschrijf_uren
from sociale_kaart.voorstellijsten import time_in_words


@dataclass(frozen=True)
class Rijen:
    """A kind of rows in a part. `van(owner)` are those there are, `maak(owner)` is a new one, `woorden(row)` one line.

    `sleutel` is the field no two rows may share; `leeg` says what it means that there are none.
    """

    naam: str
    titel: str
    een: str
    form: type[forms.ModelForm]
    van: Callable[[Any], Any]
    maak: Callable[[Any], Model]
    woorden: Callable[[Any], str]
    leeg: str
    template: str
    erbij: str
    op_volgorde: bool = False
    sleutel: str = ""
    form_kwargs: Callable[[Any], dict[str, Any]] = lambda eigenaar: {}


@dataclass(frozen=True)
class Deel:
    """A part that is edited in one go; `groep` is what is checked with it, `team` means nobody else sees it."""

    naam: str
    titel: str
    icoon: str
    forms: tuple[type[BewerkForm], ...] = ()
    rijen: tuple[Rijen, ...] = ()
    groep: Groep | None = None
    team: bool = False
    uitleg: str = ""

    def id(self, obj: Model) -> str:
        """The id of this part on a page, and the prefix of its fields."""
        return f"{obj._meta.model_name}-{obj.pk or 'nieuw'}-{self.naam}"


def _owner(eigenaar: Model) -> dict[str, Model]:
    """For what hangs on an organisation or on an offer: the name of the one it hangs on."""
    return {str(eigenaar._meta.model_name): eigenaar}


def _days(rij: Uitzondering | Mededeling) -> str:
    eerste, laatste = (datum(dag, "j F Y") for dag in (rij.van_dag, rij.tot_dag))
    return eerste if eerste == laatste else f"{eerste} t/m {laatste}"


def exception_in_words(rij: Uitzondering) -> str:
    wat = "dicht" if rij.is_dicht else f"open {beschrijf_uren(rij.van, rij.tot)}"
    return f"{_days(rij)}: {wat}" + (f" ({rij.reden})" if rij.reden else "")


def notice_in_words(rij: Mededeling) -> str:
    return f"{_days(rij)}: {rij.tekst}"


def _people(aanbod: Any) -> list[tuple[Any, str]]:
    personen = aanbod.organisatie.contactpersonen.all()
    return [("", "Kies een persoon"), *((persoon.pk, persoon.naam) for persoon in personen)]


def _places() -> list[tuple[Any, str]]:
    return [("", "Kies een plek"), *((locatie.pk, str(locatie)) for locatie in Locatie.objects.current())]


UITZONDERINGEN = Rijen(
    "uitzonderingen",
    "Dicht of andere tijden",
    "Uitzondering",
    UitzonderingForm,
    van=lambda eigenaar: eigenaar.uitzondering_set.all(),
    maak=lambda eigenaar: Uitzondering(**_owner(eigenaar)),
    woorden=exception_in_words,
    leeg="De vaste tijden gelden altijd.",
    template="sociale_kaart/_uitzonderingform.html",
    erbij="Nog een uitzondering",
)
MEDEDELINGEN = Rijen(
    "mededelingen",
    "Mededelingen",
    "Mededeling",
    MededelingForm,
    van=lambda eigenaar: eigenaar.mededeling_set.all(),
    maak=lambda eigenaar: Mededeling(**_owner(eigenaar)),
    woorden=notice_in_words,
    leeg="Geen mededelingen.",
    template="sociale_kaart/_mededelingform.html",
    erbij="Nog een mededeling",
)
TIJDEN = Rijen(
    "openingstijden",
    "Vaste tijden",
    "Tijd",
    TijdForm,
    van=lambda aanbod: aanbod.openingstijden.all(),
    maak=lambda aanbod: Openingstijd(aanbod=aanbod),
    woorden=time_in_words,
    leeg="Nog geen tijden.",
    template="sociale_kaart/_tijdform.html",
    erbij="Nog een tijd",
    form_kwargs=lambda aanbod: {"locaties": _places()},
)
CONTACTEN = Rijen(
    "contacten",
    "Naar wie vraag je?",
    "Persoon",
    ContactForm,
    van=lambda aanbod: aanbod.contacten.all(),
    maak=lambda aanbod: AanbodContact(aanbod=aanbod),
    woorden=str,
    leeg="Nog niemand. Dan staat hier de organisatie zelf.",
    template="sociale_kaart/bewerken/_rij_contact.html",
    erbij="Nog iemand",
    op_volgorde=True,
    sleutel="contactpersoon",
    form_kwargs=lambda aanbod: {"personen": _people(aanbod)},
)

ORGANISATIEDELEN = {
    deel.naam: deel
    for deel in [
        Deel("gegevens", "De organisatie", "building-2", (OrganisatieForm,)),
        Deel(
            "tijdelijk",
            "Tijdelijk, voor alles van deze organisatie",
            "calendar-x",
            rijen=(UITZONDERINGEN, MEDEDELINGEN),
            uitleg="Zoals een vakantie waarin alles dicht is.",
        ),
        Deel("team", "Alleen voor het team", "eye-off", (TeamOrganisatieForm,), team=True),
    ]
}
AANBODDELEN = {
    deel.naam: deel
    for deel in [
        Deel("wat", "Wat is het?", "hand-heart", (WatForm,)),
        Deel("tijden", "Wanneer en waar?", "clock", rijen=(TIJDEN,), groep=Groep.TIJDEN),
        Deel("contact", "Contact", "user", (BereikForm,), (CONTACTEN,), groep=Groep.CONTACT),
        Deel(
            "voorwaarden",
            "Voor wie en wat kost het?",
            "file-check",
            (VoorwaardenForm,),
            groep=Groep.VOORWAARDEN,
        ),
        Deel("tijdelijk", "Tijdelijk", "calendar-x", rijen=(UITZONDERINGEN, MEDEDELINGEN)),
        Deel("team", "Alleen voor het team", "eye-off", (TeamAanbodForm,), team=True),
    ]
}
# What a partner may propose for their own organisation: the same, without what is the desk's.
EIGEN_ORGANISATIEDELEN = {"gegevens": ORGANISATIEDELEN["gegevens"]}
EIGEN_AANBODDELEN = {
    "wat": replace(AANBODDELEN["wat"], forms=(EigenWatForm,)),
    "tijden": AANBODDELEN["tijden"],
    "contact": replace(AANBODDELEN["contact"], rijen=()),
    "voorwaarden": replace(AANBODDELEN["voorwaarden"], forms=(EigenVoorwaardenForm,)),
}
PERSOON = Deel("persoon", "Contactpersoon", "user", (PersoonForm,))
NIEUWE_ORGANISATIE = Deel("nieuw", "De organisatie", "building-2", (OrganisatieForm,))
NIEUW_AANBOD = Deel("nieuw", "Nieuw aanbod", "hand-heart", (WatForm, VoorwaardenForm))
LOCATIE = Deel("plek", "Plek", "map-pin", (LocatieForm,))
ONDERWERP = Deel("onderwerp", "Onderwerp", "tag", (OnderwerpForm,))


@dataclass(frozen=True)
class Feit:
    """A field or a kind of rows as it is read: `naam` is its key, `regels` what it says, in words."""

    naam: str
    label: str
    regels: tuple[str, ...]

    @property
    def tekst(self) -> str:
        return "\n".join(self.regels)


def facts(deel: Deel, obj: Any) -> list[Feit]:
    """What a part says now. Reads prefetched relations, so that a long list needs no query per row."""
    velden = [
        Feit(naam, str(veld.label), _lines(value_in_words(veld, form._meta.model._meta.get_field(naam), obj)))
        for form in deel.forms
        for naam, veld in form.base_fields.items()
    ]
    rijen = [
        Feit(soort.naam, soort.titel, tuple(soort.woorden(rij) for rij in (soort.van(obj) if obj.pk else ())))
        for soort in deel.rijen
    ]
    return velden + rijen


def _lines(tekst: str) -> tuple[str, ...]:
    return (tekst,) if tekst else ()


def value_in_words(veld: forms.Field, modelveld: Any, obj: Any) -> str:
    """The stored value of a field as the form would say it."""
    if modelveld.many_to_many and not obj.pk:
        return ""
    if isinstance(veld, forms.ModelChoiceField) and not modelveld.many_to_many:
        return in_words(veld, getattr(obj, modelveld.name))
    return in_words(veld, modelveld.value_from_object(obj))


def in_words(veld: forms.Field, waarde: Any) -> str:
    """A value of a form field as a person reads it; the same words mean the same value."""
    if isinstance(veld, forms.ModelMultipleChoiceField):
        return ", ".join(sorted(str(ding) for ding in waarde or ()))
    if isinstance(veld, forms.MultipleChoiceField):
        return ", ".join(str(label) for code, label in _choices(veld) if code in (waarde or ()))
    if isinstance(veld, (forms.NullBooleanField, forms.BooleanField)):
        return {True: "Ja", False: "Nee"}.get(waarde, "")
    if isinstance(veld, forms.ChoiceField) and not isinstance(veld, forms.ModelChoiceField):
        return "" if waarde in (None, "") else str(dict(_choices(veld)).get(waarde, waarde))
    return "" if waarde is None else str(waarde).replace("\r\n", "\n").strip()


def _choices(veld: Any) -> list[tuple[Any, Any]]:
    return list(veld.choices)
