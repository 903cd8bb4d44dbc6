from django.urls import path

from rapportage import (
    views,
    views_abonnement,
    views_buiten,
    views_gemis,
    views_ido,
    views_uitvoer,
    views_verslag,
    views_verwijzingen,
)

app_name = "rapportage"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("verwijzingen/", views_verwijzingen.verwijzingen, name="verwijzingen"),
    path("gemis/", views_gemis.gemis, name="gemis"),
    path("csv/", views.csv, name="csv"),
    path("excel/", views_uitvoer.excel, name="excel"),
    path("verslag/", views_verslag.verslag, name="verslag"),
    path("verslag/teksten/", views_verslag.verslag_teksten, name="verslag_teksten"),
    path("meenemen/", views_uitvoer.meenemen, name="meenemen"),
    path("meenemen/<uuid:pk>/", views_uitvoer.uitvoer, name="uitvoer"),
    path("meenemen/<uuid:pk>/bestand/", views_uitvoer.uitvoer_bestand, name="uitvoer_bestand"),
    path("meenemen/<uuid:pk>/stoppen/", views_uitvoer.uitvoer_stoppen, name="uitvoer_stoppen"),
    path("ido/", views_ido.overzicht, name="ido"),
    path("ido/koppelen/", views_ido.koppelen, name="ido_koppelen"),
    path("ido/categorieen/", views_ido.categorieen, name="ido_categorieen"),
    path("ido/standaard/", views_ido.standaard, name="ido_standaard"),
    path("samenvatting/", views_abonnement.samenvatting, name="samenvatting"),
    path("stoppen/<str:token>/", views_abonnement.stoppen, name="stoppen"),
    path("buiten/", views_buiten.links, name="buiten"),
    path("buiten/open-data/", views_buiten.open_data_instellen, name="open_data_instellen"),
    path("buiten/<int:pk>/intrekken/", views_buiten.link_intrekken, name="link_intrekken"),
    path("buiten/<str:kwartaal>/opnieuw/", views_buiten.opnieuw, name="opnieuw"),
    path("buiten/<str:token>/", views_buiten.met_link, name="met_link"),
]
