"""What the pages that edit the map share: show a form, save it, go back to where somebody came from."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from sociale_kaart.bewerken import Deel
from sociale_kaart.bewerkformulier import Deelformulier
from sociale_kaart.dubbel import look_alikes
from sociale_kaart.geschiedenis import because
from sociale_kaart.indexeren import index_aanbod
from sociale_kaart.models import Aanbod, Contactpersoon, Locatie, Onderwerp, Organisatie

GET_POST = ["GET", "POST"]


def edit(
    request: HttpRequest,
    deel: Deel,
    obj: Any,
    *,
    kop: str = "",
    bekend: Callable[[], Iterable[tuple[Any, str]]] = tuple,
) -> HttpResponse:
    """Show the form of a part, or save it and go back. `bekend()`: what it may be a double of, with a name."""
    formulier = Deelformulier(deel, obj, request.POST if request.method == "POST" else None)
    lijkt: list[Any] = []
    if request.method == "POST" and not formulier.one_more and formulier.is_valid():
        lijkt = [] if "toch" in request.POST else look_alikes(obj.naam, bekend())
        if not lijkt:
            with because(f"wijziging: {(kop or deel.titel).lower()}"):
                formulier.save()
                reindex(obj)
            messages.success(request, "Opgeslagen.")
            return redirect(back_to(obj))
    terug = back_to(obj) if obj.pk else without(obj)
    return show(request, formulier, back=terug, kop=kop, lijkt=lijkt, kruimels=crumbs(obj))


def show(request: HttpRequest, formulier: Deelformulier, **context: Any) -> HttpResponse:
    """The page with one form; 422 when it was refused."""
    if formulier.one_more:
        formulier.without_errors()
    obj = formulier.obj
    context |= {"formulier": formulier, "deel": formulier.deel, "obj_id": f"{obj._meta.model_name}-{obj.pk}"}
    mis = formulier.has_errors or bool(context.get("lijkt"))
    return render(request, "sociale_kaart/bewerken/deel.html", context, status=422 if mis else 200)


def part(delen: dict[str, Deel], naam: str) -> Deel:
    try:
        return delen[naam]
    except KeyError:
        raise Http404 from None


def fetch(request: HttpRequest, queryset: "QuerySet[Any]", pk: int) -> Any:
    """The thing, locked while somebody saves it, so that two who save at once do so one after the other."""
    if request.method == "POST":
        queryset = queryset.select_for_update(of=("self",))
    return get_object_or_404(queryset, pk=pk)


def back_to(obj: Any) -> str:
    """The page where this thing stands among others, at this thing."""
    if isinstance(obj, (Locatie, Onderwerp)):
        return f"{without(obj)}#{obj._meta.model_name}-{obj.pk}"
    pagina = reverse("sociale_kaart:bewerken", args=[_organisatie_id(obj)])
    if isinstance(obj, Aanbod):
        return f"{pagina}?open={obj.pk}#aanbod-{obj.pk}"
    return f"{pagina}#persoon-{obj.pk}" if isinstance(obj, Contactpersoon) else pagina


def without(obj: Any) -> str:
    """The page above it, for when it is not added after all, or has gone."""
    lijsten = {Locatie: "locaties", Onderwerp: "onderwerpen", Organisatie: "organisaties"}
    if lijst := lijsten.get(type(obj)):
        return reverse(f"sociale_kaart:{lijst}")
    return reverse("sociale_kaart:bewerken", args=[obj.organisatie_id])


def crumbs(obj: Any) -> list[tuple[str, str]]:
    """Where a form belongs: names and addresses."""
    if isinstance(obj, Locatie):
        return [("Plekken", without(obj))]
    if isinstance(obj, Onderwerp):
        return [("Onderwerpen", without(obj))]
    boven = [("Organisaties", reverse("sociale_kaart:organisaties"))]
    if isinstance(obj, Organisatie):
        return [*boven, (obj.naam, back_to(obj))] if obj.pk else boven
    boven.append((obj.organisatie.naam, reverse("sociale_kaart:bewerken", args=[obj.organisatie_id])))
    return [*boven, (str(obj), back_to(obj))] if obj.pk else boven


def reindex(obj: Any) -> None:
    """Write the search index of the offers whose words changed with this."""
    if isinstance(obj, Locatie):
        geraakt = Aanbod.objects.filter(openingstijden__locatie=obj)
    elif isinstance(obj, Onderwerp):
        geraakt = Aanbod.objects.for_onderwerp(obj)
    else:
        geraakt = Aanbod.objects.filter(organisatie=_organisatie_id(obj))
    index_aanbod(geraakt.stale())


def _organisatie_id(obj: Any) -> int:
    return int(obj.pk if isinstance(obj, Organisatie) else obj.organisatie_id)
