"""The question form: tiles only. There is no field to type in, so nothing about a visitor can be typed."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.formats import date_format, time_format

from balie.models import Infopunt
from infopunt.forms import FormMixin, TilesRadioSelect
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
    Herkomst,
    Wijze,
    to_quarter,
)
from sociale_kaart.models import Onderwerp, Organisatie

TERUG_DAGEN = 14
SPELING = timedelta(minutes=15)  # the clock of the desk's computer may run ahead of ours
BLIJFT_STAAN = ["leeftijdsgroep", "geslacht"]  # for the same visitor's next question
VOORAF = ["onderwerp", "organisatie", "wijze", *BLIJFT_STAAN]  # may come in with the address

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
    """Topic tiles: the first ones in sight, the rest one click further. `focus` puts the cursor on the first."""

    template_name = "registratie/_onderwerptegels.html"
    focus = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        opties = [optie for _, groep, _ in context["widget"]["optgroups"] for optie in groep]
        if opties and self.focus:
            opties[0]["attrs"]["autofocus"] = True
        meer = opties[ONDERWERPEN_VOORAAN:]
        context["widget"] |= {
            "vooraan": opties[:ONDERWERPEN_VOORAAN],
            "meer": meer,
            "meer_open": any(optie["selected"] for optie in meer),
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
        Organisatie.objects.all(), label="Naar wie?", required=False, widget=TilesRadioSelect(columns=3)
    )
    organisatie = forms.ModelChoiceField(
        Organisatie.objects.all(), label="Of een andere organisatie", required=False
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
    ) -> None:
        self.nu = nu
        begin = timezone.localtime(to_quarter(nu))
        super().__init__(
            data,
            initial={"id": uuid4(), "infopunt": infopunt.pk, "dag": begin.date(), "tijd": begin.time()},
        )
        self.initial = {**self.initial, **self._valid_choices(vooraf or {})}
        self._offer_infopunten(infopunten)
        self._offer_onderwerpen(infopunt)
        self._offer_organisaties(infopunt)

    def _valid_choices(self, vooraf: Mapping[str, str]) -> dict[str, str]:
        """What is not a valid choice is left out without a word."""
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

    def _offer_onderwerpen(self, infopunt: Infopunt) -> None:
        onderwerpen = onderwerpen_for(infopunt, self.nu)
        veld = self.fields["onderwerp"]
        veld.choices = [(onderwerp.pk, onderwerp.naam) for onderwerp in onderwerpen]  # type: ignore[attr-defined]
        veld.widget.icons = {onderwerp.pk: onderwerp.icoon for onderwerp in onderwerpen}
        veld.widget.spots = {
            onderwerp.pk: SPOTS[onderwerp.volgorde % len(SPOTS)] for onderwerp in onderwerpen
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

    @property
    def wanneer(self) -> str:
        """The chosen time in words, such as "vandaag 14.15 uur"."""
        try:
            dag = self.fields["dag"].to_python(self["dag"].value())
            tijd = self.fields["tijd"].to_python(self["tijd"].value())
        except forms.ValidationError:
            dag = tijd = None
        if dag is None or tijd is None:
            return "kies dag en tijd"
        vandaag = dag == timezone.localdate(self.nu)
        return f"{'vandaag' if vandaag else date_format(dag, 'j F')} {time_format(tijd, 'G.i')} uur"

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
        data["organisatie"] = data.get("organisatie") or data.get("organisatie_snel")
        if data.get("wijze") not in WIJZEN_MET_ORGANISATIE:
            data["organisatie"] = None  # the question "Naar wie?" is out of sight then
        if "dag" in data and "tijd" in data:
            self._clean_moment(data["dag"], data["tijd"])
        return data

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
        namen = ["id", "infopunt", "moment", "onderwerp", "leeftijdsgroep", "geslacht", "wijze"]
        return {naam: self.cleaned_data[naam] for naam in [*namen, "organisatie", "herkomst"]}
