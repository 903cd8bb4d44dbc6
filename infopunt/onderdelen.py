"""What the living style guide shows: every component in every state on one page. axe looks at it too."""

from typing import Any

from django import forms

from infopunt.forms import FormMixin, TilesCheckboxSelectMultiple, TilesRadioSelect

KLEUREN = [
    ("linnen", "#F3ECDF", "achtergrond"),
    ("blad", "#FFFCF5", "kaart"),
    ("inkt", "#2A1F28", "tekst 15,5 : 1"),
    ("inkt-zacht", "#54454F", "op blad 8,8 : 1"),
    ("pruim", "#4A2142", "op blad 12,9 : 1"),
    ("pruim-diep", "#33132E", "op lamp 9,6 : 1"),
    ("lamp", "#F6BC45", "hier en nu"),
    ("lamplicht", "#FDF0CF", "gekozen"),
    ("rand", "#86746B", "veldrand 4,3 : 1"),
    ("goed", "#1B5234", "op licht 7,7 : 1"),
    ("letop", "#7A3A06", "op licht 7,2 : 1"),
    ("fout", "#8C1A1F", "op licht 7,6 : 1"),
    ("info", "#1F4468", "op licht 8,5 : 1"),
]
ONDERWERPEN = {
    "geld": ("Geld en schulden", "coins", ""),
    "brief": ("Brief of formulier", "mail-open", "blauw"),
    "wonen": ("Wonen en huren", "house", "roze"),
    "computer": ("Computer en telefoon", "smartphone", "paars"),
    "vervoer": ("Rijbewijs en vervoer", "car", "groen"),
    "zorg": ("Zorg en gezondheid", "heart-pulse", "roze"),
    "thuis": ("Hulp thuis", "hand-heart", "groen"),
    "taal": ("Taal en leren", "languages", "blauw"),
}


class VoorbeeldForm(FormMixin, forms.Form):
    """One field of every kind."""

    naam = forms.CharField(label="Naam", help_text="Zoals de bezoeker het zegt.")
    telefoon = forms.RegexField(
        r"^(\D*\d){10}$",
        label="Telefoon",
        error_messages={"invalid": "Er mist een cijfer. Een nummer heeft er tien."},
    )
    dag = forms.DateField(
        label="Dag", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), required=False
    )
    plaats = forms.ChoiceField(label="Plaats", choices=[("d", "Dalfsen"), ("n", "Nieuwleusen")])
    opmerking = forms.CharField(label="Opmerking", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    voicemail = forms.BooleanField(label="Voicemail inspreken mag", required=False)


class KeuzeForm(FormMixin, forms.Form):
    """Tiles in their three shapes."""

    onderwerp = forms.ChoiceField(
        label="Onderwerp",
        choices=[(sleutel, naam) for sleutel, (naam, _, _) in ONDERWERPEN.items()],
        widget=TilesRadioSelect(
            icons={sleutel: beeld for sleutel, (_, beeld, _) in ONDERWERPEN.items()},
            spots={sleutel: spot for sleutel, (_, _, spot) in ONDERWERPEN.items()},
            columns=5,
            variant="groot",
        ),
    )
    leeftijd = forms.ChoiceField(
        label="Leeftijd",
        choices=[(naam, naam) for naam in ("0–17", "18–29", "30–49", "50–64", "65–79", "80+", "weet niet")],
        widget=TilesRadioSelect(columns=7, variant="kort"),
    )
    hulp = forms.ChoiceField(
        label="Hoe hielp je?",
        choices=[("zelf", "Zelf beantwoord"), ("warm", "Warm verwezen"), ("niet", "Niet kunnen helpen")],
        widget=TilesRadioSelect(
            icons={"zelf": "message-circle", "warm": "handshake", "niet": "ban"},
            help_texts={"warm": "met naam en nummer"},
        ),
    )
    talen = forms.MultipleChoiceField(
        label="Talen",
        choices=[("nl", "Nederlands"), ("en", "Engels"), ("ar", "Arabisch"), ("pl", "Pools")],
        widget=TilesCheckboxSelectMultiple(columns=4, variant="kort"),
        required=False,
    )


def voorbeelden() -> dict[str, Any]:
    """What the style guide's template shows: forms half filled in, one of them with a mistake."""
    return {
        "kleuren": KLEUREN,
        "formulier": VoorbeeldForm({"naam": "Anna de Vries", "telefoon": "0529-55 55 9", "plaats": "n"}),
        "keuzes": KeuzeForm({"onderwerp": "geld", "leeftijd": "65–79", "talen": ["nl", "pl"]}),
        "dagen": ["ma 15", "di 16", "wo 17", "do 18", "vr 19"],
    }
