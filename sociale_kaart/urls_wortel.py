"""What stands at the root: an address in a mail is short."""

from django.urls import path

from sociale_kaart import views_agenda, views_klopt

urlpatterns = [
    path(
        "agenda/infopunt-<int:pk>.ics", views_agenda.kalender, {"soort": "infopunt"}, name="agenda_infopunt"
    ),
    path(
        "agenda/organisatie-<int:pk>.ics",
        views_agenda.kalender,
        {"soort": "organisatie"},
        name="agenda_organisatie",
    ),
    path("klopt/<str:token>/", views_klopt.klopt, name="klopt"),
    path("klopt/<str:token>/organisatie/", views_klopt.klopt_organisatie, name="klopt_organisatie"),
    path("klopt/<str:token>/<int:pk>/", views_klopt.klopt_wijzigen, name="klopt_wijzigen"),
]
