"""What the search remembers: single words, counted. Never a question, and never who asked it or when.

A visitor's question may say more than anybody should keep. So of a search nothing is stored but words that

1. stand in a text in which the privacy guard finds nothing: one name or number, and nothing at all is counted;
2. say something (`woorden_van`), with 3 to 30 letters and no digits;
3. are ordinary Dutch words and nobody's name (`is_ordinary_word`, stricter than the guard).

They come by a POST that the page sends when its text has stood still for two seconds, so that GET changes nothing and
half-typed words are not counted. Without JavaScript nothing is counted. The session holds the words of the latest
search only, until a referral is made or the desk logs out: to count a word once per search, and to learn what is
chosen after it. A coordinator sees a word from VANAF times on.
"""

from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from infopunt.velden import find_personal, is_ordinary_word
from sociale_kaart.models import Aanbod, GemistWoord, Woordkeuze, Zoekwoord
from sociale_kaart.zoeken import Uitkomst, kernen_op_naam, zoek
from sociale_kaart.zoektaal import begrijp, vouw, woorden_van

SLEUTEL = "zoekwoorden"
VANAF = 3  # how often a word is used before anybody sees it
HOOGSTENS = 5  # words of one search
LETTERS = range(3, 31)


def bewaarbare_woorden(tekst: str) -> tuple[str, ...]:
    """The words of a text that may be kept, in order; none when anything in it points to a person."""
    if not tekst.strip() or find_personal(tekst):
        return ()
    woorden = (woord for woord in woorden_van(tekst) if len(woord) in LETTERS and woord.isalpha())
    return tuple(woord for woord in woorden if is_ordinary_word(woord))[:HOOGSTENS]


def searched(request: HttpRequest, tekst: str) -> None:
    """Somebody searched: count what was missed, and hold on to the words for what is chosen next.

    A word that was in the search before is not counted again: going back or adding a word is not a new question.
    """
    woorden = bewaarbare_woorden(tekst)
    eerder = request.session.get(SLEUTEL, [])
    request.session[SLEUTEL] = list(woorden)
    if nieuw := set(woorden).difference(eerder):
        _count_missed(sorted(nieuw & gemiste_woorden(tekst)))


def gemiste_woorden(tekst: str) -> set[str]:
    """The folded words of a text that nothing on the map was found for, whatever the place or the filters."""
    uitkomst = _zoek_overal(tekst)
    gemist = uitkomst.onbekend or (() if uitkomst.treffers else woorden_van(tekst))
    return {vouw(woord) for woord in gemist}


@transaction.atomic
def chosen(request: HttpRequest, aanbod: Aanbod) -> None:
    """A warm referral was made: count it for the words of the search before it that do not lead there yet."""
    for woord in sorted(request.session.pop(SLEUTEL, [])):
        if not leads_to(woord, aanbod):
            keuze, nieuw = Woordkeuze.objects.get_or_create(
                woord=woord, aanbod=aanbod, defaults={"maand": _deze_maand()}
            )
            if not nieuw:
                Woordkeuze.objects.filter(pk=keuze.pk).update(aantal=F("aantal") + 1, maand=_deze_maand())


def leads_to(woord: str, aanbod: Aanbod) -> bool:
    """Whether searching for this word finds this offer."""
    return aanbod.pk in {treffer.aanbod_id for treffer in _zoek_overal(woord).treffers}


def finds(vakwoord: str) -> list[Aanbod]:
    """What a search for this word finds, best first."""
    ids = [treffer.aanbod_id for treffer in _zoek_overal(vakwoord).treffers]
    op_id = Aanbod.objects.select_related("organisatie").in_bulk(ids)
    return [op_id[pk] for pk in ids if pk in op_id]


def missed() -> "QuerySet[GemistWoord]":
    """Words that were searched in vain often enough to be shown, and not dealt with."""
    return GemistWoord.objects.filter(aantal__gte=VANAF, afgedaan=False)


def suggestions() -> "QuerySet[Woordkeuze]":
    """Words after which the same offer was chosen often enough to learn from."""
    op_de_kaart = Aanbod.objects.current()
    return Woordkeuze.objects.filter(aantal__gte=VANAF, aanbod__in=op_de_kaart).select_related(
        "aanbod__organisatie"
    )


@transaction.atomic
def learn(*, woord: str, vakwoord: str) -> Zoekwoord:
    """From now on `woord` leads to what the map calls `vakwoord`; the word is missed no longer."""
    zoekwoord, _ = Zoekwoord.objects.get_or_create(woord=woord, vakwoord=vakwoord)
    GemistWoord.objects.filter(woord=vouw(woord)).delete()
    return zoekwoord


@transaction.atomic
def accept(keuze: Woordkeuze) -> Zoekwoord:
    """Learn what desks chose after a word."""
    naam = keuze.aanbod.naam
    lengte = Zoekwoord._meta.get_field("vakwoord").max_length or len(naam)
    past = naam if len(naam) <= lengte else naam[:lengte].rsplit(" ", 1)[0]
    zoekwoord = learn(woord=keuze.woord, vakwoord=past)
    keuze.delete()
    return zoekwoord


def forget_old(vandaag: date) -> int:
    """Drop what was not searched for in a year; returns how many words."""
    grens = vandaag.replace(day=1, year=vandaag.year - 1)
    verlopen = (model.objects.filter(maand__lt=grens).delete()[0] for model in (GemistWoord, Woordkeuze))
    return sum(verlopen)


@transaction.atomic
def _count_missed(woorden: list[str]) -> None:
    """In alphabetical order, so that two searches at once cannot wait for each other."""
    for woord in woorden:
        gemist, nieuw = GemistWoord.objects.get_or_create(woord=woord, defaults={"maand": _deze_maand()})
        if not nieuw:
            GemistWoord.objects.filter(pk=gemist.pk).update(aantal=F("aantal") + 1, maand=_deze_maand())


def _zoek_overal(tekst: str) -> Uitkomst:
    return zoek(begrijp(tekst, kernen_op_naam()), Aanbod.objects.current())


def _deze_maand() -> date:
    return timezone.localdate().replace(day=1)
