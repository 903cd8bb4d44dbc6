"""How long we keep what could be about a person.

Each app lists its free fields in `bewaren.py`; a system check fails when a field that can hold somebody's words,
name or number has no rule. So nobody adds personal data without saying when it goes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db import models

CAN_HOLD_ANYTHING = (
    models.CharField,
    models.TextField,
    models.BinaryField,
    models.JSONField,
    models.FileField,
)


class Over(Enum):
    """Whom a field is about."""

    BEZOEKER = "bezoeker"
    MEDEWERKER = "medewerker"
    PARTNER = "contactpersoon van een partner"
    NIEMAND = "niemand"


@dataclass(frozen=True)
class Bewaarregel:
    """A rule for some fields of one model; data about people needs `hoe_lang` and `hoe_weg`."""

    model: str
    velden: tuple[str, ...]
    over: Over
    hoe_lang: str = ""
    hoe_weg: str = ""


def project_apps() -> list[AppConfig]:
    """The apps that live in this repository."""
    return [config for config in apps.get_app_configs() if (settings.BASE_DIR / config.name).is_dir()]


def rules(config: AppConfig) -> list[Bewaarregel]:
    naam = f"{config.name}.bewaren"
    return list(import_module(naam).REGELS) if config.name != "infopunt" and find_spec(naam) else []


def free_fields(model: type[models.Model]) -> Iterator[str]:
    """Names of the fields into which anything could be written: text without choices, bytes, files."""
    for field in model._meta.concrete_fields:
        if isinstance(field, CAN_HOLD_ANYTHING) and not field.choices:
            yield field.name


@register
def check_retention(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every free field has a rule, every rule a field, and data about people an end."""
    fouten: list[CheckMessage] = []
    for config in project_apps():
        regels = rules(config)
        geregeld = {(regel.model, veld) for regel in regels for veld in regel.velden}
        aanwezig = {(m.__name__, veld) for m in config.get_models() for veld in free_fields(m)}
        for model, veld in sorted(aanwezig - geregeld):
            fouten.append(
                Error(
                    f"{config.name}.{model}.{veld} has no retention rule.",
                    hint=f"Say in {config.name}/bewaren.py whom it is about and when it goes.",
                    id="infopunt.E001",
                )
            )
        for model, veld in sorted(geregeld - aanwezig):
            fouten.append(
                Error(
                    f"{config.name}/bewaren.py has a rule for {model}.{veld}, which is no free field.",
                    id="infopunt.E002",
                )
            )
        fouten += [
            Error(f"{config.name}: the rule for {regel.model} says no end.", id="infopunt.E003")
            for regel in regels
            if regel.over is not Over.NIEMAND and not (regel.hoe_lang and regel.hoe_weg)
        ]
    return fouten
