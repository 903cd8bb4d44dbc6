"""The query string of the search page, checked; it owns the filtering."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode

from balie.models import Infopunt, Kern
from infopunt.forms import FormMixin
from sociale_kaart.models import Aanbod, AanbodQuerySet, Onderwerp, Taal
from sociale_kaart.vandaag import ids_open_at, ids_open_on
from sociale_kaart.zoektaal import MAX_TEKENS, Zoekvraag, begrijp, vouw

PER_KEER = 20
HOOGSTENS = 500
OVERAL = "overal"
KEN_IK_NIET = "Deze keuze staat niet in de lijst. Kies opnieuw."
MAX_LOS = 20  # words switched off in one search

# What each filter lets through.
LAAT_DOOR: dict[str, Callable[[AanbodQuerySet, Any], AanbodQuerySet]] = {
    "kern": lambda aanbod, kern: aanbod.for_kern(kern),
    "vandaag": lambda aanbod, _: aanbod.filter(pk__in=ids_open_on(timezone.localdate())),
    "gratis": lambda aanbod, _: aanbod.filter(is_gratis=True),
    "zonder_indicatie": lambda aanbod, _: aanbod.filter(indicatie_nodig=False),
    "ontmoeten": lambda aanbod, _: aanbod.om_te_ontmoeten(),
    "taal": lambda aanbod, taal: aanbod.for_taal(taal),
    "nu": lambda aanbod, _: aanbod.filter(pk__in=ids_open_at(timezone.now())),
    "onderwerp": lambda aanbod, onderwerp: aanbod.for_onderwerp(onderwerp),
    "soort": lambda aanbod, soort: aanbod.filter(soort=soort),
    "contact": lambda aanbod, contact: aanbod.filter(contact=contact),
    "drempel": lambda aanbod, drempel: aanbod.filter(drempel=drempel),
}


class Zoektekst(forms.CharField):
    """Takes anything: what is pasted by accident is cut off, control characters become blanks."""

    def to_python(self, value: Any) -> str:
        tekst = str(value or "")[:MAX_TEKENS]
        return "".join(teken if teken.isprintable() else " " for teken in tekst).strip()


class Losgelaten(forms.Field):
    """Any number of words; what is no word we know is simply not used."""

    widget = forms.SelectMultiple

    def clean(self, value: Any) -> list[str]:
        return [str(deel)[:MAX_TEKENS] for deel in value or []][:MAX_LOS]


class ZoekForm(FormMixin, forms.Form):
    """What to look for and where. Without a choice of place: around the desk at work, or in the village typed.

    What is read in the sentence (a village, a language, "nu", "gratis") filters too, until it is switched off in
    `letterlijk`; `zonder` switches off a word that the search looked for of its own accord.
    """

    toon_mag_leeg = False

    q = Zoektekst(label="Wat vraagt de bezoeker?", required=False)
    kern = forms.ChoiceField(label="Plaats", required=False)
    onderwerp = forms.ModelChoiceField(
        Onderwerp.objects.select_related("ouder"), label="Onderwerp", required=False
    )
    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alles")])
    taal = forms.ChoiceField(label="Taal", required=False)
    nu = forms.BooleanField(label="Nu open", required=False)
    vandaag = forms.BooleanField(label="Vandaag open", required=False)
    gratis = forms.BooleanField(label="Gratis", required=False)
    zonder_indicatie = forms.BooleanField(label="Zonder indicatie", required=False)
    ontmoeten = forms.BooleanField(label="Mensen ontmoeten", required=False)
    contact = forms.ChoiceField(label="Hoeveel contact", required=False)
    drempel = forms.ChoiceField(label="Hoe kom je binnen", required=False)
    letterlijk = Losgelaten(required=False)
    zonder = Losgelaten(required=False)
    aantal = forms.IntegerField(
        required=False, min_value=PER_KEER, max_value=HOOGSTENS, widget=forms.HiddenInput
    )

    # In the order of the page. Those of the second row fold away.
    FILTERS = ("vandaag", "gratis", "zonder_indicatie", "ontmoeten", "taal")
    MEER_FILTERS = ("nu", "onderwerp", "soort", "contact", "drempel")

    def __init__(self, *args: Any, infopunt: Infopunt | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.eigen_kern = infopunt.kern if infopunt else None
        self.kernen = {str(kern.pk): kern for kern in Kern.objects.all()}
        hier = f"{self.eigen_kern} en omgeving" if self.eigen_kern else "Overal"
        anders = [(pk, kern.naam) for pk, kern in self.kernen.items() if kern != self.eigen_kern]
        overal = [(OVERAL, "Overal")] if self.eigen_kern else []
        vreemd = [(code, label) for code, label in Taal.choices if code != Taal.NEDERLANDS]
        for naam, keuzes in {
            "kern": [("", hier), *anders, *overal],
            "taal": [("", "Elke taal"), *vreemd],
            "soort": [("", "Hulp en activiteiten"), *_met_hoofdletter(Aanbod.Soort.choices)],
            "contact": [("", "Elk contact"), *_met_hoofdletter(Aanbod.Contact.choices)],
            "drempel": [("", "Elke drempel"), *_met_hoofdletter(Aanbod.Drempel.choices)],
        }.items():
            self.fields[naam].choices = keuzes  # type: ignore[attr-defined]
            self.fields[naam].error_messages["invalid_choice"] = KEN_IK_NIET
        self.fields["onderwerp"].error_messages["invalid_choice"] = KEN_IK_NIET
        self.full_clean()
        # Subtopics are many: the list has the main ones, and the one that was browsed to.
        onderwerpen = [*Onderwerp.objects.main(), self.gekozen("onderwerp")]
        namen = {onderwerp.pk: onderwerp.naam for onderwerp in onderwerpen if onderwerp}
        self.fields["onderwerp"].choices = [("", "Alle onderwerpen"), *namen.items()]  # type: ignore[attr-defined]

    @cached_property
    def vraag(self) -> Zoekvraag:
        return begrijp(self.tekst, {vouw(kern.naam): kern.naam for kern in self.kernen.values()})

    @property
    def tekst(self) -> str:
        return self.gekozen("q") or ""

    @property
    def zoekt_woorden(self) -> bool:
        """Whether there is something to look for: "vandaag gratis" only filters."""
        return bool(self.tekst) and not (self.gelezen and not self.vraag.termen)

    @property
    def hoeveel(self) -> int:
        """How many rows to show."""
        return self.gekozen("aantal") or PER_KEER

    def gekozen(self, naam: str) -> Any:
        """The checked value of a field; None when it was refused."""
        return self.cleaned_data.get(naam)

    def geldt(self, naam: str) -> Any:
        """What filters: the choice that was made, else what the sentence says and nobody switched off."""
        if keuze := self.gekozen(naam):
            return keuze
        return self.gelezen.get(naam)

    @cached_property
    def _uit_zin(self) -> dict[str, Any]:
        """What the sentence says, by name of the filter it sets."""
        kern = next((pk for pk, kern in self.kernen.items() if kern.naam == self.vraag.kern), None)
        # "Nu" is now; "vandaag" may also be later today.
        wanneer = "vandaag" if "vandaag" in vouw(self.tekst) else "nu"
        alles = {
            "kern": kern,
            "taal": self.vraag.taal,
            wanneer: self.vraag.nu,
            "gratis": self.vraag.gratis,
        }
        return {naam: wat for naam, wat in alles.items() if wat and not self.gekozen(naam)}

    @property
    def gelezen(self) -> dict[str, Any]:
        """What the sentence says and filters: not chosen otherwise, and not switched off."""
        return {naam: wat for naam, wat in self._uit_zin.items() if naam not in self.letterlijk_genomen}

    @cached_property
    def letterlijk_genomen(self) -> list[str]:
        """What the sentence says and was switched off."""
        return [naam for naam in self.gekozen("letterlijk") or [] if naam in self._uit_zin]

    @property
    def plaats(self) -> Kern | None:
        """The village to look around in; None is everywhere."""
        keuze = self.geldt("kern")
        return self.kernen.get(keuze) if keuze else self.eigen_kern

    @property
    def is_leeg(self) -> bool:
        """Nothing asked yet: only perhaps a place."""
        return not any(self.gekozen(naam) for naam in ("q", *self.FILTERS, *self.MEER_FILTERS))

    @property
    def meer_open(self) -> bool:
        """Whether a filter that folds away is on; a topic stands above the results as well."""
        return any(
            naam in self.errors or (naam != "onderwerp" and self.gekozen(naam)) for naam in self.MEER_FILTERS
        )

    def adres(self, **anders: Any) -> str:
        """The address of this search with only what was really chosen in it; `anders` changes it, None drops."""
        keuzes = {naam: self.data.get(naam) for naam in self.fields if self.gekozen(naam)}
        keuzes |= {"letterlijk": self.letterlijk_genomen, "zonder": self.gekozen("zonder")}
        query = urlencode({naam: waarde for naam, waarde in (keuzes | anders).items() if waarde}, doseq=True)
        return reverse("sociale_kaart:zoeken") + (f"?{query}" if query else "")

    @property
    def filters_aan(self) -> list[str]:
        """The names of all that filters, a place first."""
        namen = [naam for naam in (*self.FILTERS, *self.MEER_FILTERS) if self.geldt(naam)]
        return ["kern", *namen] if self.plaats else namen

    def filter(self, queryset: AanbodQuerySet, *, behalve: Sequence[str] = ()) -> AanbodQuerySet:
        """What the filters let through, all but those named; the text is for zoeken.py."""
        for naam in self.filters_aan:
            if naam not in behalve:
                queryset = LAAT_DOOR[naam](queryset, self.plaats if naam == "kern" else self.geldt(naam))
        return queryset

    def in_woorden(self, naam: str) -> str:
        """What a filter that is on says: "Pools", "Vandaag open", "Nieuwleusen"."""
        keuze = self.plaats if naam == "kern" else self.geldt(naam)
        keuzes = dict(getattr(self.fields[naam], "choices", ())) if isinstance(keuze, str) else {}
        return str(self.fields[naam].label if keuze is True else keuzes.get(keuze, keuze))

    def adres_zonder(self, naam: str) -> str:
        """The address of this search without one of its filters."""
        anders: dict[str, Any] = {"aantal": None, naam: OVERAL if naam == "kern" else None}
        if naam in self.gelezen and naam != "kern":
            anders["letterlijk"] = [*self.letterlijk_genomen, naam]
        return self.adres(**anders)

    def adres_zonder_filters(self) -> str:
        """The address of only this text, everywhere."""
        anders = {"q": self.tekst, "kern": OVERAL, "letterlijk": [*self._uit_zin]}
        return self.adres(**dict.fromkeys(self.fields) | anders)

    def in_plaats(self, queryset: AanbodQuerySet) -> AanbodQuerySet:
        """What is offered in the place alone."""
        return queryset.for_kern(self.plaats) if self.plaats else queryset


def _met_hoofdletter(keuzes: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(waarde, label[:1].upper() + label[1:]) for waarde, label in keuzes]
