"""The form for a word that people say and what the map calls it."""

from typing import Any

from django import forms

from infopunt.forms import FormMixin
from infopunt.velden import PrivacyVeld
from sociale_kaart.models import Aanbod, Onderwerp, Zoekwoord
from sociale_kaart.zoekgeheugen import finds

LANGSTE_LIJST = 300


class ZoekwoordForm(FormMixin, forms.ModelForm):
    """What is typed must be found: a word that leads nowhere helps nobody."""

    woord = PrivacyVeld(label="Wat mensen zeggen", max_length=80)
    vakwoord = PrivacyVeld(
        label="Hoort bij",
        max_length=80,
        help_text="Een woord of naam die op de kaart staat. Kies uit de lijst of typ zelf.",
        widget=forms.TextInput(attrs={"list": "vakwoorden", "autocomplete": "off"}),
    )

    class Meta:
        model = Zoekwoord
        fields = ["woord", "vakwoord"]

    def clean_vakwoord(self) -> str:
        vakwoord: str = self.cleaned_data["vakwoord"]
        if not finds(vakwoord):
            raise forms.ValidationError("Hier vinden we niets bij. Kies een woord dat op de kaart staat.")
        return vakwoord


def vakwoorden() -> list[Any]:
    """Topics and offers to choose from while typing."""
    onderwerpen = Onderwerp.objects.order_by("naam").values_list("naam", flat=True)
    aanbod = Aanbod.objects.current().order_by("naam").values_list("naam", flat=True)
    return list(dict.fromkeys([*onderwerpen, *aanbod[:LANGSTE_LIJST]]))
