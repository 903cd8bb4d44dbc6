"""Counting quick questions: one tap on a button is one question, stored like any other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.db.models import Count, Q

from balie.models import Infopunt
from infopunt.forms import FormMixin, TilesRadioSelect
from infopunt.velden import PrivacyVeld
from registratie.actions import UUID_VERSION, AndereVraag, register_vraag
from registratie.keuzes import gegroepeerde_onderwerpen
from registratie.models import (
    WIJZEN_MET_ORGANISATIE,
    Geslacht,
    Herkomst,
    Leeftijdsgroep,
    Turfknop,
    Vraag,
    Wijze,
)
from sociale_kaart.models import Onderwerp

# What a quick question is answered with; a referral needs to say to whom.
WIJZEN = [wijze for wijze in Wijze if wijze not in WIJZEN_MET_ORGANISATIE]
ICONEN = {
    "printer": "printer",
    "copy": "kopie",
    "map-pin": "plek",
    "signpost": "wegwijzer",
    "mailbox": "brievenbus",
    "dog": "hond",
    "wifi": "wifi",
    "smartphone": "telefoon",
    "clock": "klok",
    "newspaper": "krant",
    "file-text": "papier",
    "train-front": "trein",
    "bus": "bus",
    "recycle": "afval",
    "coffee": "koffie",
    "book-open": "boek",
    "id-card": "pas",
    "calendar-days": "agenda",
    "toilet": "wc",
    "lightbulb": "idee",
    "tally-5": "streepjes",
    "ellipsis": "iets anders",
}


@dataclass(frozen=True)
class Stand:
    """A button with today's tally; `id` is for the next tap, where the browser makes none."""

    knop: Turfknop
    aantal: int
    id: UUID


def knoppen_for(infopunt: Infopunt) -> list[Turfknop]:
    """The buttons of a desk: the ones that stand everywhere and its own."""
    return list(Turfknop.objects.filter(Q(infopunt=None) | Q(infopunt=infopunt)))


def standen(infopunt: Infopunt, nu: datetime) -> list[Stand]:
    """Every button of a desk with how often it was tapped there today."""
    vandaag = Vraag.objects.filter(infopunt=infopunt, turfknop__isnull=False).on_day_of(nu)
    aantallen = Counter(dict(vandaag.values_list("turfknop").annotate(n=Count("pk"))))
    return [Stand(knop, aantallen[knop.pk], uuid4()) for knop in knoppen_for(infopunt)]


def tap(*, id: UUID, infopunt: Infopunt, knop: Turfknop, nu: datetime) -> Vraag | None:
    """Count one question. The same tap again counts once; an undone one stays undone: None."""
    try:
        return register_vraag(
            id=id,
            moment=nu,
            herkomst=Herkomst.TURF,
            infopunt=infopunt,
            onderwerp=knop.onderwerp,
            leeftijdsgroep=Leeftijdsgroep.NIET_GEVRAAGD,
            geslacht=Geslacht.NIET_GEVRAAGD,
            wijze=knop.wijze,
            organisatie=None,
            turfknop=knop,
        )
    except AndereVraag:  # the button was changed between the tap and its copy
        return Vraag.objects.get(pk=id)


class TikForm(forms.Form):
    """One tap: on which button, at the desk the page was about, under an id of its own."""

    id = forms.UUIDField()
    infopunt = forms.ModelChoiceField(Infopunt.objects.none())
    knop = forms.ModelChoiceField(Turfknop.objects.select_related("onderwerp"))

    def __init__(self, *args: Any, infopunten: Sequence[Infopunt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["infopunt"].queryset = Infopunt.objects.filter(  # type: ignore[attr-defined]
            pk__in=[infopunt.pk for infopunt in infopunten]
        )

    def clean_id(self) -> UUID:
        id: UUID = self.cleaned_data["id"]
        if id.version != UUID_VERSION:
            raise forms.ValidationError("Dit nummer kan niet.")
        return id

    def clean(self) -> dict[str, Any]:
        knop, infopunt = self.cleaned_data.get("knop"), self.cleaned_data.get("infopunt")
        if knop and infopunt and knop.infopunt_id not in {None, infopunt.pk}:
            self.add_error("knop", "Deze knop hoort bij een ander infopunt.")
        return self.cleaned_data


class TurfknopForm(FormMixin, forms.ModelForm):
    """Add or change a button."""

    naam = PrivacyVeld(label="Naam op de knop", max_length=Turfknop._meta.get_field("naam").max_length)
    icoon = forms.ChoiceField(
        label="Plaatje",
        choices=list(ICONEN.items()),
        initial="tally-5",
        widget=TilesRadioSelect(icons={naam: naam for naam in ICONEN}, columns=6),
    )
    onderwerp = forms.ModelChoiceField(Onderwerp.objects.all(), label="Telt als", empty_label=None)
    wijze = forms.ChoiceField(
        label="Hoe hielp je?",
        choices=[(wijze.value, wijze.label) for wijze in WIJZEN],
        widget=TilesRadioSelect(columns=3),
        initial=Wijze.ZELF_BEANTWOORD,
    )

    class Meta:
        model = Turfknop
        fields = ["naam", "infopunt", "onderwerp", "wijze", "icoon", "volgorde"]
        labels = {"infopunt": "Waar?", "volgorde": "Plaats in de rij"}
        help_texts = {"volgorde": "Een lager getal staat eerder. Gelijk? Dan op naam."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["infopunt"].empty_label = "Alle infopunten"  # type: ignore[attr-defined]
        self.fields["infopunt"].required = False
        self.fields["onderwerp"].choices = [  # type: ignore[attr-defined]
            ("", "Kies een onderwerp"),
            *gegroepeerde_onderwerpen(),
        ]
