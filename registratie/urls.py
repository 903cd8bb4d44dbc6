from django.urls import path

from registratie import (
    views,
    views_herstel,
    views_papier,
    views_praten,
    views_privacy,
    views_turven,
    views_uitvraag,
    views_wachtrij,
)

app_name = "registratie"
urlpatterns = [
    path("", views_herstel.lijst, name="lijst"),
    path("nieuw/", views.nieuw, name="nieuw"),
    path("turven/", views_turven.turven, name="turven"),
    path("papier/", views_papier.papier, name="papier"),
    path("papier/ongedaan/", views_papier.papier_ongedaan, name="papier_ongedaan"),
    path("uitvraag/", views_uitvraag.uitvraag, name="uitvraag"),
    path("turfknoppen/", views_turven.turfknoppen, name="turfknoppen"),
    path("turfknoppen/nieuw/", views_turven.turfknop, name="turfknop_nieuw"),
    path("turfknoppen/<int:pk>/", views_turven.turfknop, name="turfknop"),
    path("turfknoppen/<int:pk>/weghalen/", views_turven.turfknop_weghalen, name="turfknop_weghalen"),
    path("gesprekswijzer/", views_praten.gesprekswijzer, name="gesprekswijzer"),
    path("gesprekswijzers/", views_praten.gesprekswijzers, name="gesprekswijzers"),
    path("gesprekswijzers/wijzigen/", views_praten.gesprekswijzer_wijzigen, name="gesprekswijzer_wijzigen"),
    path("praatplaat/", views_praten.praatplaat, name="praatplaat"),
    path("privacy/", views_privacy.privacy, name="privacy"),
    path("wachtrij/", views_wachtrij.wachtrij, name="wachtrij"),
    path("wachtrij/token/", views_wachtrij.token, name="wachtrij_token"),
    path("zonder-internet/<slug:pagina>/", views_wachtrij.zonder_internet, name="zonder_internet"),
    path("<uuid:pk>/wijzigen/", views_herstel.wijzigen, name="wijzigen"),
    path("<uuid:pk>/ongedaan/", views.ongedaan, name="ongedaan"),
]
