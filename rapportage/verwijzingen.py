"""How people were referred, and how they liked it."""

from collections import Counter

from django.db.models import Count

from doorverwijzing.models import Doorverwijzing, KoudeVerwijzing, Waardering, Wijze
from rapportage.forms import FilterForm
from rapportage.periode import Periode
from rapportage.tabellen import Tabel, bar_table

KAARTJE = "Alleen een kaartje mee"


def per_manier(form: FilterForm, periode: Periode) -> Tabel:
    """Warm referrals by way, and cards that went home without one."""
    warm = form.filter(Doorverwijzing.objects.all()).filter(
        aangemaakt_op__gte=periode.begin, aangemaakt_op__lt=periode.eind
    )
    aantallen = Counter(dict(warm.order_by().values_list("wijze").annotate(Count("pk"))))
    koud = form.filter(KoudeVerwijzing.objects.all()).filter(dag__range=(periode.van, periode.tot)).count()
    paren = [(str(wijze.label), aantallen[wijze.value]) for wijze in Wijze] + [(KAARTJE, koud)]
    return bar_table("Hoe verwezen", "Manier", [paar for paar in paren if paar[1]])


def per_smiley(form: FilterForm, periode: Periode) -> Tabel:
    """What visitors tapped, on the tablet and with their card."""
    gegeven = form.filter(Waardering.objects.all()).filter(dag__range=(periode.van, periode.tot))
    aantallen = Counter(dict(gegeven.order_by().values_list("smiley").annotate(Count("pk"))))
    paren = [(str(smiley.label), aantallen[smiley.value]) for smiley in Waardering.Smiley]
    return bar_table("Hoe vonden bezoekers het?", "Smiley", [paar for paar in paren if paar[1]])
