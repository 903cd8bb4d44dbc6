"""Forms for what is taken along: the words in a progress report, and a file over several years."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import cached_property

from infopunt.forms import FormMixin
from infopunt.velden import PrivacyVeld
from rapportage import meerjaren
from rapportage.kwartalen import MAANDEN, name_of, quarters
from rapportage.models import Verslag
from rapportage.periode import add_months
from sociale_kaart.bewerkformulier import IEMAND_ANDERS, NOG_EEN_KEER, fingerprint

LANGSTE_TEKST = 4000
KEUZE_KWARTALEN = 40  # ten years back


def _tekst(label: str, help_text: str) -> PrivacyVeld:
    return PrivacyVeld(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LANGSTE_TEKST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class VerslagForm(FormMixin, forms.Form):
    """The coordinator's words. Carries what its sender saw, so that two people lose nothing of each other.

    What somebody else changed meanwhile and the sender left alone stays as the other made it. What both changed is
    shown with both values, and saving again means it.
    """

    toon_mag_leeg = False

    voorwoord = _tekst("Voorwoord", "Komt voorin. Wat moet de lezer als eerste weten?")
    vragen = _tekst(
        "Bij de vragen", "Waarom ging het hierover? Was er iets bijzonders, zoals een actie of een brief?"
    )
    mensen = _tekst("Bij wie er kwamen", "Wie weten ons te vinden, en wie nog niet?")
    hulp = _tekst("Bij hoe we hielpen", "Hoe ging het met verwijzen? Wat missen we in de gemeente?")
    vooruitblik = _tekst("Vooruitblik", "Wat gaan jullie de komende tijd doen?")

    def __init__(self, data: Mapping[str, Any] | None = None, *, verslag: Verslag) -> None:
        self.nu = {naam: getattr(verslag, naam) for naam in self.base_fields}
        super().__init__(data, initial=self.nu)

    @cached_property
    def gezien(self) -> dict[str, str]:
        """Per field a fingerprint of what the sender saw."""
        if not self.is_bound:
            return {naam: fingerprint(tekst) for naam, tekst in self.nu.items()}
        try:
            gezien = json.loads(self.data.get("versie", ""))
        except ValueError:
            return {}
        return gezien if isinstance(gezien, dict) else {}

    @property
    def versie(self) -> str:
        """What the next sender has seen: of what both changed the newest, of the rest what it was."""
        nieuw = {naam: fingerprint(self.nu[naam]) for naam in self.errors if self.has_error(naam, "botsing")}
        return json.dumps(self.gezien | nieuw)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for naam in list(data):
            getypt = data[naam] = "\n".join(data[naam].splitlines())
            nu = self.nu[naam]
            if self.gezien.get(naam) == fingerprint(nu) or getypt == nu:
                continue
            if self.gezien.get(naam) == fingerprint(getypt):
                data[naam] = nu
            else:
                melding = f"{IEMAND_ANDERS} Er staat nu: ‘{nu or 'niets'}’. {NOG_EEN_KEER}"
                self.add_error(naam, forms.ValidationError(melding, code="botsing"))
        return data


class MeerjarenForm(FormMixin, forms.Form):
    """From which quarter up to which; only quarters that nothing is added to any more."""

    eerste = forms.ChoiceField(
        label="Eerste kwartaal",
        error_messages={"invalid_choice": "Dit kwartaal kan niet. Kies er een uit de lijst."},
    )
    laatste = forms.ChoiceField(
        label="Laatste kwartaal",
        error_messages={"invalid_choice": "Dit kwartaal kan niet. Kies er een uit de lijst."},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, vandaag: date) -> None:
        nieuwste = meerjaren.last_finished(vandaag)
        oudste = add_months(nieuwste, -MAANDEN * (meerjaren.HOOGSTENS_KWARTALEN - 1))
        super().__init__(data, initial={"eerste": str(oudste), "laatste": str(nieuwste)})
        kwartalen = quarters(add_months(nieuwste, -MAANDEN * (KEUZE_KWARTALEN - 1)), nieuwste)
        keuzes = [(str(kwartaal), name_of(kwartaal)) for kwartaal in reversed(kwartalen)]
        for veld in self.fields.values():
            veld.choices = keuzes  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if "eerste" not in data or "laatste" not in data:
            return data
        data |= {naam: date.fromisoformat(data[naam]) for naam in ("eerste", "laatste")}
        aantal = len(quarters(data["eerste"], data["laatste"]))
        if aantal < 1:
            self.add_error("laatste", "Het laatste kwartaal ligt voor het eerste. Draai ze om.")
        elif aantal > meerjaren.HOOGSTENS_KWARTALEN:
            self.add_error("laatste", f"Kies hoogstens {meerjaren.HOOGSTENS_KWARTALEN // 4} jaar.")
        return data
