"""No field that could hold personal data without a rule for its end."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from infopunt import bewaren
from infopunt.bewaren import Bewaarregel, Over, check_retention


def with_rules(monkeypatch, app, change):
    """Change the rules of one app for this test."""
    rules = bewaren.rules
    monkeypatch.setattr(
        bewaren, "rules", lambda config: change(rules(config)) if config.name == app else rules(config)
    )


def test_the_project_keeps_its_own_rule():
    assert check_retention(None) == []


def test_a_field_without_a_rule_fails(monkeypatch):
    with_rules(monkeypatch, "balie", lambda regels: [r for r in regels if r.model != "Medewerker"])
    fouten = check_retention(None)
    assert "balie.Medewerker.email has no retention rule." in [fout.msg for fout in fouten]
    assert {fout.id for fout in fouten} == {"infopunt.E001"}


def test_a_rule_for_nothing_fails(monkeypatch):
    with_rules(monkeypatch, "balie", lambda regels: [*regels, Bewaarregel("Kern", ("weg",), Over.NIEMAND)])
    assert [fout.id for fout in check_retention(None)] == ["infopunt.E002"]


def test_data_about_people_has_an_end(monkeypatch):
    with_rules(monkeypatch, "doorverwijzing", lambda regels: [replace(regels[0], hoe_lang=""), *regels[1:]])
    assert [fout.id for fout in check_retention(None)] == ["infopunt.E003"]


def test_a_question_has_one_free_field():
    from registratie.models import Vraag

    assert list(bewaren.free_fields(Vraag)) == ["opmerking"]


@pytest.mark.django_db
def test_check_command_is_silent():
    call_command("check")
