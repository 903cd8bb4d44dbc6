"""What stands at the root: an address in a mail is short."""

from django.urls import path

from sociale_kaart import views_klopt

urlpatterns = [
    path("klopt/<str:token>/", views_klopt.klopt, name="klopt"),
    path("klopt/<str:token>/organisatie/", views_klopt.klopt_organisatie, name="klopt_organisatie"),
    path("klopt/<str:token>/<int:pk>/", views_klopt.klopt_wijzigen, name="klopt_wijzigen"),
]
