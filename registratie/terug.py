"""Which page somebody came from, as a word in the address or the form: never an address to follow."""

from django.http import HttpRequest

PAGINAS = {"turven": "registratie:turven", "lijst": "registratie:lijst"}


def terug_naar(request: HttpRequest, anders: str) -> str:
    """The name of the page to go back to."""
    woord = request.POST.get("terug") or request.GET.get("terug") or ""
    return PAGINAS.get(woord, anders)
