from django.urls import path

from doorverwijzing import bezoekerpagina, partnerpagina, views, views_opvolgen, views_samen, views_waardering

app_name = "doorverwijzing"
urlpatterns = [
    path("doorverwijzingen/", views.lijst, name="lijst"),
    path("doorverwijzingen/nieuw/<int:aanbod_id>/", views.nieuw, name="nieuw"),
    path("doorverwijzingen/nieuw/<int:aanbod_id>/samen/", views_samen.samen, name="samen"),
    path(
        "doorverwijzingen/nieuw/<int:aanbod_id>/toestemming/", views.toestemming_op_papier, name="toestemming"
    ),
    path("doorverwijzingen/nieuw/organisatie/<int:pk>/", views_samen.bij_organisatie, name="bij_organisatie"),
    path("doorverwijzingen/<uuid:pk>/", views.detail, name="detail"),
    path("doorverwijzingen/<uuid:pk>/intrekken/", views.intrekken, name="intrekken"),
    path("doorverwijzingen/<uuid:pk>/opnieuw-versturen/", views.opnieuw_versturen, name="opnieuw_versturen"),
    path("doorverwijzingen/<uuid:pk>/terugkoppeling/", partnerpagina.met_account, name="terugkoppeling"),
    path("doorverwijzingen/<uuid:pk>/kaartje/", views.kaartje, name="kaartje"),
    path("doorverwijzingen/bord/", views_opvolgen.bord, name="bord"),
    path("doorverwijzingen/<uuid:pk>/belnotitie/", views_opvolgen.belnotitie, name="belnotitie"),
    path("doorverwijzingen/<uuid:pk>/overnemen/", views_opvolgen.overnemen, name="overnemen"),
    path("doorverwijzingen/<uuid:pk>/fhir/", views_opvolgen.als_fhir, name="fhir"),
    path("doorverwijzingen/smileys/", views_waardering.tablet, name="smileys"),
    path("hoe-was-het/", views_waardering.met_kaartje, name="hoe_was_het"),
    path("intrekken/", bezoekerpagina.intrekken, name="intrekken_bezoeker"),
    path("d/<str:token>/", partnerpagina.met_link, name="partner"),
]
