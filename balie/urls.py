from django.urls import path

from balie import views

app_name = "balie"
urlpatterns = [
    path("", views.start, name="start"),
    path("infopunt/kiezen/", views.infopunt_kiezen, name="infopunt_kiezen"),
    path("onderdelen/", views.onderdelen, name="onderdelen"),
]
