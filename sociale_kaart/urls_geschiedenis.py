"""Addresses of the history of the map, of what stands in the archive, and of what is on it twice."""

from django.urls import path

from sociale_kaart import views_geschiedenis as geschiedenis
from sociale_kaart import views_samenvoegen as samenvoegen

urlpatterns = [
    path("geschiedenis/", geschiedenis.geschiedenis, name="geschiedenis"),
    path("geschiedenis/<uuid:pk>/", geschiedenis.wijziging, name="wijziging"),
    path("organisaties/<int:pk>/geschiedenis/", geschiedenis.organisatie, name="organisatie_geschiedenis"),
    path("archief/", samenvoegen.archief, name="archief"),
    path("samenvoegen/", samenvoegen.dubbelen, name="samenvoegen"),
    path(
        "samenvoegen/<str:soort>/<int:blijft>/<int:gaat>/",
        samenvoegen.samenvoegen,
        name="samenvoegen_twee",
    ),
]
