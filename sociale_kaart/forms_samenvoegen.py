"""Which of two values stays, field by field; and which two things it is about."""

from typing import Any

from django import forms

from infopunt.forms import FormMixin, TilesRadioSelect
from sociale_kaart.models import Organisatie
from sociale_kaart.samenvoegen import Ding, differing
from sociale_kaart.wijziging import Woorden

BLIJFT, GAAT = "blijft", "gaat"


class SamenvoegForm(FormMixin, forms.Form):
    """A choice for each column that differs; what says something goes before what is empty."""

    toon_mag_leeg = False

    def __init__(self, data: Any = None, *, blijft: Ding, gaat: Ding) -> None:
        super().__init__(data)
        self.kolommen = differing(blijft, gaat)
        model = type(blijft)
        staten = [{kolom: getattr(ding, kolom) for kolom in self.kolommen} for ding in (blijft, gaat)]
        woorden = Woorden.of(model, staten)
        for kolom in self.kolommen:
            een, ander = (woorden.value(model, kolom, staat[kolom]) for staat in staten)
            veld = next(v for v in model._meta.concrete_fields if v.attname == kolom)
            self.fields[kolom] = forms.ChoiceField(
                label=str(veld.verbose_name).capitalize(),
                choices=[(BLIJFT, een or "leeg"), (GAAT, ander or "leeg")],
                initial=BLIJFT if een else GAAT,
                widget=TilesRadioSelect(columns=2, variant="rij"),
            )

    @property
    def gekozen(self) -> list[str]:
        """The columns of which the value of the one that goes counts."""
        return [kolom for kolom in self.kolommen if self.cleaned_data[kolom] == GAAT]


class TweeForm(FormMixin, forms.Form):
    """Two organisations that are one, when nothing suggests them."""

    een = forms.ModelChoiceField(
        label="Deze blijft", queryset=Organisatie.objects.current(), empty_label="Kies een organisatie"
    )
    ander = forms.ModelChoiceField(
        label="Deze gaat erin op", queryset=Organisatie.objects.current(), empty_label="Kies een organisatie"
    )

    def clean(self) -> dict[str, Any]:
        gekozen: dict[str, Any] = super().clean() or {}
        if gekozen.get("een") and gekozen.get("een") == gekozen.get("ander"):
            self.add_error("ander", "Kies twee verschillende organisaties.")
        return gekozen
