"""Line icons from the lucide package, with one shape marked so the stylesheet can fill it (the "spot")."""

from functools import lru_cache
from xml.etree import ElementTree

from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

# Which shape gets the second tone, counted from 0, where the general rule picks the wrong one or none.
# An empty tuple means: outline only.
SPOT: dict[str, tuple[int, ...]] = {
    "alarm-clock": (0,),
    "ambulance": (1,),
    "baby": (2,),
    "bell": (1,),
    "book": (0,),
    "book-marked": (1,),
    "building-2": (4,),
    "bus": (3,),
    "calendar-clock": (5,),
    "calendar-plus": (3,),
    "car": (0,),
    "church": (3,),
    "coffee": (2,),
    "coins": (0, 3),
    "dog": (2,),
    "eye": (0,),
    "flag": (0,),
    "flame": (0,),
    "gavel": (0,),
    "gift": (1,),
    "hammer": (2,),
    "hand": (3,),
    "hand-heart": (1,),
    "hand-platter": (4,),
    "handshake": (1, 3),
    "heart": (0,),
    "heart-handshake": (0,),
    "heart-pulse": (0,),
    "hourglass": (2, 3),
    "lightbulb": (0,),
    "map-pin": (0,),
    "message-circle": (0,),
    "message-circle-question-mark": (0,),
    "moon": (0,),
    "newspaper": (2,),
    "phone": (0,),
    "phone-call": (2,),
    "phone-missed": (2,),
    "phone-off": (),
    "scale": (1, 3),
    "school": (3,),
    "settings": (0,),
    "shopping-cart": (2,),
    "store": (2,),
    "train-front": (3,),
    "trash-2": (2,),
    "triangle-alert": (0,),
    "truck": (0,),
}
RESERVE = "circle-question-mark"


def icoon_bestaat(naam: str) -> bool:
    """Whether the package has this icon; for checking names that come out of the database."""
    try:
        lucide(naam)
    except IconDoesNotExist:
        return False
    return True


@lru_cache(maxsize=512)
def icoon_svg(naam: str, klasse: str) -> str:
    """The icon as inline SVG. An unknown name gives a question mark: a typo in data is no reason for a 500."""
    try:
        bron = lucide(naam)
    except IconDoesNotExist:
        bron = lucide(RESERVE)
    svg = ElementTree.fromstring(bron)  # noqa: S314 - our own installed package
    vormen = list(svg)
    gevuld = [vormen[nummer] for nummer in _spots(naam, vormen)]
    for vorm in gevuld:
        vorm.set("class", "icoon__spot")
    # The filled shape goes underneath, or it would cover the lines drawn before it.
    svg[:] = gevuld + [vorm for vorm in vormen if vorm not in gevuld]
    svg.attrib = {
        "class": f"icoon {klasse}".strip(),
        "viewBox": "0 0 24 24",
        "width": "24",
        "height": "24",
        "aria-hidden": "true",
        "focusable": "false",
    }
    return ElementTree.tostring(svg, encoding="unicode")


def _spots(naam: str, vormen: list[ElementTree.Element]) -> tuple[int, ...]:
    if naam in SPOT:
        return SPOT[naam]
    dicht = [nummer for nummer, vorm in enumerate(vormen) if _is_dicht(vorm)]
    return (max(dicht, key=lambda nummer: _omvang(vormen[nummer])),) if dicht else ()


def _is_dicht(vorm: ElementTree.Element) -> bool:
    return str(vorm.tag) in {"circle", "rect", "ellipse", "polygon"} or vorm.get("d", "").lower().endswith(
        "z"
    )


def _omvang(vorm: ElementTree.Element) -> float:
    """A rough size, good enough to choose the main shape: a path's size is how much there is to draw."""
    if vorm.tag == "circle":
        return (2 * float(vorm.get("r", 0))) ** 2
    if vorm.tag == "rect":
        return float(vorm.get("width", 0)) * float(vorm.get("height", 0))
    return len(vorm.get("d", ""))
