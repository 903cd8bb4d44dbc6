"""What every template may know of the service itself."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse


@dataclass(frozen=True)
class Dienst:
    """The service as its visitors know it: Infopunt, Wijkwinkel, Forum."""

    naam: str
    organisatie: str
    logo: str
    demo: bool
    kleuren_url: str


def dienst(request: HttpRequest) -> dict[str, Any]:
    eigen_kleuren = settings.DIENST_KLEUR or settings.DIENST_KLEUR_DIEP or settings.DIENST_KLEUR_ACCENT
    return {
        "dienst": Dienst(
            naam=settings.DIENST_NAAM,
            organisatie=settings.DIENST_ORGANISATIE,
            logo=settings.DIENST_LOGO,
            demo=settings.DEMO,
            kleuren_url=reverse("huisstijl") if eigen_kleuren else "",
        )
    }
