"""What a visitor fills in: the code on their card, and how it was."""

from typing import Any

from django import forms

from doorverwijzing.models import Waardering
from infopunt.forms import FormMixin, TilesRadioSelect
from infopunt.velden import PrivacyVeld

CIJFERS_KENMERK = 6


class KaartjeForm(FormMixin, forms.Form):
    """What stands on the visitor's card."""

    kenmerk = forms.CharField(
        label="Nummer van de verwijzing",
        max_length=20,
        help_text="Het staat rechtsboven op uw kaartje. Het begint met R.",
        error_messages={"required": "Vul het nummer in dat rechtsboven op uw kaartje staat."},
    )
    code = forms.CharField(
        label="Uw code",
        max_length=40,
        help_text="Twee woorden met een getal ertussen, zoals BOOM 12 VELD.",
        error_messages={"required": "Vul de code in die op uw kaartje staat."},
    )

    def clean_kenmerk(self) -> str:
        kenmerk: str = self.cleaned_data["kenmerk"]
        if sum(teken in "0123456789" for teken in kenmerk) != CIJFERS_KENMERK:
            raise forms.ValidationError("Dit nummer klopt niet. Het is een R met zes cijfers.")
        return kenmerk


class WaarderingForm(FormMixin, forms.Form):
    """A smiley; words only when somebody wants to."""

    smiley = forms.TypedChoiceField(
        label="Hoe bent u geholpen?",
        choices=Waardering.Smiley.choices,
        coerce=int,
        widget=TilesRadioSelect(
            icons={3: "smile", 2: "meh", 1: "frown"},
            spots={3: "groen", 2: "blauw", 1: "roze"},
            columns=3,
            variant="groot",
        ),
        error_messages={"required": "Kies een gezichtje.", "invalid_choice": "Kies een gezichtje."},
    )
    tekst = PrivacyVeld(
        label="Wilt u er iets bij zeggen?",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text="Zonder namen of nummers.",
        error_messages={"max_length": "Houd het bij 300 tekens; het zijn er nu %(show_value)d."},
    )

    def waardering(self) -> dict[str, Any]:
        return {"smiley": self.cleaned_data["smiley"], "tekst": self.cleaned_data["tekst"]}


class WaarderingMetKaartjeForm(WaarderingForm, KaartjeForm):
    """The same, from home, with the card."""

    field_order = ["smiley", "tekst", "kenmerk", "code"]
