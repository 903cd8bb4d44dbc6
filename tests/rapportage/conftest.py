from typing import Any

import pytest
from django.http import QueryDict

from rapportage.forms import FilterForm
from tests import factories


@pytest.fixture
def infopunten(db: None) -> list[Any]:
    return [factories.InfopuntFactory(naam=naam) for naam in ["Dalfsen", "Lemelerveld", "Nieuwleusen"]]


@pytest.fixture
def filter_of(infopunten: list[Any]) -> Any:
    """`filter_of("periode=...", vandaag=...)` is the form for that address."""

    def make(query: str, vandaag: Any) -> FilterForm:
        return FilterForm(QueryDict(query), infopunten=infopunten, vandaag=vandaag)

    return make
