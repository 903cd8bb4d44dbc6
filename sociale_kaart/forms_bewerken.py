"""The forms behind the parts of the map that people edit; which part has which form: bewerken.py."""

from typing import Any

from django import forms

from balie.models import Kern
from infopunt.forms import FormMixin, TilesCheckboxSelectMultiple, TilesRadioSelect
from infopunt.velden import PrivacyVeld
from sociale_kaart.models import Aanbod, AanbodContact, Contactpersoon, Locatie, Onderwerp, Organisatie, Taal
from sociale_kaart.velden import MailVeld, TelefoonVeld, WebVeld, tidy

ONBEKEND = ("", "Niet bekend")
JA_NEE = [ONBEKEND, ("True", "Ja"), ("False", "Nee")]
BEREIKBAAR = {"telefoon": TelefoonVeld, "email": MailVeld, "website": WebVeld}
# What a topic may look like; few enough to choose from at a glance.
ICONEN = {
    "coins": "geld",
    "house": "wonen",
    "heart-pulse": "zorg",
    "hammer": "werk",
    "mail-open": "brieven",
    "smartphone": "digitaal",
    "languages": "taal",
    "baby": "opvoeding",
    "bus-front": "vervoer",
    "coffee": "ontmoeten",
    "scale": "recht",
    "globe": "nieuwkomers",
    "users": "samen",
    "hand-heart": "mantelzorg",
    "accessibility": "beperking",
    "brain": "geheugen",
    "utensils": "eten",
    "bike": "bewegen",
    "graduation-cap": "school",
    "briefcase": "baan",
    "shield": "veiligheid",
    "landmark": "gemeente",
    "wrench": "klussen",
    "flower-2": "rouw",
    "circle-help": "iets anders",
}
NOTITIE_HULP = (
    "Alleen jullie zien dit: het staat niet op een kaartje en niet in een bestand voor anderen. "
    "Schrijf niets over bezoekers."
)


class BewerkForm(FormMixin, forms.ModelForm):
    """Text without hidden characters, and uniqueness that also looks at what the form does not show."""

    template_deel = "sociale_kaart/bewerken/_velden.html"

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        for naam, waarde in schoon.items():
            if isinstance(waarde, str):
                schoon[naam] = tidy(waarde)
        return schoon

    def _get_validation_exclusions(self) -> set[str]:
        # What it belongs to is not on the form, but "no two with this name" is about it.
        uit: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return uit - {"organisatie", "ouder"}


class TalenVeld(forms.TypedMultipleChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        widget = TilesCheckboxSelectMultiple(variant="kort", columns=5)
        super().__init__(choices=Taal.choices, required=False, widget=widget, **kwargs)


class OnderwerpenWidget(forms.CheckboxSelectMultiple):
    """Main topics, each with its subtopics under it."""

    template_name = "sociale_kaart/bewerken/_onderwerpkeuze.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        opties = [optie for _, groep, _ in context["widget"]["optgroups"] for optie in groep]
        kinderen: dict[int | None, list[dict[str, Any]]] = {}
        for optie in opties:
            kinderen.setdefault(optie["value"].instance.ouder_id, []).append(optie)
        context["widget"]["hoofd"] = [
            (optie, onder, any(kind["selected"] for kind in onder))
            for optie in kinderen.get(None, [])
            for onder in [kinderen.get(optie["value"].value, [])]
        ]
        return context


class OrganisatieForm(BewerkForm):
    template_deel = "sociale_kaart/bewerken/_velden_organisatie.html"

    class Meta:
        model = Organisatie
        fields = (
            *("naam", "andere_namen", "omschrijving", "telefoon", "email", "website"),
            *("belofte_werkdagen", "vraagt_code", "controle_email"),
        )
        field_classes = {**BEREIKBAAR, "controle_email": MailVeld}
        widgets = {"omschrijving": forms.Textarea(attrs={"rows": 3})}
        labels = {"omschrijving": "Wat doet deze organisatie?", "telefoon": "Telefoon voor iedereen"}
        help_texts = {"omschrijving": "Eén of twee zinnen, in gewone woorden."}
        error_messages = {"naam": {"unique": "Er is al een organisatie met deze naam."}}


class TeamOrganisatieForm(BewerkForm):
    class Meta:
        model = Organisatie
        fields = ("interne_notitie",)
        field_classes = {"interne_notitie": PrivacyVeld}
        help_texts = {"interne_notitie": NOTITIE_HULP}


class TeamAanbodForm(BewerkForm):
    class Meta(TeamOrganisatieForm.Meta):
        model = Aanbod  # type: ignore[assignment]


class PersoonForm(BewerkForm):
    template_deel = "sociale_kaart/bewerken/_velden_persoon.html"

    talen = TalenVeld(label="Spreekt")

    class Meta:
        model = Contactpersoon
        fields = (*("naam", "telefoon", "email", "toelichting", "is_openbaar", "is_sleutelpersoon", "talen"),)
        field_classes = BEREIKBAAR
        help_texts = {"is_openbaar": "Zonder vinkje ziet alleen het infopunt deze persoon."}


class WatForm(BewerkForm):
    """What it is, for search and for people. The facts about meeting others are for activities only."""

    template_deel = "sociale_kaart/bewerken/_velden_wat.html"

    kennismaken = forms.TypedMultipleChoiceField(
        label="Ruimte om kennis te maken",
        choices=Aanbod.Kennismaken.choices,
        required=False,
        widget=TilesCheckboxSelectMultiple(variant="kort", columns=3),
    )
    contact = forms.ChoiceField(
        label="Hoeveel contact",
        choices=[ONBEKEND, *Aanbod.Contact.choices],
        required=False,
        widget=TilesRadioSelect(variant="kort", columns=4),
    )
    vaste_gezichten = forms.NullBooleanField(
        label="Elke keer dezelfde mensen",
        required=False,
        widget=TilesRadioSelect(choices=JA_NEE, variant="kort", columns=3),
    )
    drempel = forms.ChoiceField(
        label="Hoe kom je binnen",
        choices=[ONBEKEND, *Aanbod.Drempel.choices],
        required=False,
        widget=TilesRadioSelect(variant="kort", columns=4),
    )

    class Meta:
        model = Aanbod
        fields = (
            *("naam", "andere_namen", "soort", "omschrijving", "onderwerpen"),
            *("kennismaken", "contact", "vaste_gezichten", "drempel"),
        )
        widgets = {
            "soort": TilesRadioSelect(
                icons={"hulp": "hand-heart", "spreekuur": "calendar", "activiteit": "users"}, columns=3
            ),
            "omschrijving": forms.Textarea(attrs={"rows": 5}),
            "onderwerpen": OnderwerpenWidget(),
        }
        labels = {"omschrijving": "Wat is het?"}
        help_texts = {
            "omschrijving": "In gewone woorden. De eerste zin staat in de zoekresultaten.",
            "onderwerpen": "Kies alles waar het over gaat.",
        }
        error_messages = {"onderwerpen": {"required": "Kies minstens één onderwerp."}}

    def clean(self) -> dict[str, Any]:
        schoon = super().clean()
        if schoon.get("soort") != Aanbod.Soort.ACTIVITEIT:
            schoon |= {"kennismaken": [], "contact": "", "vaste_gezichten": None, "drempel": ""}
        return schoon


class VoorwaardenForm(BewerkForm):
    template_deel = "sociale_kaart/bewerken/_velden_voorwaarden.html"

    talen = TalenVeld(label="Talen")

    class Meta:
        model = Aanbod
        fields = (
            *("doelgroep", "bereik", "kernen", "kosten", "indicatie_nodig", "aanmelden", "meenemen"),
            "talen",
        )
        widgets = {
            "bereik": TilesRadioSelect(columns=3),
            "kernen": TilesCheckboxSelectMultiple(variant="kort", columns=4),
            "aanmelden": forms.Textarea(attrs={"rows": 2}),
            "meenemen": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "bereik": "Voor welke plaatsen",
            "kernen": "Welke kernen",
            "indicatie_nodig": "Er is een indicatie nodig",
        }
        help_texts = {"doelgroep": "Leeg: iedereen.", "kosten": "Zoals: gratis, of € 2 per keer."}

    def clean(self) -> dict[str, Any]:
        schoon = super().clean()
        kernen: list[Kern] = list(schoon.get("kernen") or [])
        if schoon.get("bereik") == Aanbod.Bereik.KERNEN and not kernen and Kern.objects.exists():
            self.add_error("kernen", "Kies minstens één kern, of kies hierboven een groter gebied.")
        kosten = schoon.get("kosten", "")
        # Search knows free offers by this one word.
        if kosten.strip(" .!").lower() in {"gratis", "geen", "geen kosten", "kosteloos", "niets"}:
            schoon["kosten"] = "gratis"
        return schoon


class BereikForm(BewerkForm):
    class Meta:
        model = Aanbod
        fields = ("telefoon", "email", "website")
        field_classes = BEREIKBAAR
        help_texts = {
            "telefoon": "Leeg: het nummer van de organisatie.",
            "email": "Leeg: het mailadres van de organisatie.",
        }


class ContactForm(BewerkForm):
    """Somebody to ask for at this offer, in a role."""

    class Meta:
        model = AanbodContact
        fields = ("contactpersoon", "rol")
        labels = {"contactpersoon": "Wie", "rol": "Wat doet deze persoon hier"}
        help_texts = {"rol": "Zoals: coördinator, of neemt de telefoon op."}

    def __init__(self, *args: Any, personen: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wie = self.fields["contactpersoon"]
        wie.queryset = Contactpersoon.objects.filter(pk__in=[pk for pk, _ in personen if pk])  # type: ignore[attr-defined]
        wie.choices = personen  # type: ignore[attr-defined]


class LocatieForm(BewerkForm):
    class Meta:
        model = Locatie
        fields = ("naam", "soort", "adres", "kern", "toegankelijkheid")
        widgets = {"soort": TilesRadioSelect(icons={"fysiek": "map-pin", "virtueel": "phone"}, columns=2)}
        help_texts = {
            "naam": "Met de plaats erbij: Kulturhus de Spil, Nieuwleusen.",
            "adres": "Straat en nummer, postcode en plaats.",
        }
        error_messages = {"naam": {"unique": "Er is al een plek met deze naam."}}


class OnderwerpForm(BewerkForm):
    """A topic; what it falls under is chosen when it is made, because questions were counted under it."""

    class Meta:
        model = Onderwerp
        fields = ("naam", "icoon", "zoekwoorden")
        widgets = {"zoekwoorden": forms.Textarea(attrs={"rows": 3})}
        labels = {"zoekwoorden": "Woorden van bezoekers", "icoon": "Plaatje"}
        help_texts = {"zoekwoorden": "Met komma's ertussen. Zoals: envelop, aanmaning, deurwaarder."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        iconen = ICONEN | (
            {self.instance.icoon: "Zoals het was"} if self.instance.icoon not in ICONEN else {}
        )
        widget = TilesRadioSelect(icons={naam: naam for naam in iconen}, variant="rij", columns=5)
        self.fields["icoon"] = forms.ChoiceField(label="Plaatje", choices=list(iconen.items()), widget=widget)


class EigenWatForm(WatForm):
    """What a partner may propose: topics are the desk's own."""

    class Meta(WatForm.Meta):
        fields = tuple(naam for naam in WatForm.Meta.fields if naam != "onderwerpen")  # type: ignore[assignment]


class EigenVoorwaardenForm(VoorwaardenForm):
    class Meta(VoorwaardenForm.Meta):
        fields = tuple(naam for naam in VoorwaardenForm.Meta.fields if naam not in {"bereik", "kernen"})  # type: ignore[assignment]
