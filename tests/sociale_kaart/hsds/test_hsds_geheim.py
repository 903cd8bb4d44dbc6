"""What is not public leaves by no address and no question."""

import pytest
from django.test import Client

from sociale_kaart.hsds.delen import contact
from sociale_kaart.hsds.sleutels import sleutel
from tests.sociale_kaart.hsds.conftest import GEHEIM

pytestmark = pytest.mark.django_db


def adressen(wereld):
    plek = sleutel(wereld.aanbod.uuid, wereld.spil.uuid)
    yield from ["", "taxonomies", "taxonomy_terms"]
    for lijst in ("services", "organizations", "service_at_locations"):
        for query in (
            "",
            "?full=true",
            "?full=true&full_service=true",
            "?minimal=true",
            "?modified_after=2000-01-01",
        ):
            yield lijst + query
    yield from [
        f"services/{wereld.aanbod.uuid}",
        f"services/{wereld.kaal.uuid}",
        f"service_at_locations/{plek}",
    ]
    yield f"organizations/{wereld.organisatie.uuid}?full_service=true"


def test_marks_appear_nowhere(wereld):
    for adres in adressen(wereld):
        response = Client().get(f"/hsds/{adres}")
        tekst = response.content.decode() + str(response.headers)
        assert response.status_code == 200, adres
        for merk in (GEHEIM, "Petra", "99887766", str(wereld.prive.uuid), "incasso"):
            assert merk.lower() not in tekst.lower(), (adres, merk)


def test_the_public_person_does_appear(wereld):
    """The grep above can find something."""
    assert "Yusuf Demir" in Client().get(f"/hsds/services/{wereld.aanbod.uuid}").content.decode()


def test_a_private_person_is_refused_outright(wereld):
    with pytest.raises(ValueError, match="not public"):
        contact(wereld.prive)


@pytest.mark.parametrize("adres", ["services", "service_at_locations", "organizations"])
@pytest.mark.parametrize(
    "tekst", [GEHEIM, f"petra {GEHEIM.lower()}", "Petra", "zwaluwstaar", "zwaluwstaartt", "Petra incasso"]
)
def test_searching_for_a_private_person_finds_nothing(wereld, adres, tekst):
    assert Client().get(f"/hsds/{adres}", {"search": tekst}).json()["total_items"] == 0


def test_other_words_still_find_the_offer(wereld):
    for tekst in ("geldzorgen", "Petra geldzorgen", "Yusuf"):
        gevonden = Client().get("/hsds/services", {"search": tekst}).json()["contents"]
        assert [dienst["name"] for dienst in gevonden] == ["Spreekuur geldzorgen"], tekst
