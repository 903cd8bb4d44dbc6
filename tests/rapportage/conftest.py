from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from rapportage.cijfers import Rapport
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


@pytest.fixture
def rapport_of(filter_of: Any) -> Any:
    """`rapport_of("periode=...")` is the report of that address; March 2026 when none is given."""

    def make(query: str = "periode=eigen&van=2026-03-01&tot=2026-03-31") -> Rapport:
        form = filter_of(query, date(2026, 11, 21))
        assert form.is_valid(), form.errors
        return Rapport(form)

    return make
