from django.urls import path

from sociale_kaart import urls_bewerken, views, views_beheer, views_uitvoer, views_zoekwoorden

app_name = "sociale_kaart"
urlpatterns = [
    *urls_bewerken.urlpatterns,
    path("", views.zoeken, name="zoeken"),
    path("organisaties/<int:pk>/", views.organisatie, name="organisatie"),
    path("aanbod/<int:pk>/", views.aanbod, name="aanbod"),
    path("aanbod/<int:pk>/klopt-niet/", views_beheer.klopt_niet, name="klopt_niet"),
    path("beheer/", views_beheer.beheer, name="beheer"),
    path("beheer/meldingen/<int:pk>/afhandelen/", views_beheer.melding_afhandelen, name="melding_afhandelen"),
    path("beheer/organisaties/<int:pk>/vragen/", views_beheer.klopt_vragen, name="klopt_vragen"),
    path("beheer/voorstellen/<int:pk>/", views_beheer.voorstel, name="voorstel"),
    path("uitvoer/", views_uitvoer.uitvoer, name="uitvoer"),
    path("uitvoer/excel/", views_uitvoer.uitvoer_excel, name="uitvoer_excel"),
    path("uitvoer/csv/", views_uitvoer.uitvoer_csv, name="uitvoer_csv"),
    path("uitvoer/open-referral/", views_uitvoer.uitvoer_hsds, name="uitvoer_hsds"),
    path("aanbod/<int:pk>/kaartje/", views.kaartje, name="kaartje"),
    path("zoekwoorden/", views_zoekwoorden.zoekwoorden, name="zoekwoorden"),
    path("zoekwoorden/gezocht/", views_zoekwoorden.gezocht, name="gezocht"),
    path("zoekwoorden/nieuw/", views_zoekwoorden.zoekwoord_nieuw, name="zoekwoord_nieuw"),
    path("zoekwoorden/<int:pk>/weghalen/", views_zoekwoorden.zoekwoord_weghalen, name="zoekwoord_weghalen"),
    path("zoekwoorden/gemist/<int:pk>/afdoen/", views_zoekwoorden.gemist_afdoen, name="gemist_afdoen"),
    path(
        "zoekwoorden/keuzes/<int:pk>/toevoegen/",
        views_zoekwoorden.woordkeuze_toevoegen,
        name="woordkeuze_toevoegen",
    ),
    path(
        "zoekwoorden/keuzes/<int:pk>/weghalen/",
        views_zoekwoorden.woordkeuze_weghalen,
        name="woordkeuze_weghalen",
    ),
]
