from django.urls import path

from registratie import views

app_name = "registratie"
urlpatterns = [
    path("nieuw/", views.nieuw, name="nieuw"),
    path("<uuid:pk>/ongedaan/", views.ongedaan, name="ongedaan"),
]
