"""Which tab is lit where the map is read, and where it is kept right."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("pad", "tab"),
    [
        ("/kaart/", "Zoeken"),
        ("/kaart/agenda/", "Zoeken"),
        ("/kaart/beheer/", "Onderhoud"),
        ("/kaart/invoer/", "Onderhoud"),
        ("/kaart/zoekwoorden/", "Onderhoud"),
        ("/kaart/geschiedenis/", "Onderhoud"),
    ],
)
def test_the_tab_of_this_part(as_user, pad, tab):
    client = as_user(factories.MedewerkerFactory(rol="coordinator"))
    tabs = client.get(pad).context["navigatie"]
    assert [zichtbaar.naam for zichtbaar in tabs if zichtbaar.actief] == [tab]
