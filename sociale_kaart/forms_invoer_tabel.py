"""Saying which column of a spreadsheet is what: one choice per column, guessed beforehand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join

from infopunt.forms import FormMixin
from sociale_kaart.invoer.tabelkolommen import VELDEN, Kolom
from sociale_kaart.models import Invoer

NIET = "niet"
EERDER = 10


def eerdere_keuze() -> dict[str, str]:
    """What coordinators chose for headers in earlier tables; the latest choice for a header counts."""
    eerdere = Invoer.objects.filter(soort=Invoer.Soort.TABEL).exclude(kolommen={})[:EERDER]
    keuze: dict[str, str] = {}
    for kolommen in eerdere.values_list("kolommen", flat=True):
        if isinstance(kolommen, dict):
            keuze = {kop: veld for kop, veld in kolommen.items() if isinstance(veld, str)} | keuze
    return keuze


class KolommenForm(FormMixin, forms.Form):
    """A select per column, with some of its values as help. `keuze` is what `tabel.lees` wants."""

    toon_mag_leeg = False

    def __init__(
        self, kolommen: Sequence[Kolom], *args: Any, eerder: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        self.kolommen = kolommen
        super().__init__(*args, **kwargs)
        eerder = eerder or {}
        keuzes = [("", "Niet overnemen"), *((veld.naam, _label(veld.kop, veld.verplicht)) for veld in VELDEN)]
        for nummer, kolom in enumerate(kolommen):
            bekend = eerder.get(kolom.kop)
            self.fields[f"kolom_{nummer}"] = forms.ChoiceField(
                label=kolom.kop,
                choices=keuzes,
                required=False,
                initial=kolom.veld if bekend is None else "" if bekend == NIET else bekend,
                help_text=_voorbeelden(kolom),
                error_messages={"invalid_choice": "Kies iets uit de lijst."},
            )

    def clean(self) -> dict[str, Any]:
        """Each field once, and what must be there is there."""
        gekozen: dict[str, Any] = super().clean() or {}
        aantal = Counter(veld for veld in gekozen.values() if veld)
        koppen = {veld.naam: veld.kop for veld in VELDEN}
        for naam, veld in list(gekozen.items()):  # add_error takes things out
            if veld and aantal[veld] > 1:
                self.add_error(naam, f"“{koppen[veld]}” koos je meer dan één keer.")
        mist = [veld.kop for veld in VELDEN if veld.verplicht and not aantal[veld.naam]]
        if mist and not self.errors:
            raise forms.ValidationError(f"Kies bij een kolom nog: {' en '.join(mist)}.")
        return gekozen

    @property
    def keuze(self) -> dict[str, str]:
        """Per header the field, or "niet": to be remembered too."""
        return {
            kolom.kop: self.cleaned_data.get(f"kolom_{nummer}") or NIET
            for nummer, kolom in enumerate(self.kolommen)
        }


def _label(kop: str, verplicht: bool) -> str:
    return f"{kop} (nodig)" if verplicht else kop


def _voorbeelden(kolom: Kolom) -> str:
    """Values out of somebody's file: escaped, because help texts may hold markup."""
    if not kolom.voorbeelden:
        return "In deze kolom staat niets."
    return format_html("Zoals: {}", format_html_join(", ", "“{}”", ((v,) for v in kolom.voorbeelden)))
