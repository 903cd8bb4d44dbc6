"""The look: icons, small tags, and how forms are drawn."""

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.test import Client

from infopunt.forms import FormMixin, TilesCheckboxSelectMultiple, TilesRadioSelect
from infopunt.iconen import SPOT, icoon_bestaat, icoon_svg
from infopunt.onderdelen import KLEUREN
from infopunt.templatetags.infopunt_tags import initialen, telnummer, turfstreepjes

SJABLONEN = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
STYLESHEET = Path(settings.BASE_DIR) / "static/css/infopunt.css"


class ProefForm(FormMixin, forms.Form):
    naam = forms.CharField(label="Naam", help_text="Zoals de bezoeker het zegt.")
    dag = forms.DateField(label="Dag", required=False)
    hulp = forms.ChoiceField(
        label="Hulp",
        choices=[("zelf", "Zelf gedaan"), ("warm", "Warm verwezen")],
        widget=TilesRadioSelect(icons={"warm": "handshake"}, help_texts={"warm": "met naam"}, columns=2),
    )
    talen = forms.MultipleChoiceField(
        label="Talen", choices=[("nl", "Nederlands")], widget=TilesCheckboxSelectMultiple, required=False
    )
    akkoord = forms.BooleanField(label="Akkoord")
    spoor = forms.CharField(widget=forms.HiddenInput, required=False)


def render(bron: str, **context: object) -> str:
    return Template(bron).render(Context(context))


# --- icons ---


def test_icon_is_decoration_and_needs_no_inline_style():
    svg = render('{% icoon "handshake" spot="groen" maat="groot" %}')
    assert 'class="icoon icoon--groen icoon--groot"' in svg
    assert 'aria-hidden="true"' in svg
    assert 'focusable="false"' in svg
    assert "style=" not in svg


def test_icon_spot_lies_under_the_lines():
    svg = icoon_svg("search", "")
    assert svg.index("icoon__spot") < svg.index("m21 21")


def test_unknown_icon_shows_a_question_mark():
    assert not icoon_bestaat("bestaat-niet")
    assert icoon_svg("bestaat-niet", "") == icoon_svg("circle-question-mark", "")


def test_icon_class_is_escaped():
    assert '"><script>' not in icoon_svg("house", '"><script>')


@pytest.mark.parametrize("naam", sorted(SPOT))
def test_spots_point_at_shapes_that_exist(naam: str):
    assert icoon_svg(naam, "").count("icoon__spot") == len(SPOT[naam])


@pytest.mark.parametrize("pad", SJABLONEN, ids=lambda pad: str(pad.relative_to(settings.BASE_DIR)))
def test_templates_name_existing_icons_and_no_inline_style(pad: Path):
    tekst = pad.read_text()
    assert [naam for naam in re.findall(r'icoon "([^"]+)"', tekst) if not icoon_bestaat(naam)] == []
    assert re.findall(r"""\s(?:style|on[a-z]+)=["']""", tekst) == []


# --- small tags ---


@pytest.mark.parametrize(
    ("naam", "verwacht"),
    [
        ("Petra Lindeboom", "PL"),
        ("Cees van den Hagedoorn", "CH"),
        ("Joke", "J"),
        ("joke de wit", "JW"),
        ("", ""),
    ],
)
def test_initials(naam: str, verwacht: str):
    assert initialen(naam) == verwacht


def test_avatar_keeps_its_colour_and_escapes():
    assert render('{% avatar "Petra" %}') == render('{% avatar "Petra" %}')
    assert "<b>" not in render("{% avatar naam %}", naam="<b> <b>")


@pytest.mark.parametrize(
    ("nummer", "verwacht"),
    [("0529-55 55 07", "0529555507"), ("+31 (0)529", "+310529"), ("javascript:1", "1")],
)
def test_phone_link_holds_digits_only(nummer: str, verwacht: str):
    assert telnummer(nummer) == verwacht


@pytest.mark.parametrize(("aantal", "strepen"), [(0, 0), (4, 4), (5, 5), (12, 12), (40, 15)])
def test_tally_marks(aantal: int, strepen: int):
    assert turfstreepjes(aantal).count("M") == strepen


# --- forms ---


def test_field_reads_label_help_error_field():
    html = ProefForm({"naam": ""})["naam"].as_field_group()
    volgorde = [
        html.index(deel) for deel in ("<label", "Zoals de bezoeker", "Vul dit nog in.", '<input type="text"')
    ]
    assert volgorde == sorted(volgorde)


def test_wrong_field_points_at_its_explanation():
    html = ProefForm({"naam": ""})["naam"].as_field_group()
    assert 'aria-invalid="true"' in html
    wijst_naar = re.search(r'aria-describedby="([^"]+)"', html)
    assert wijst_naar is not None
    for id_ in wijst_naar.group(1).split():
        assert f'id="{id_}"' in html


def test_browser_bubbles_stay_away():
    assert " required" not in str(ProefForm()["naam"])


def test_only_optional_fields_say_they_may_stay_empty():
    form = ProefForm()
    assert "mag leeg" in form["dag"].as_field_group()
    assert "mag leeg" not in form["naam"].as_field_group()
    form.toon_mag_leeg = False
    assert "mag leeg" not in form["dag"].as_field_group()


def test_tiles_are_real_radios_in_a_named_group():
    html = ProefForm({"hulp": "warm"})["hulp"].as_field_group()
    assert re.search(r"<fieldset[^>]*>\s*<legend>Hulp\s*</legend>", html)
    assert html.count('type="radio"') == 2
    assert re.search(r'value="warm"[^>]* checked', html)
    assert "tegels--2" in html
    assert "<small>met naam</small>" in html
    assert html.count("<svg") == 1


def test_tiles_tie_label_and_radio():
    html = ProefForm()["hulp"].as_field_group()
    assert set(re.findall(r'for="([^"]+)"', html)) == set(re.findall(r'<input[^>]* id="([^"]+)"', html))


def test_group_error_is_announced_with_the_group():
    html = ProefForm({"naam": "x"})["hulp"].as_field_group()
    assert "Kies er nog een." in html
    fieldset = re.search(r'<fieldset[^>]*aria-describedby="([^"]+)"', html)
    assert fieldset is not None
    assert f'id="{fieldset.group(1)}"' in html


def test_checkboxes_become_tiles_and_a_single_one_stays_a_checkbox():
    form = ProefForm({"naam": "x"})
    assert 'type="checkbox"' in form["talen"].as_field_group()
    enkel = form["akkoord"].as_field_group()
    assert "tegel" not in enkel
    assert "Zet hier een vinkje." in enkel


def test_choice_values_are_escaped():
    class Vreemd(forms.Form):
        keuze = forms.ChoiceField(choices=[('"><i>', "<i>x</i>")], widget=TilesRadioSelect)

    assert "<i>" not in Vreemd()["keuze"].as_field_group()


def test_whole_form_starts_with_a_summary_that_links_to_what_takes_focus():
    html = str(ProefForm({}))
    for anker in re.findall(r'href="#([^"]+)"', html):
        assert re.search(rf'<(?:input|select|textarea)[^>]* id="{anker}"', html)
    assert html.count("href=") == 3
    assert 'type="hidden"' in html


# --- pages ---


def test_style_guide_is_for_the_demo_only(vrijwilliger, as_user, settings):
    client = as_user(vrijwilliger)
    settings.DEMO = False
    assert client.get("/onderdelen/").status_code == 404
    settings.DEMO = True
    html = client.get("/onderdelen/").content.decode()
    assert "Dit is een demo" in html
    assert "Er mist een cijfer." in html


def test_style_guide_shows_the_colours_of_the_stylesheet():
    css = STYLESHEET.read_text()
    for naam, waarde, _ in KLEUREN:
        assert f"--{naam}: {waarde.lower()};" in css


def test_error_pages_need_no_context():
    for naam in ("400.html", "500.html"):
        assert "<h1>" in render(f'{{% include "{naam}" %}}')


def test_login_page_has_labels_and_no_placeholders(client: Client, db: None):
    html = client.get("/account/inloggen/").content.decode()
    assert "Gebruikersnaam of e-mailadres" in html
    assert "placeholder" not in html
    assert "infopunt-demo" not in html


def test_login_in_the_demo_offers_the_roles(client: Client, db: None, settings):
    settings.DEMO = True
    assert client.get("/account/inloggen/").content.decode().count('value="infopunt-demo"') == 4


def test_login_error_stays_beside_the_form(client: Client, db: None):
    html = client.post("/account/inloggen/", {"login": "joke", "password": ""}).content.decode()
    assert "foutenlijst" in html
    assert 'value="joke"' in html


def test_unknown_page_has_no_way_in_for_strangers(client: Client, db: None):
    html = client.get("/onzin/").content.decode()
    assert "Deze bladzijde is er niet" in html
    assert "Naar start" not in html


@pytest.mark.parametrize(
    ("nieuw", "uitleg"),
    [
        ("kort", "Dit is te kort. Neem minstens 10 tekens."),
        ("98237498237", "Dit zijn alleen cijfers."),
        ("wachtwoord", "Dit wachtwoord gebruiken veel mensen."),
    ],
)
def test_refused_password_is_explained_in_plain_dutch(vrijwilliger, as_user, nieuw: str, uitleg: str):
    antwoord = as_user(vrijwilliger).post(
        "/account/wachtwoord/", {"oldpassword": "x", "password1": nieuw, "password2": nieuw}
    )
    html = antwoord.content.decode()
    assert uitleg in html
    assert "password" not in re.sub(r"<[^>]+>", "", html)
