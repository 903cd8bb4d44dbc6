from django.urls import path

from rapportage import views

app_name = "rapportage"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("csv/", views.csv, name="csv"),
]
