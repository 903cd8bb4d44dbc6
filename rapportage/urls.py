from django.urls import path

from rapportage import views, views_gemis, views_verwijzingen

app_name = "rapportage"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("verwijzingen/", views_verwijzingen.verwijzingen, name="verwijzingen"),
    path("gemis/", views_gemis.gemis, name="gemis"),
    path("csv/", views.csv, name="csv"),
]
