"""Which changes a coordinator looks at."""

from django import forms

from infopunt.forms import FormMixin
from sociale_kaart.geschiedenis import GROEPEN
from sociale_kaart.models import Organisatie


class GeschiedenisForm(FormMixin, forms.Form):
    """Of which organisation, and about what; a bad choice says so."""

    organisatie = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Organisatie.objects.all(),
        required=False,
        empty_label="Alle organisaties",
    )
    groep = forms.ChoiceField(
        label="Wat",
        choices=[("", "Alles"), *((naam, titel.capitalize()) for naam, (titel, _) in GROEPEN.items())],
        required=False,
    )
