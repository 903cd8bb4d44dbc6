"""Which list the coordinator looks at, and what becomes of a proposal."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models

from infopunt.forms import FormMixin, TilesRadioSelect
from sociale_kaart.beheer import LIJSTEN as LIJSTEN_BEHEER
from sociale_kaart.controle import current_value
from sociale_kaart.models import Aanbod, Organisatie, Voorstel
from sociale_kaart.voorstellijsten import LIJSTEN

JA, NEE = "ja", "nee"


class LijstForm(FormMixin, forms.Form):
    """Which list; a bad choice says so."""

    lijst = forms.ChoiceField(
        label="Lijst", choices=[(lijst.naam, lijst.titel) for lijst in LIJSTEN_BEHEER], required=False
    )


@dataclass(frozen=True)
class Wens:
    """One field of a proposal in words; `nu` is what the map says when that is not what it was."""

    naam: str
    label: str
    was: list[str]
    wordt: list[str]
    besluit: bool | None
    nu: list[str] | None
    keuze: forms.BoundField | None = None


class BesluitForm(FormMixin, forms.Form):
    """Per field of a proposal: take it over, or not. `alles` takes over all that is open."""

    toon_mag_leeg = False
    versie = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, voorstel: Voorstel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voorstel = voorstel
        self.initial["versie"] = voorstel.versie
        for naam in self.open_velden:
            self.fields[naam] = forms.ChoiceField(
                label=f"{field_label(voorstel, naam)} overnemen?",
                choices=[(JA, "Neem over"), (NEE, "Laat zoals het was")],
                required=False,
                widget=TilesRadioSelect(icons={JA: "check", NEE: "x"}, columns=2),
            )

    @property
    def open_velden(self) -> list[str]:
        return [naam for naam, wens in self.voorstel.velden.items() if wens["besluit"] is None]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if "alles" not in self.data and not any(schoon.get(naam) for naam in self.open_velden):
            raise forms.ValidationError("Kies bij minstens één onderdeel wat ermee moet gebeuren.")
        return schoon

    @property
    def besluiten(self) -> dict[str, bool]:
        """What was chosen, once valid."""
        if "alles" in self.data:
            return dict.fromkeys(self.open_velden, True)
        gekozen = {naam: self.cleaned_data.get(naam) for naam in self.open_velden}
        return {naam: keuze == JA for naam, keuze in gekozen.items() if keuze}

    def wensen(self) -> list[Wens]:
        """Every field with what it was and becomes, for a person who compares."""
        doel = self.voorstel.aanbod or self.voorstel.organisatie
        return [self._wens(doel, naam, wens) for naam, wens in self.voorstel.velden.items()]

    def _wens(self, doel: Aanbod | Organisatie, naam: str, wens: dict[str, Any]) -> Wens:
        openstaand = wens["besluit"] is None
        nu = current_value(doel, naam) if openstaand else wens["was"]
        return Wens(
            naam,
            field_label(self.voorstel, naam),
            was=in_words(doel, naam, wens["was"]),
            wordt=in_words(doel, naam, wens["wordt"]),
            besluit=wens["besluit"],
            nu=None if nu in (wens["was"], wens["wordt"]) else in_words(doel, naam, nu),
            keuze=self[naam] if openstaand else None,
        )


def field_label(voorstel: Voorstel, naam: str) -> str:
    """ "Voor wie", as the map calls the field."""
    if naam in LIJSTEN:
        tekst = LIJSTEN[naam].model._meta.verbose_name_plural
    else:
        tekst = (voorstel.aanbod or voorstel.organisatie)._meta.get_field(naam).verbose_name  # type: ignore[union-attr]
    return str(tekst)[:1].upper() + str(tekst)[1:]


def in_words(doel: Aanbod | Organisatie, naam: str, waarde: Any) -> list[str]:
    """A value as lines that a person can read; none for empty."""
    if naam in LIJSTEN:
        return LIJSTEN[naam].in_words(waarde)
    if isinstance(waarde, bool):
        return ["Ja" if waarde else "Nee"]
    if waarde is None or waarde in ("", []):
        return []
    veld: Any = doel._meta.get_field(naam)
    keuzes = dict((veld.base_field if isinstance(veld, ArrayField) else veld).flatchoices)
    if isinstance(waarde, list):
        return [", ".join(str(keuzes.get(code, code)) for code in waarde)]
    if isinstance(veld, models.TextField):
        return [regel for regel in str(waarde).splitlines() if regel.strip()]
    return [str(keuzes.get(waarde, waarde))]
