"""The question form: tiles, and one line of free text that the privacy guard reads along with."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format, time_format

from balie.models import Infopunt
from infopunt.forms import FormMixin, TilesRadioSelect
from infopunt.velden import PrivacyVeld
from registratie.actions import UUID_VERSION
from registratie.keuzes import (
    ONDERWERPEN_VOORAAN,
    alle_organisaties,
    onderwerpen_for,
    organisaties_per_onderwerp,
)
from registratie.models import (
    GESLACHTEN,
    LEEFTIJDSGROEPEN,
    WIJZEN_MET_ORGANISATIE,
    Geslacht,
    Herkomst,
    Leeftijdsgroep,
    RedenNietGeholpen,
    Wijze,
    to_quarter,
)
from registratie.onderwerpen import Treffer
from registratie.onderwerpen import zoek as zoek_onderwerpen
from registratie.privacy import Vondst, check
from registratie.uitvraag import vraagt_persoon
from sociale_kaart.models import Onderwerp, Organisatie
from sociale_kaart.zoektaal import STOPWOORDEN

TERUG_DAGEN = 14
OPMERKING_TEKENS = 300
SPELING = timedelta(minutes=15)  # the clock of the desk's computer may run ahead of ours
BLIJFT_STAAN = ["leeftijdsgroep", "geslacht"]  # for the same visitor's next question
VOORAF = ["onderwerp", "subonderwerp", "organisatie", "wijze", *BLIJFT_STAAN]  # may come in with the address

ICOON_WIJZE = {
    Wijze.ZELF_BEANTWOORD: "message-circle",
    Wijze.INFORMATIE_MEE: "file-text",
    Wijze.SAMEN_GEDAAN: "users",
    Wijze.KOMT_TERUG: "undo-2",
    Wijze.DOORVERWEZEN: "signpost",
    Wijze.WARM_DOORVERWEZEN: "handshake",
    Wijze.NIET_GEHOLPEN: "ban",
}
SPOTS = ["geel", "blauw", "roze", "paars", "groen"]


class OnderwerpTegels(TilesRadioSelect):
    """Topic tiles: the first ones in sight, the rest one click further, and a way to search them.

    `focus` puts the cursor on the first; `zoek` is what was searched for, `treffers` what that led to.
    """

    template_name = "registratie/_onderwerptegels.html"
    focus = False
    zoek = ""
    treffers: Sequence[Treffer] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        opties = [optie for _, groep, _ in context["widget"]["optgroups"] for optie in groep]
        if opties and self.focus:
            opties[0]["attrs"]["autofocus"] = True
        context["widget"] |= {
            "vooraan": opties[:ONDERWERPEN_VOORAAN],
            "meer": opties[ONDERWERPEN_VOORAAN:],
            "zoek": self.zoek,
            "treffers": self.treffers,
        }
        return context


class VraagForm(FormMixin, forms.Form):
    """One question. `vooraf` is what came in with the address, `nu` the moment the page was asked for."""

    id = forms.UUIDField(
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Er ging iets mis met deze pagina. Sla nog een keer op.",
            "invalid": "Er ging iets mis met deze pagina. Sla nog een keer op.",
        },
    )
    onderwerp = forms.ModelChoiceField(
        Onderwerp.objects.filter(ouder__isnull=True),
        label="Onderwerp",
        widget=OnderwerpTegels(variant="groot", columns=5),
        error_messages={"required": "Kies een onderwerp.", "invalid_choice": "Kies een onderwerp."},
    )
    subonderwerp = forms.ModelChoiceField(
        Onderwerp.objects.filter(ouder__isnull=False),
        label="Waarover precies?",
        required=False,
        error_messages={"invalid_choice": "Dit staat niet in de lijst. Kies opnieuw."},
    )
    leeftijdsgroep = forms.ChoiceField(
        label="Leeftijd",
        choices=[(groep.value, groep.label) for groep in LEEFTIJDSGROEPEN],
        widget=TilesRadioSelect(variant="kort", columns=7),
        error_messages={"required": "Kies een leeftijd. Een schatting is goed."},
    )
    geslacht = forms.ChoiceField(
        label="Geslacht",
        choices=[(geslacht.value, geslacht.label) for geslacht in GESLACHTEN],
        widget=TilesRadioSelect(variant="kort", columns=7),
        error_messages={"required": "Kies een geslacht, of ‘weet niet’."},
    )
    wijze = forms.ChoiceField(
        label="Hoe hielp je?",
        choices=Wijze.choices,
        widget=TilesRadioSelect(icons=ICOON_WIJZE, columns=4),
        error_messages={"required": "Kies hoe je hielp."},
    )
    organisatie_snel = forms.ModelChoiceField(
        Organisatie.objects.current(), label="Naar wie?", required=False, widget=TilesRadioSelect(columns=3)
    )
    organisatie = forms.ModelChoiceField(
        Organisatie.objects.current(), label="Of een andere organisatie", required=False
    )
    reden_niet = forms.ChoiceField(
        label="Waarom niet?",
        choices=RedenNietGeholpen.choices,
        required=False,
        widget=TilesRadioSelect(variant="kort", columns=7),
    )
    onderliggend = forms.ModelChoiceField(
        Onderwerp.objects.filter(ouder__isnull=True),
        label="Zit er iets anders achter?",
        required=False,
        error_messages={"invalid_choice": "Dit staat niet in de lijst. Kies opnieuw."},
    )
    opmerking = PrivacyVeld(
        label="Opmerking",
        required=False,
        max_length=OPMERKING_TEKENS,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "aria-describedby": "privacymelding",
                "hx-post": reverse_lazy("registratie:privacy"),
                "hx-trigger": "input changed delay:600ms",
                "hx-target": "#privacymelding",
                "hx-params": "opmerking",
                "hx-sync": "this:queue last",
            }
        ),
        error_messages={
            "max_length": "Dit zijn %(show_value)d tekens. Er passen er %(limit_value)d. Maak het korter."
        },
    )
    infopunt = forms.ModelChoiceField(
        Infopunt.objects.none(),
        label="Infopunt",
        error_messages={"invalid_choice": "Kies een van je eigen infopunten."},
    )
    dag = forms.DateField(
        label="Dag",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Vul een dag in.", "invalid": "Dit is geen dag. Schrijf: 24-3-2026."},
    )
    tijd = forms.TimeField(
        label="Tijd",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Vul een tijd in.", "invalid": "Dit is geen tijd. Schrijf: 14:15."},
    )

    def __init__(
        self,
        data: Mapping[str, str] | None = None,
        *,
        infopunten: list[Infopunt],
        infopunt: Infopunt,
        nu: datetime,
        vooraf: Mapping[str, str] | None = None,
        zoek: str = "",
    ) -> None:
        self.nu = nu
        begin = timezone.localtime(to_quarter(nu))
        super().__init__(
            data,
            initial={"id": uuid4(), "infopunt": infopunt.pk, "dag": begin.date(), "tijd": begin.time()},
        )
        self.onderwerpen = onderwerpen_for(infopunt, nu)
        self.initial = {**self.initial, **self._valid_choices(vooraf or {})}
        self._offer_infopunten(infopunten)
        self._offer_onderwerpen(zoek)
        self._offer_organisaties(infopunt)
        self.vraagt_persoon = vraagt_persoon(self._moment() or nu)
        if not self.vraagt_persoon:
            for naam in BLIJFT_STAAN:
                del self.fields[naam]
        # A paste that is too long is refused with a word, not cut off by the browser.
        self.fields["opmerking"].widget.attrs.pop("maxlength", None)

    def _valid_choices(self, vooraf: Mapping[str, str]) -> dict[str, str]:
        """What is not a valid choice is left out without a word. A subtopic brings its main topic."""
        ouders = {str(kind.pk): str(o.pk) for o in self.onderwerpen for kind in o.kinderen.all()}
        if ouder := ouders.get(vooraf.get("onderwerp", "")):
            vooraf = {**vooraf, "onderwerp": ouder, "subonderwerp": vooraf["onderwerp"]}
        geldig = {}
        for naam in [naam for naam in VOORAF if vooraf.get(naam)]:
            with suppress(forms.ValidationError):
                self.fields[naam].clean(vooraf[naam])
                geldig[naam] = vooraf[naam]
        return geldig

    def _offer_infopunten(self, infopunten: list[Infopunt]) -> None:
        veld = self.fields["infopunt"]
        veld.queryset = Infopunt.objects.filter(pk__in=[eigen.pk for eigen in infopunten])  # type: ignore[attr-defined]
        veld.choices = [(eigen.pk, eigen.naam) for eigen in infopunten]  # type: ignore[attr-defined]

    def _offer_onderwerpen(self, zoek: str) -> None:
        """What was searched for comes first, what is chosen stays in sight; the rest as this desk needs it."""
        onderwerpen = self.onderwerpen
        treffers = zoek_onderwerpen(onderwerpen, zoek)
        gevonden = [treffer.onderwerp for treffer in treffers]
        volgorde = gevonden + [o for o in onderwerpen if o not in gevonden]
        gekozen = next((o for o in volgorde if str(o.pk) == str(self["onderwerp"].value())), None)
        if gekozen in volgorde[ONDERWERPEN_VOORAAN:]:
            volgorde.remove(gekozen)
            volgorde.insert(ONDERWERPEN_VOORAAN - 1, gekozen)
        veld = self.fields["onderwerp"]
        veld.choices = [(o.pk, o.naam) for o in volgorde]  # type: ignore[attr-defined]
        veld.widget.icons = {o.pk: o.icoon for o in onderwerpen}
        veld.widget.spots = {o.pk: SPOTS[o.volgorde % len(SPOTS)] for o in onderwerpen}
        veld.widget.zoek, veld.widget.treffers = zoek, treffers
        eigen_volgorde = sorted(onderwerpen, key=lambda o: (o.volgorde, o.naam))
        self.fields["subonderwerp"].choices = [  # type: ignore[attr-defined]
            ("", "Niet preciezer"),
            *((o.naam, [(kind.pk, kind.naam) for kind in o.kinderen.all()]) for o in eigen_volgorde),
        ]
        self.fields["onderliggend"].choices = [  # type: ignore[attr-defined]
            ("", "Niets bekend"),
            *((o.pk, o.naam) for o in eigen_volgorde),
        ]

    @property
    def zoeklijst(self) -> dict[str, Any]:
        """What onderwerp.js needs to show subtopics and to search while somebody types."""

        def kort(onderwerp: Onderwerp) -> dict[str, Any]:
            return {"pk": onderwerp.pk, "naam": onderwerp.naam, "woorden": onderwerp.zoekwoorden}

        return {
            "stopwoorden": sorted(STOPWOORDEN),
            "onderwerpen": [
                {**kort(o), "kinderen": [kort(kind) for kind in o.kinderen.all()]} for o in self.onderwerpen
            ],
        }

    def _offer_organisaties(self, infopunt: Infopunt) -> None:
        """All of them in the list; as tiles the three most used for the topic, if one is known by now."""
        organisaties = alle_organisaties()
        namen = dict(organisaties)
        self.suggesties = {
            onderwerp: [(pk, namen[pk]) for pk in pks if pk in namen]
            for onderwerp, pks in organisaties_per_onderwerp(infopunt, self.nu).items()
        }
        self.fields["organisatie"].choices = [("", "Een andere …"), *organisaties]  # type: ignore[attr-defined]
        gekozen = str(self["onderwerp"].value() or "")
        self.fields["organisatie_snel"].choices = (  # type: ignore[attr-defined]
            self.suggesties.get(int(gekozen), []) if gekozen.isdecimal() else []
        )

    def renew_id(self) -> None:
        """Give the form that goes back to the browser an id that can be saved."""
        self.data = {**{naam: self.data[naam] for naam in self.data}, "id": str(uuid4())}

    @property
    def waar(self) -> str:
        """The desk as the page names it: what is chosen, as long as that is one of the choices."""
        namen = {str(pk): naam for pk, naam in self.fields["infopunt"].choices}  # type: ignore[attr-defined]
        return namen.get(str(self["infopunt"].value()), "kies een infopunt")

    def _moment(self) -> datetime | None:
        """The chosen day and time; None when that is not a moment."""
        try:
            dag = self.fields["dag"].to_python(self["dag"].value())
            tijd = self.fields["tijd"].to_python(self["tijd"].value())
        except forms.ValidationError:
            return None
        return None if dag is None or tijd is None else timezone.make_aware(datetime.combine(dag, tijd))

    @property
    def wanneer(self) -> str:
        """The chosen time in words, such as "vandaag 14.15 uur"."""
        moment = self._moment()
        if moment is None:
            return "kies dag en tijd"
        vandaag = moment.date() == timezone.localdate(self.nu)
        return f"{'vandaag' if vandaag else date_format(moment, 'j F')} {time_format(moment, 'G.i')} uur"

    @property
    def alleen_opmerking(self) -> bool:
        """Only the remark stands in the way: then the cursor goes there, without a list of errors."""
        return list(self.errors) == ["opmerking"]

    @property
    def vondsten(self) -> list[Vondst]:
        """What the guard found in a remark that was refused."""
        return check(self["opmerking"].value()) if self.has_error("opmerking", "privacy") else []

    def clean_id(self) -> Any:
        id = self.cleaned_data["id"]
        if id.version != UUID_VERSION:
            raise forms.ValidationError(self.fields["id"].error_messages["invalid"])
        return id

    def clean_dag(self) -> date:
        dag: date = self.cleaned_data["dag"]
        vandaag = timezone.localdate(self.nu)
        eerste = vandaag - timedelta(days=TERUG_DAGEN)
        if dag > vandaag:
            raise forms.ValidationError(
                f"{date_format(dag, 'j F')} moet nog komen. Kies vandaag of een dag ervoor."
            )
        if dag < eerste:
            raise forms.ValidationError(
                f"Dit is meer dan {TERUG_DAGEN} dagen geleden. Kies een dag vanaf {date_format(eerste, 'j F')}."
            )
        return dag

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        self._clean_onderwerp()
        data["organisatie"] = data.get("organisatie") or data.get("organisatie_snel")
        if data.get("wijze") not in WIJZEN_MET_ORGANISATIE:
            data["organisatie"] = None  # the question "Naar wie?" is out of sight then
        if data.get("wijze") != Wijze.NIET_GEHOLPEN:
            data["reden_niet"] = ""  # and so is "Waarom niet?"
        elif not data.get("reden_niet") and "reden_niet" not in self.errors:
            self.add_error("reden_niet", "Kies waarom het niet lukte.")
        if "dag" in data and "tijd" in data:
            self._clean_moment(data["dag"], data["tijd"])
        return data

    def _clean_onderwerp(self) -> None:
        """A subtopic says its main topic; both must agree, and what lies behind is another one."""
        data = self.cleaned_data
        if sub := data.get("subonderwerp"):
            if not self["onderwerp"].value():
                del self.errors["onderwerp"]
                data["onderwerp"] = sub.ouder
            elif "onderwerp" in data and sub.ouder_id != data["onderwerp"].pk:
                self.add_error("subonderwerp", f"‘{sub}’ hoort niet bij ‘{data['onderwerp']}’. Kies opnieuw.")
        if data.get("onderliggend") and data["onderliggend"] == data.get("onderwerp"):
            self.add_error("onderliggend", "Kies een ander onderwerp dan de vraag zelf.")

    def _clean_moment(self, dag: date, tijd: time) -> None:
        moment = timezone.make_aware(datetime.combine(dag, tijd)).astimezone(UTC)
        if moment > self.nu + SPELING:
            uur = time_format(tijd, "G.i")
            self.add_error("tijd", f"Het is nog geen {uur} uur. Kies een tijd die al is geweest.")
        self.cleaned_data["moment"] = min(moment, self.nu)
        vandaag = dag == timezone.localdate(self.nu)
        self.cleaned_data["herkomst"] = Herkomst.DIRECT if vandaag else Herkomst.ACHTERAF

    def vraag(self) -> dict[str, Any]:
        """What `register_vraag` wants to know."""
        data = self.cleaned_data
        namen = ["id", "infopunt", "moment", "wijze", "organisatie", "herkomst"]
        extra = ["onderliggend", "reden_niet", "opmerking"]
        return {naam: data[naam] for naam in [*namen, *extra]} | {
            "onderwerp": data.get("subonderwerp") or data["onderwerp"],
            "leeftijdsgroep": data.get("leeftijdsgroep", Leeftijdsgroep.NIET_GEVRAAGD),
            "geslacht": data.get("geslacht", Geslacht.NIET_GEVRAAGD),
        }
