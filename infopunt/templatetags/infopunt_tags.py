"""Template tags for the look: icons, avatars and tally marks. Loaded everywhere as builtins."""

from zlib import crc32

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from infopunt.iconen import icoon_svg

register = template.Library()

# No yellow among them: yellow means here, now, chosen.
AVATARKLEUREN = ["groen", "roze", "blauw", "paars", "zand"]


@register.simple_tag
def icoon(naam: str, spot: str = "", maat: str = "", klasse: str = "") -> SafeString:
    """`{% icoon "handshake" spot="groen" maat="groot" %}`: decoration, so always put a word beside it.

    spot: geel (default), groen, roze, blauw, paars, geen. maat: klein, groot, reus.
    """
    klassen = [spot and f"icoon--{spot}", maat and f"icoon--{maat}", klasse]
    return mark_safe(icoon_svg(str(naam), " ".join(filter(None, klassen))))  # noqa: S308 - built by ElementTree


@register.simple_tag
def avatar(naam: str) -> SafeString:
    """Initials on a colour that belongs to the name. The name itself stands beside it."""
    naam = str(naam)
    return format_html(
        '<span class="avatar avatar--{}" aria-hidden="true">{}</span>',
        AVATARKLEUREN[crc32(naam.encode()) % len(AVATARKLEUREN)],
        initialen(naam),
    )


@register.filter
def initialen(naam: str) -> str:
    """First and last initial: "Cees van den Hagedoorn" gives "CH"."""
    woorden = [woord for woord in str(naam).split() if woord[:1].isalpha()]
    hoofdwoorden = [woord for woord in woorden if woord[0].isupper()] or woorden
    return "".join(woord[0] for woord in [*hoofdwoorden[:1], *hoofdwoorden[1:][-1:]]).upper()


@register.filter
def telnummer(nummer: str) -> str:
    """What goes behind `tel:`: digits and a leading plus, nothing else."""
    nummer = str(nummer).strip()
    return ("+" if nummer.startswith("+") else "") + "".join(teken for teken in nummer if teken.isdigit())


@register.simple_tag
def turfstreepjes(aantal: int, hoogstens: int = 15) -> SafeString:
    """Tally marks in groups of five, as many as fit; the number itself stands beside them."""
    zichtbaar = min(aantal, hoogstens)
    if zichtbaar < 1:
        return SafeString("")
    strepen = []
    for nummer in range(zichtbaar):
        groep, plaats = divmod(nummer, 5)
        x = 3 + groep * 34 + plaats * 6
        strepen.append(f"M{x} 3v22" if plaats < 4 else f"M{x - 25} 21L{x + 1} 6")
    breedte = 34 * ((zichtbaar + 4) // 5)
    return format_html(
        '<svg class="streepjes" viewBox="0 0 {0} 28" width="{0}" height="28" aria-hidden="true"'
        ' focusable="false"><path d="{1}"></path></svg>',
        breedte,
        "".join(strepen),
    )


@register.filter
def eerste_invoer(veld: BoundField) -> str:
    """The id that a link in the error summary jumps to: of a group of radios, the first one."""
    return f"{veld.auto_id}_0" if veld.field.widget.use_fieldset else veld.id_for_label
