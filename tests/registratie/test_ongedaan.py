"""Taking a question back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from registratie.models import VervallenVraag, Vraag, to_quarter
from tests import factories


@pytest.fixture
def vraag(vrijwilliger: Any) -> Vraag:
    return factories.VraagFactory(infopunt=vrijwilliger.infopunten.get(), moment=to_quarter(timezone.now()))


def url(vraag: Vraag) -> str:
    return f"/vragen/{vraag.pk}/ongedaan/"


def test_removes_the_question_for_good(as_user: Any, vrijwilliger: Any, vraag: Vraag) -> None:
    response = as_user(vrijwilliger).post(url(vraag), follow=True)

    assert "De vraag is weggehaald." in response.content.decode()
    assert not Vraag.objects.exists()
    assert VervallenVraag.objects.filter(pk=vraag.pk).exists()


def test_twice_is_once(as_user: Any, vrijwilliger: Any, vraag: Vraag) -> None:
    client = as_user(vrijwilliger)

    assert [client.post(url(vraag)).status_code for _ in range(2)] == [302, 302]
    assert VervallenVraag.objects.count() == 1


@pytest.mark.parametrize(
    ("rol", "eigen_infopunt", "dagen_geleden", "status"),
    [
        ("vrijwilliger", True, 0, 302),
        ("beroepskracht", True, 0, 302),
        ("vrijwilliger", False, 0, 404),
        ("vrijwilliger", True, 1, 404),
        ("beroepskracht", True, 1, 404),
        ("coordinator", False, 0, 302),
        ("coordinator", False, 40, 302),
        ("partner", True, 0, 404),
    ],
)
def test_who_may(
    as_user: Any, db: None, rol: str, eigen_infopunt: bool, dagen_geleden: int, status: int
) -> None:
    moment = to_quarter(timezone.now() - timedelta(days=dagen_geleden))
    vraag = factories.VraagFactory(moment=moment)
    user = factories.MedewerkerFactory(rol=rol, infopunten=[vraag.infopunt] if eigen_infopunt else [])

    assert as_user(user).post(url(vraag)).status_code == status
    assert Vraag.objects.exists() == (status == 404)


def test_unknown_question_is_not_remembered(as_user: Any, vrijwilliger: Any) -> None:
    response = as_user(vrijwilliger).post("/vragen/9b0e0e0e-1b1b-4c4c-8d8d-2e2e2e2e2e2e/ongedaan/")

    assert response.status_code == 404
    assert not VervallenVraag.objects.exists()


def test_opening_the_address_changes_nothing(as_user: Any, vrijwilliger: Any, vraag: Vraag) -> None:
    assert as_user(vrijwilliger).get(url(vraag)).status_code == 405
    assert Vraag.objects.filter(pk=vraag.pk).exists()
