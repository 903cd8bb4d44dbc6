"""Addresses at the root: open data is for everybody and should be easy to name."""

from django.urls import path

from rapportage import views_buiten

urlpatterns = [
    path("open-data/", views_buiten.open_data, name="open_data"),
    path("open-data/cijfers.csv", views_buiten.open_data_csv, name="open_data_csv"),
    path("open-data/datapackage.json", views_buiten.open_data_beschrijving, name="open_data_beschrijving"),
]
