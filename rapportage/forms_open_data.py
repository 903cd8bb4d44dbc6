"""The form that opens the figures to everybody."""

from django import forms

from infopunt.forms import FormMixin
from rapportage.models import OpenData


class OpenDataForm(FormMixin, forms.ModelForm):
    licentie_adres = forms.URLField(
        label="Waar staat die licentie?",
        assume_scheme="https",
        error_messages={"invalid": "Dit is geen webadres. Het begint met https://."},
    )

    class Meta:
        model = OpenData
        fields = ["aan", "licentie", "licentie_adres"]
        labels = {
            "aan": "Iedereen mag de cijfers zien en gebruiken",
            "licentie": "Onder welke licentie?",
        }
