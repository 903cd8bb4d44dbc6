"""The form for a warm referral, the partner's answer, and the filter of the list."""

import uuid
from typing import Any

import phonenumbers
from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from doorverwijzing.actions import Afloop
from doorverwijzing.adressen import organisation_address
from doorverwijzing.forms_samen import AfspraakVelden, ContactChoiceField
from doorverwijzing.kluis import Gegevens
from doorverwijzing.models import (
    AFGELOPEN,
    UITKOMSTEN,
    Doorverwijzing,
    DoorverwijzingQuerySet,
    RedenNietPassend,
    Status,
    Toestemming,
)
from infopunt.forms import FormMixin, TilesRadioSelect
from infopunt.velden import PrivacyVeld
from sociale_kaart.models import Aanbod, AanbodContact, Organisatie, Taal

CIJFERS_NL = 10
AAN_DE_BALIE = [Toestemming.Wijze.ZELF_GELEZEN, Toestemming.Wijze.VOORGELEZEN, Toestemming.Wijze.OP_PAPIER]


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
        choices=[(wijze.value, wijze.label) for wijze in AAN_DE_BALIE] + [(NEE, "Nee, liever niet")],
        widget=TilesRadioSelect(
            icons={
                "zelf_gelezen": "book-open",
                "voorgelezen": "volume-2",
                "op_papier": "file-text",
                NEE: "ban",
            },
            columns=2,
            variant="rij",
        ),
        help_text="Bij ‘nee’ bewaren we niets.",
        error_messages={"required": "Vraag eerst of het mag, en kies wat de bezoeker zegt."},
    )
    bereik = forms.ChoiceField(
        label="Hoe wil de bezoeker iets horen?",
        choices=[("telefoon", "Bellen"), ("email", "Mailen"), ("langs", "Niet bellen, ik kom langs")],
        initial="telefoon",
        required=False,
        widget=TilesRadioSelect(
            icons={"telefoon": "phone", "email": "mail", "langs": "footprints"}, columns=3, variant="rij"
        ),
    )
    naam = forms.CharField(label="Naam", max_length=120, required=False)
    telefoon = forms.CharField(label="Telefoon", max_length=30, required=False)
    email = forms.EmailField(
        label="E-mail",
        required=False,
        error_messages={"invalid": "Dit adres klopt niet. Een adres ziet eruit als naam@voorbeeld.nl."},
    )
    voicemail = forms.BooleanField(label="Voicemail inspreken mag", required=False)
    wanneer = forms.CharField(
        label="Wanneer past het?",
        max_length=120,
        required=False,
        help_text="Een goed moment, of wat jullie samen afspraken. Zoals: dinsdag 10.00 uur.",
    )
    taal = forms.ChoiceField(label="Spreekt het liefst", required=False)
    namens = forms.CharField(
        label="Voor wie is het?",
        max_length=120,
        required=False,
        help_text="Alleen als de bezoeker voor iemand anders komt. Zoals: haar moeder.",
    )
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
        vreemd = [(code, naam) for code, naam in Taal.choices if code != Taal.NEDERLANDS]
        self.fields["taal"].choices = [("", "Nederlands"), *vreemd]  # type: ignore[attr-defined]
        for naam in ("naam", "telefoon", "email", "vraag", "wanneer", "namens"):
            self.fields[naam].widget.attrs["autocomplete"] = "off"
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
        elif data.get("bereik") == "langs":
            self._require("wanneer", "Wanneer komt de bezoeker langs?")
        else:
            self._require("telefoon", "Vul het telefoonnummer in.")
        return data

    def clean_telefoon(self) -> str:
        tekst: str = self.cleaned_data["telefoon"]
        return clean_telefoon(tekst) if tekst and self.data.get("bereik") in {None, "", "telefoon"} else ""

    def clean_bereik(self) -> str:
        return self.cleaned_data["bereik"] or "telefoon"

    def _require(self, veld: str, bericht: str) -> None:
        if not self.cleaned_data.get(veld) and veld not in self.errors:
            self.add_error(veld, bericht)

    def gegevens(self) -> Gegevens:
        """What the visitor lets us pass on: only the way of contact they chose."""
        data = self.cleaned_data
        bereik = data["bereik"]
        return Gegevens(
            naam=data["naam"],
            vraag=data["vraag"],
            telefoon=data["telefoon"] if bereik == "telefoon" else "",
            email=data["email"] if bereik == "email" else "",
            voicemail=bereik == "telefoon" and data["voicemail"],
            langs=bereik == "langs",
            wanneer=data["wanneer"],
            taal=str(Taal(data["taal"]).label) if data["taal"] else "",
            namens=data["namens"],
        )


class CodeForm(FormMixin, forms.Form):
    """What the infopunt said on the telephone."""

    code = forms.CharField(
        label="Uw code",
        max_length=40,
        help_text="Twee woorden met een getal ertussen, zoals BOOM 12 VELD. Hoofdletters maken niet uit.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": "Vul de code in die u van het infopunt hoorde."},
    )


class TerugkoppelingForm(AfspraakVelden):
    """What a partner says: receipt, contact, or how it ended."""

    toon_mag_leeg = False  # why it does not fit must be said, and the rest speaks for itself

    HERSTEL = "herstel"
    ANTWOORDEN = [Status.ONTVANGEN, Status.CONTACT_GELEGD, *UITKOMSTEN]

    antwoord = forms.ChoiceField(
        choices=[*((status.value, status.label) for status in ANTWOORDEN), (HERSTEL, "Toch niet")],
        error_messages={
            "required": "Kies een van de antwoorden.",
            "invalid_choice": "Kies een van de antwoorden.",
        },
    )
    reden = forms.ChoiceField(
        label="Waarom past het niet?",
        choices=RedenNietPassend.choices,
        required=False,
        widget=TilesRadioSelect(columns=2, variant="kort"),
        error_messages={"required": "Kies waarom het niet past."},
    )
    toelichting = PrivacyVeld(
        label="Wilt u er iets bij zeggen?",
        max_length=200,
        required=False,
        help_text="Zonder namen of nummers. Het infopunt leest dit.",
        error_messages={"max_length": "Houd het bij 200 tekens; het zijn er nu %(show_value)d."},
    )
    beter_bij = forms.ModelChoiceField(
        Organisatie.objects.current(),
        label="Wie kan dan wel helpen?",
        required=False,
        empty_label="Weet ik niet",
    )
    akkoord = forms.BooleanField(
        label="De bezoeker vindt het goed dat deze organisatie de gegevens krijgt. Ik heb het gevraagd.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("antwoord") == Status.NIET_PASSEND:
            if not data.get("reden") and "reden" not in self.errors:
                self.add_error("reden", "Kies waarom het niet past.")
            if data.get("akkoord"):
                self._check_where_to(data.get("beter_bij"))
        else:
            data |= {"reden": "", "toelichting": "", "beter_bij": None, "akkoord": False}
        return data

    def _check_where_to(self, organisatie: Organisatie | None) -> None:
        if organisatie is None:
            self.add_error("beter_bij", "Kies naar welke organisatie het doorgaat.")
        elif not organisation_address(organisatie):
            self.add_error(
                "beter_bij",
                "Van deze organisatie hebben we geen mailadres. Haal het vinkje weg, dan neemt het infopunt het over.",
            )

    def afloop(self) -> Afloop:
        data = self.cleaned_data
        return Afloop(
            status=data["antwoord"],
            reden=data["reden"],
            toelichting=data["toelichting"],
            beter_bij=data["beter_bij"],
            afspraak_op=self.afspraak_op if data["antwoord"] == Status.CONTACT_GELEGD else None,
        )


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
