from django.urls import path

from registratie import views, views_praten

app_name = "registratie"
urlpatterns = [
    path("nieuw/", views.nieuw, name="nieuw"),
    path("gesprekswijzer/", views_praten.gesprekswijzer, name="gesprekswijzer"),
    path("gesprekswijzers/", views_praten.gesprekswijzers, name="gesprekswijzers"),
    path("gesprekswijzers/wijzigen/", views_praten.gesprekswijzer_wijzigen, name="gesprekswijzer_wijzigen"),
    path("praatplaat/", views_praten.praatplaat, name="praatplaat"),
    path("<uuid:pk>/ongedaan/", views.ongedaan, name="ongedaan"),
]
