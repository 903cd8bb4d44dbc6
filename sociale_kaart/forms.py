"""The query string of the search page, checked; it owns the filtering."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode

from balie.models import Infopunt, Kern
from infopunt.forms import FormMixin
from sociale_kaart.models import AanbodQuerySet, Onderwerp, Taal
from sociale_kaart.vandaag import ids_open_on
from sociale_kaart.zoektaal import MAX_TEKENS, Zoekvraag, begrijp, vouw

PER_KEER = 20
HOOGSTENS = 500
OVERAL = "overal"
KEN_IK_NIET = "Deze keuze staat niet in de lijst. Kies opnieuw."


class Zoektekst(forms.CharField):
    """Takes anything: what is pasted by accident is cut off, control characters become blanks."""

    def to_python(self, value: Any) -> str:
        tekst = str(value or "")[:MAX_TEKENS]
        return "".join(teken if teken.isprintable() else " " for teken in tekst).strip()


class ZoekForm(FormMixin, forms.Form):
    """What to look for and where. Without a choice of place: around the desk at work, or in the village typed."""

    toon_mag_leeg = False

    q = Zoektekst(label="Wat vraagt de bezoeker?", required=False)
    kern = forms.ChoiceField(label="Plaats", required=False)
    onderwerp = forms.ModelChoiceField(
        Onderwerp.objects.filter(ouder=None),
        label="Onderwerp",
        required=False,
        empty_label="Alle onderwerpen",
    )
    taal = forms.ChoiceField(label="Taal", required=False)
    vandaag = forms.BooleanField(label="Vandaag open", required=False)
    gratis = forms.BooleanField(label="Gratis", required=False)
    zonder_indicatie = forms.BooleanField(label="Zonder indicatie", required=False)
    aantal = forms.IntegerField(
        required=False, min_value=PER_KEER, max_value=HOOGSTENS, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, infopunt: Infopunt | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.eigen_kern = infopunt.kern if infopunt else None
        self.kernen = {str(kern.pk): kern for kern in Kern.objects.all()}
        hier = f"{self.eigen_kern} en omgeving" if self.eigen_kern else "Overal"
        anders = [(pk, kern.naam) for pk, kern in self.kernen.items() if kern != self.eigen_kern]
        overal = [(OVERAL, "Overal")] if self.eigen_kern else []
        self.fields["kern"].choices = [("", hier), *anders, *overal]  # type: ignore[attr-defined]
        vreemd = [(code, label) for code, label in Taal.choices if code != Taal.NEDERLANDS]
        self.fields["taal"].choices = [("", "Elke taal"), *vreemd]  # type: ignore[attr-defined]
        for naam in ("kern", "onderwerp", "taal"):
            self.fields[naam].error_messages["invalid_choice"] = KEN_IK_NIET
        self.full_clean()

    @cached_property
    def vraag(self) -> Zoekvraag:
        return begrijp(self.tekst, {vouw(kern.naam): kern.naam for kern in self.kernen.values()})

    @property
    def tekst(self) -> str:
        return self.gekozen("q") or ""

    @property
    def hoeveel(self) -> int:
        """How many rows to show."""
        return self.gekozen("aantal") or PER_KEER

    @property
    def genoemde_kern(self) -> Kern | None:
        """The village in the text, when no other place was chosen."""
        if self.gekozen("kern"):
            return None
        return next((kern for kern in self.kernen.values() if kern.naam == self.vraag.kern), None)

    @property
    def plaats(self) -> Kern | None:
        """The village to look around in; None is everywhere."""
        keuze = self.gekozen("kern")
        if keuze:
            return self.kernen.get(keuze)
        return self.genoemde_kern or self.eigen_kern

    @property
    def is_leeg(self) -> bool:
        """Nothing asked yet: only perhaps a place."""
        return not any(self.gekozen(naam) for naam in self.fields if naam not in {"kern", "aantal"})

    def gekozen(self, naam: str) -> Any:
        """The checked value of a field; None when it was refused."""
        return self.cleaned_data.get(naam)

    def adres(self, **anders: Any) -> str:
        """The address of this search with only what was really chosen in it; `anders` changes it, None drops."""
        keuzes = {naam: self.data.get(naam) for naam in self.fields if self.gekozen(naam)} | anders
        query = urlencode({naam: waarde for naam, waarde in keuzes.items() if waarde})
        return reverse("sociale_kaart:zoeken") + (f"?{query}" if query else "")

    def filter(self, queryset: AanbodQuerySet) -> AanbodQuerySet:
        """What the filters let through; the text is for zoeken.py."""
        if self.plaats:
            queryset = queryset.for_kern(self.plaats)
        if onderwerp := self.gekozen("onderwerp"):
            queryset = queryset.for_onderwerp(onderwerp)
        if taal := self.gekozen("taal"):
            queryset = queryset.filter(talen__contains=[taal])
        if self.gekozen("gratis"):
            queryset = queryset.filter(is_gratis=True)
        if self.gekozen("zonder_indicatie"):
            queryset = queryset.filter(indicatie_nodig=False)
        if self.gekozen("vandaag"):
            queryset = queryset.filter(pk__in=ids_open_on(timezone.localdate()))
        return queryset
