"""Logging in, in plain Dutch, without signing up."""

import pytest
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from tests import factories

pytestmark = pytest.mark.django_db

LOGIN = "/account/inloggen/"


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


def login(client, username="joke", password="infopunt-demo", **extra):
    return client.post(LOGIN, {"login": username, "password": password, **extra})


@pytest.fixture
def joke():
    return factories.MedewerkerFactory(username="joke", email="joke@bibliotheek.example")


@pytest.mark.parametrize("naam", ["joke", "joke@bibliotheek.example"])
def test_with_name_or_mail_address(client, joke, naam):
    assert login(client, naam).url == "/"


def test_back_to_the_page_one_wanted(client, joke):
    response = client.get("/doorverwijzingen/")
    assert response.url == f"{LOGIN}?next=/doorverwijzingen/"
    assert login(client, next="/doorverwijzingen/").url == "/doorverwijzingen/"


def test_wrong_password_is_told_in_dutch_and_keeps_the_name(client, joke):
    response = login(client, password="fout-fout-fout")
    html = response.content.decode()
    assert response.status_code == 200
    assert 'value="joke"' in html
    assert "Deze naam en dit wachtwoord horen niet bij elkaar." in html


def test_guessing_is_slowed_down_for_every_process(client, joke):
    for _ in range(6):
        response = login(client, password="fout-fout-fout")
    assert "Dit is te vaak misgegaan." in response.content.decode()
    assert login(client).status_code == 200


def test_nobody_signs_up():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_logging_out_takes_a_post(client, joke):
    client.force_login(joke)
    client.get("/account/uitloggen/")
    assert client.get("/").status_code == 200
    client.post("/account/uitloggen/")
    assert client.get("/").status_code == 302


def test_page_is_in_dutch(client):
    html = client.get(LOGIN).content.decode()
    assert '<html lang="nl"' in html
    assert "Inloggen" in html
    assert "Sign" not in html
