from django.urls import path

from rapportage import views, views_gemis, views_uitvoer, views_verslag, views_verwijzingen

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
]
