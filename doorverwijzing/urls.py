from django.urls import path

from doorverwijzing import bezoekerpagina, partnerpagina, views, views_samen

app_name = "doorverwijzing"
urlpatterns = [
    path("doorverwijzingen/", views.lijst, name="lijst"),
    path("doorverwijzingen/nieuw/<int:aanbod_id>/", views.nieuw, name="nieuw"),
    path("doorverwijzingen/nieuw/<int:aanbod_id>/samen/", views_samen.samen, name="samen"),
    path("doorverwijzingen/nieuw/organisatie/<int:pk>/", views_samen.bij_organisatie, name="bij_organisatie"),
    path("doorverwijzingen/<uuid:pk>/", views.detail, name="detail"),
    path("doorverwijzingen/<uuid:pk>/intrekken/", views.intrekken, name="intrekken"),
    path("doorverwijzingen/<uuid:pk>/opnieuw-versturen/", views.opnieuw_versturen, name="opnieuw_versturen"),
    path("doorverwijzingen/<uuid:pk>/terugkoppeling/", partnerpagina.met_account, name="terugkoppeling"),
    path("doorverwijzingen/<uuid:pk>/kaartje/", views.kaartje, name="kaartje"),
    path("intrekken/", bezoekerpagina.intrekken, name="intrekken_bezoeker"),
    path("d/<str:token>/", partnerpagina.met_link, name="partner"),
]
