"""How good the search is: own questions of visitors over the demo map, with what should be found.

`gegevens/zoekvragen.json`: 2 is what should be found, 1 is useful too; nothing at all means that the map has no answer.
Floors a little below what was measured: who makes the search worse notices, who makes it better raises them.
"""

import json
from math import log2
from pathlib import Path
from statistics import mean

import pytest

from sociale_kaart.demo import BESTAND
from sociale_kaart.invoer.kaart import importeer
from sociale_kaart.invoer.kaartbestand import lees_kaart
from sociale_kaart.models import Aanbod
from sociale_kaart.zoeken import zoek_in_kern

pytestmark = pytest.mark.django_db
VLOER, VLOER_NOOD = 0.8, 0.6
VRAGEN = json.loads((Path(__file__).parent / "gegevens" / "zoekvragen.json").read_text("utf-8"))


def ndcg(relevant, gevonden):
    """How good the first five are against the best possible five, 0-1."""

    def winst(graden):
        return sum((2**graad - 1) / log2(plek + 2) for plek, graad in enumerate(graden[:5]))

    return winst([relevant.get(naam, 0) for naam in gevonden]) / winst(
        sorted(relevant.values(), reverse=True)
    )


def test_visitors_find_what_they_need():
    importeer(lees_kaart(BESTAND.read_bytes()))
    namen = dict(Aanbod.objects.values_list("pk", "extern_id"))
    gevonden = {
        vraag["id"]: [namen[treffer.aanbod_id] for treffer in zoek_in_kern(vraag["text"]).treffers]
        for vraag in VRAGEN
    }
    scores = {
        vraag["id"]: ndcg(vraag["relevant"], gevonden[vraag["id"]]) for vraag in VRAGEN if vraag["relevant"]
    }
    assert mean(scores.values()) >= VLOER
    assert mean(scores[vraag["id"]] for vraag in VRAGEN if vraag["kind"] == "nood") >= VLOER_NOOD

    for vraag in VRAGEN:
        if vraag["kind"] in {"naam", "afkorting"}:
            assert vraag["relevant"].get(gevonden[vraag["id"]][0]) == 2, vraag["text"]

    zonder_antwoord = [len(gevonden[vraag["id"]]) for vraag in VRAGEN if not vraag["relevant"]]
    assert mean(zonder_antwoord) <= 1.5
