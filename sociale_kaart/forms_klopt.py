"""What an organisation fills in on the page behind the link in the mail, and the desk on "klopt niet"."""

from typing import Any

from django import forms

from infopunt.forms import FormMixin, TilesRadioSelect
from infopunt.velden import PrivacyVeld
from sociale_kaart.bewerken import Rijen
from sociale_kaart.forms_bewerken import BEREIKBAAR, BewerkForm
from sociale_kaart.forms_rijen import RijenFormSet
from sociale_kaart.models import Aanbod, Contactpersoon, Groep, Melding, Organisatie, Voorstel
from sociale_kaart.voorstellijsten import LIJSTEN


class WijzigForm(BewerkForm):
    """Starts from what the organisation wished before, so that a second visit adds to the first."""

    def __init__(self, *args: Any, voorstel: Voorstel | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam, wens in (voorstel.velden if voorstel else {}).items():
            if naam in self.fields:
                self.initial[naam] = wens["wordt"]

    @property
    def wensen(self) -> dict[str, Any]:
        """The fields as they should be, once valid."""
        return {naam: self.cleaned_data[naam] for naam in self._meta.fields or ()}


class KloptAanbodForm(WijzigForm):
    opmerking = PrivacyVeld(
        label="Klopt er nog iets anders niet?",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Schrijf hier geen namen. Wij bellen u als we meer willen weten.",
    )

    class Meta:
        model = Aanbod
        fields = (
            *("naam", "omschrijving", "doelgroep", "kosten", "indicatie_nodig", "aanmelden", "meenemen"),
            *("telefoon", "email", "website"),
        )
        field_classes = BEREIKBAAR
        widgets = {
            "omschrijving": forms.Textarea(attrs={"rows": 5}),
            "aanmelden": forms.Textarea(attrs={"rows": 2}),
            "meenemen": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {"omschrijving": "Wat is het?", "indicatie_nodig": "Er is een indicatie nodig"}
        help_texts = {
            "omschrijving": "In gewone woorden. De eerste zin ziet iedereen meteen.",
            "kosten": "Zoals: gratis, of € 2 per keer.",
            "telefoon": "Leeg: het nummer van uw organisatie.",
            "email": "Leeg: het mailadres van uw organisatie.",
        }


class KloptOrganisatieForm(WijzigForm):
    class Meta:
        model = Organisatie
        fields = ("naam", "omschrijving", "telefoon", "email", "website", "controle_email")
        field_classes = {**BEREIKBAAR, "controle_email": BEREIKBAAR["email"]}
        widgets = {"omschrijving": forms.Textarea(attrs={"rows": 3})}
        labels = {"omschrijving": "Wat doet uw organisatie?", "telefoon": "Telefoon voor iedereen"}
        help_texts = {"controle_email": "Hierheen sturen we deze vraag. Leeg: het gewone mailadres."}
        error_messages = {"naam": {"unique": "Er is al een organisatie met deze naam."}}


class KloptPersoonForm(BewerkForm):
    class Meta:
        model = Contactpersoon
        fields = ("naam", "telefoon", "email", "toelichting")
        field_classes = BEREIKBAAR
        help_texts = {"toelichting": "Waarvoor mensen bij deze persoon terecht kunnen."}


class KloptRijen(RijenFormSet):
    """Rows that go into a proposal; one empty row, so that adding needs no JavaScript."""

    extra = 1

    @property
    def as_data(self) -> list[dict[str, Any]]:
        """What stays, changed or not, and what is new; once valid."""
        return LIJSTEN[self.soort.naam].as_data([form.instance for form in self.kept])


PERSONEN = Rijen(
    "contactpersonen",
    "Naar wie vraag je?",
    "Persoon",
    KloptPersoonForm,
    van=lambda organisatie: organisatie.contactpersonen.all(),
    maak=lambda organisatie: Contactpersoon(organisatie=organisatie),
    woorden=str,
    leeg="Nog niemand.",
    template="",
    erbij="Nog iemand",
    sleutel="naam",
)


class KloptNietForm(FormMixin, forms.Form):
    """What somebody at the desk found out: a choice, and words when they help."""

    BESTAAT_NIET = Melding.Soort.BESTAAT_NIET

    wat = forms.ChoiceField(
        label="Wat klopt er niet?",
        choices=[
            (Groep.CONTACT, "Het nummer of de persoon"),
            (Groep.TIJDEN, "De tijden of de plek"),
            (Groep.VOORWAARDEN, "Voor wie het is of wat het kost"),
            (BESTAAT_NIET, "Het bestaat niet meer"),
        ],
        widget=TilesRadioSelect(
            icons={
                Groep.CONTACT: "phone-off",
                Groep.TIJDEN: "clock-alert",
                Groep.VOORWAARDEN: "euro",
                BESTAAT_NIET: "ban",
            },
            columns=2,
        ),
        error_messages={"required": "Kies wat er niet klopt."},
    )
    toelichting = PrivacyVeld(
        label="Wat weet je al?",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Zoals: het nummer is niet in gebruik. Schrijf niets over de bezoeker.",
    )

    def melding(self) -> dict[str, str]:
        """What to report, once valid."""
        wat = self.cleaned_data["wat"]
        bestaat = wat == self.BESTAAT_NIET
        return {
            "soort": Melding.Soort.BESTAAT_NIET if bestaat else Melding.Soort.KLOPT_NIET,
            "groep": "" if bestaat else wat,
            "toelichting": self.cleaned_data["toelichting"],
        }
