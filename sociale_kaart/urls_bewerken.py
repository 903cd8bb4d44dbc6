"""Addresses of the pages on which the map is edited."""

from django.urls import path

from sociale_kaart import views_bewerken as bewerken
from sociale_kaart import views_mijn as mijn
from sociale_kaart import views_plekken as plekken

urlpatterns = [
    path("organisaties/", bewerken.organisaties, name="organisaties"),
    path("organisaties/nieuw/", bewerken.organisatie_nieuw, name="organisatie_nieuw"),
    path("organisaties/<int:pk>/bewerken/", bewerken.bewerken, name="bewerken"),
    path("organisaties/<int:pk>/bewerken/<str:deel>/", bewerken.organisatie_deel, name="organisatie_deel"),
    path("organisaties/<int:pk>/personen/nieuw/", bewerken.persoon_nieuw, name="persoon_nieuw"),
    path("organisaties/<int:pk>/aanbod/nieuw/", bewerken.aanbod_nieuw, name="aanbod_nieuw"),
    path("personen/<int:pk>/bewerken/", bewerken.persoon, name="persoon"),
    path("personen/<int:pk>/weghalen/", bewerken.persoon_weghalen, name="persoon_weghalen"),
    path("aanbod/<int:pk>/bewerken/", bewerken.aanbod_bewerken, name="aanbod_bewerken"),
    path("aanbod/<int:pk>/bewerken/<str:deel>/", bewerken.aanbod_deel, name="aanbod_deel"),
    path("aanbod/<int:pk>/nagekeken/", bewerken.nagekeken, name="nagekeken"),
    path("archief/<str:soort>/<int:pk>/", bewerken.naar_archief, name="naar_archief"),
    path("archief/<str:soort>/<int:pk>/terug/", bewerken.uit_archief, name="uit_archief"),
    path("locaties/", plekken.locaties, name="locaties"),
    path("locaties/nieuw/", plekken.locatie_nieuw, name="locatie_nieuw"),
    path("locaties/<int:pk>/", plekken.locatie, name="locatie"),
    path("locaties/<int:pk>/weghalen/", plekken.locatie_weghalen, name="locatie_weghalen"),
    path("onderwerpen/", plekken.onderwerpen, name="onderwerpen"),
    path("onderwerpen/nieuw/", plekken.onderwerp_nieuw, name="onderwerp_nieuw"),
    path("onderwerpen/<int:ouder>/nieuw/", plekken.onderwerp_nieuw, name="subonderwerp_nieuw"),
    path("onderwerpen/<int:pk>/", plekken.onderwerp, name="onderwerp"),
    path("onderwerpen/<int:pk>/schuiven/", plekken.onderwerp_schuiven, name="onderwerp_schuiven"),
    path("onderwerpen/<int:pk>/weghalen/", plekken.onderwerp_weghalen, name="onderwerp_weghalen"),
    path("mijn-organisatie/", mijn.mijn_organisatie, name="mijn_organisatie"),
    path("mijn-organisatie/personen/nieuw/", mijn.persoon_nieuw, name="mijn_persoon_nieuw"),
    path("mijn-organisatie/personen/<int:pk>/", mijn.persoon, name="mijn_persoon"),
    path("mijn-organisatie/personen/<int:pk>/weghalen/", mijn.persoon_weghalen, name="mijn_persoon_weghalen"),
    path("mijn-organisatie/aanbod/<int:pk>/<str:deel>/", mijn.aanbod_deel, name="mijn_aanbod"),
    path(
        "mijn-organisatie/voorstellen/<int:pk>/intrekken/", mijn.voorstel_intrekken, name="voorstel_intrekken"
    ),
    path("mijn-organisatie/<str:deel>/", mijn.organisatie_deel, name="mijn_deel"),
]
