"""Forms for putting files into the map."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from infopunt.forms import FormMixin
from sociale_kaart.invoer.lezen import BRON, MAX_BYTES
from sociale_kaart.invoer.onderwerpen import NIETS
from sociale_kaart.models import Onderwerp

TE_GROOT = f"Dit bestand is te groot. Het mag hoogstens {MAX_BYTES // 1_000_000} MB zijn."


class InvoerForm(FormMixin, forms.Form):
    """A file, and whose it is."""

    bestand = forms.FileField(
        label="Bestand",
        help_text="Excel, CSV, of Open Referral (JSON of zip). Hoogstens 50 MB.",
        allow_empty_file=True,
    )
    bron = forms.CharField(
        label="Van wie is het?",
        max_length=40,
        required=False,
        help_text="Kort, zoals “ggd”. Gebruik elke keer hetzelfde woord. Dan zien we ook wat er weg is.",
    )

    def clean_bestand(self) -> UploadedFile:
        bestand: UploadedFile = self.cleaned_data["bestand"]
        if (bestand.size or 0) > MAX_BYTES:
            raise forms.ValidationError(TE_GROOT)
        return bestand

    def clean_bron(self) -> str:
        bron = str(self.cleaned_data["bron"]).strip().lower().replace(" ", "-")
        if bron and not BRON.fullmatch(bron):
            raise forms.ValidationError("Gebruik alleen letters, cijfers en streepjes.")
        return bron


class OnderwerpenForm(FormMixin, forms.Form):
    """For each term of the source one of our topics, or nothing."""

    toon_mag_leeg = False

    def __init__(self, termen: Mapping[str, int], *args: Any, **kwargs: Any) -> None:
        self.termen = list(termen)
        super().__init__(*args, **kwargs)
        eigen = [
            (str(o.uuid), f"{o.ouder.naam}: {o.naam}" if o.ouder else o.naam)
            for o in Onderwerp.objects.select_related("ouder")
        ]
        keuzes = [
            ("", "Nog niet gekozen"),
            (NIETS, "Niet overnemen"),
            *sorted(eigen, key=lambda keuze: keuze[1]),
        ]
        for nummer, (term, aantal) in enumerate(termen.items()):
            self.fields[f"term_{nummer}"] = forms.ChoiceField(
                label=term,
                choices=keuzes,
                required=False,
                help_text=f"{aantal} keer in het bestand",
            )

    @property
    def keuzes(self) -> dict[str, str]:
        gekozen = {term: self.cleaned_data[f"term_{nummer}"] for nummer, term in enumerate(self.termen)}
        return {term: keuze for term, keuze in gekozen.items() if keuze}
