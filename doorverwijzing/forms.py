"""The form for a warm referral, the partner's answer, and the filter of the list."""

import uuid
from typing import Any

import phonenumbers
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from doorverwijzing.forms_samen import ContactChoiceField
from doorverwijzing.kluis import Gegevens
from doorverwijzing.models import (
    AFGELOPEN,
    Doorverwijzing,
    DoorverwijzingQuerySet,
    RedenNietPassend,
    Status,
    Toestemming,
)
from infopunt.forms import FormMixin, TilesRadioSelect
from sociale_kaart.models import Aanbod, AanbodContact

CIJFERS_NL = 10
CIJFERS_KENMERK = 6


def clean_telefoon(tekst: str) -> str:
    """A number the partner can dial, in Dutch spelling; raises with what is wrong with it."""
    cijfers = sum(teken.isdigit() for teken in tekst)
    try:
        nummer = phonenumbers.parse(tekst, "NL")
    except phonenumbers.NumberParseException:
        raise forms.ValidationError(
            "Dit is geen telefoonnummer. Vul een nummer in zoals 06-12345678."
        ) from None
    if tekst.strip().startswith("0") and not tekst.strip().startswith("00") and cijfers != CIJFERS_NL:
        verschil = "Er mist een cijfer" if cijfers == CIJFERS_NL - 1 else f"Dit zijn {cijfers} cijfers"
        raise forms.ValidationError(f"{verschil}. Een nummer heeft er tien.")
    if not phonenumbers.is_possible_number(nummer):
        raise forms.ValidationError("Dit nummer kan niet kloppen. Lees het samen nog eens na.")
    nederlands = nummer.country_code == 31
    stijl = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if nederlands
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(nummer, stijl)


class DoorverwijzingForm(FormMixin, forms.Form):
    """A warm referral by mail. What is personal in it goes to the vault and nowhere else."""

    NEE = "nee"

    id = forms.UUIDField(widget=forms.HiddenInput, required=True)
    contact = ContactChoiceField(
        AanbodContact.objects.none(), label="Wie belt?", required=False, empty_label=None
    )
    toestemming = forms.ChoiceField(
        label="Wat zegt de bezoeker?",
        choices=[*Toestemming.Wijze.choices, (NEE, "Nee, liever niet")],
        widget=TilesRadioSelect(
            icons={"zelf_gelezen": "book-open", "voorgelezen": "volume-2", NEE: "ban"},
            columns=3,
            variant="rij",
        ),
        help_text="Bij ‘nee’ bewaren we niets.",
        error_messages={"required": "Vraag eerst of het mag, en kies wat de bezoeker zegt."},
    )
    bereik = forms.ChoiceField(
        label="Hoe wil de bezoeker iets horen?",
        choices=[("telefoon", "Bellen"), ("email", "Mailen")],
        initial="telefoon",
        required=False,
        widget=TilesRadioSelect(icons={"telefoon": "phone", "email": "mail"}, columns=3, variant="rij"),
    )
    naam = forms.CharField(label="Naam", max_length=120, required=False)
    telefoon = forms.CharField(label="Telefoon", max_length=30, required=False)
    email = forms.EmailField(
        label="E-mail",
        required=False,
        error_messages={"invalid": "Dit adres klopt niet. Een adres ziet eruit als naam@voorbeeld.nl."},
    )
    voicemail = forms.BooleanField(label="Voicemail inspreken mag", required=False)
    vraag = forms.CharField(
        label="Wat moet de partner weten?",
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Twee of drie zinnen is genoeg. Schrijf op wat de bezoeker goed vindt.",
        error_messages={
            "max_length": "Dit is te lang. Houd het bij 1500 tekens; het zijn er nu %(show_value)d."
        },
    )
    toon_mag_leeg = False

    def __init__(self, *args: Any, aanbod: Aanbod, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contacten = AanbodContact.objects.filter(aanbod=aanbod).select_related(
            "contactpersoon", "aanbod__organisatie"
        )
        veld = self.fields["contact"]
        veld.queryset = contacten  # type: ignore[attr-defined]
        veld.initial = contacten.first()
        self.fields["id"].initial = uuid.uuid4()
        for naam, autofill in {"naam": "off", "telefoon": "off", "email": "off", "vraag": "off"}.items():
            self.fields[naam].widget.attrs["autocomplete"] = autofill
        self.fields["telefoon"].widget.attrs["inputmode"] = "tel"

    @property
    def declined(self) -> bool:
        """The visitor said no: then nothing else matters."""
        return self.cleaned_data.get("toestemming") == self.NEE

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.declined:
            self._errors = forms.utils.ErrorDict()
            return data
        self._require("naam", "Vul de naam in. Dan weet de partner naar wie te vragen.")
        self._require("vraag", "Schrijf in een paar zinnen waar het over gaat.")
        if data.get("bereik") == "email":
            self._require("email", "Vul het e-mailadres in.")
        else:
            self._require("telefoon", "Vul het telefoonnummer in.")
        return data

    def clean_telefoon(self) -> str:
        tekst: str = self.cleaned_data["telefoon"]
        return clean_telefoon(tekst) if tekst and self.data.get("bereik") != "email" else ""

    def clean_bereik(self) -> str:
        return self.cleaned_data["bereik"] or "telefoon"

    def _require(self, veld: str, bericht: str) -> None:
        if not self.cleaned_data.get(veld) and veld not in self.errors:
            self.add_error(veld, bericht)

    def gegevens(self) -> Gegevens:
        """What the visitor lets us pass on: only the way of contact they chose."""
        data = self.cleaned_data
        bellen = data["bereik"] == "telefoon"
        return Gegevens(
            naam=data["naam"],
            vraag=data["vraag"],
            telefoon=data["telefoon"] if bellen else "",
            email="" if bellen else data["email"],
            voicemail=bellen and data["voicemail"],
        )


class TerugkoppelingForm(FormMixin, forms.Form):
    """What a partner says: receipt, contact, or how it ended."""

    HERSTEL = "herstel"

    antwoord = forms.ChoiceField(
        choices=[
            *((status.value, status.label) for status in Status),
            (HERSTEL, "Toch niet"),
        ]
    )
    reden = forms.ChoiceField(
        label="Waarom past het niet?",
        choices=RedenNietPassend.choices,
        required=False,
        widget=TilesRadioSelect(columns=2, variant="kort"),
        error_messages={"required": "Kies waarom het niet past."},
    )

    ANTWOORDEN = {
        Status.ONTVANGEN,
        Status.CONTACT_GELEGD,
        Status.GEHOLPEN,
        Status.NIET_BEREIKT,
        Status.NIET_PASSEND,
        HERSTEL,
    }

    def clean_antwoord(self) -> str:
        antwoord: str = self.cleaned_data["antwoord"]
        if antwoord not in self.ANTWOORDEN:
            raise forms.ValidationError("Kies een van de antwoorden.")
        return antwoord

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("antwoord") == Status.NIET_PASSEND:
            if not data.get("reden") and "reden" not in self.errors:
                self.add_error("reden", "Kies waarom het niet past.")
        else:
            data["reden"] = ""
        return data


class IntrekkenForm(FormMixin, forms.Form):
    """What stands on the visitor's card."""

    kenmerk = forms.CharField(
        label="Nummer van de verwijzing",
        max_length=20,
        help_text="Het staat rechtsboven op uw kaartje. Het begint met R.",
        error_messages={"required": "Vul het nummer in dat rechtsboven op uw kaartje staat."},
    )
    code = forms.CharField(
        label="Uw code",
        max_length=40,
        help_text="Twee woorden met een getal ertussen, zoals BOOM 12 VELD.",
        error_messages={"required": "Vul de code in die op uw kaartje staat."},
    )

    def clean_kenmerk(self) -> str:
        kenmerk: str = self.cleaned_data["kenmerk"]
        if sum(teken in "0123456789" for teken in kenmerk) != CIJFERS_KENMERK:
            raise forms.ValidationError("Dit nummer klopt niet. Het is een R met zes cijfers.")
        return kenmerk


class LijstFilterForm(FormMixin, forms.Form):
    """Which referrals the list shows; a bad choice shows them all and says so."""

    class Welke:
        OPEN = "open"
        VRAAGT = "vraagt"
        KLAAR = "klaar"
        ALLES = "alles"

    stand = forms.ChoiceField(
        label="Stand",
        choices=[
            (Welke.OPEN, "Lopend"),
            (Welke.VRAAGT, "Vraagt iets"),
            (Welke.KLAAR, "Afgelopen"),
            (Welke.ALLES, "Alles"),
        ],
        required=False,
    )

    def filter(self, verwijzingen: DoorverwijzingQuerySet) -> QuerySet[Doorverwijzing]:
        stand = self.cleaned_data.get("stand") or self.Welke.OPEN if self.is_valid() else self.Welke.ALLES
        if stand == self.Welke.OPEN:
            return verwijzingen.open()
        if stand == self.Welke.VRAAGT:
            return verwijzingen.needs_attention(timezone.now())
        if stand == self.Welke.KLAAR:
            return verwijzingen.filter(status__in=AFGELOPEN)
        return verwijzingen
