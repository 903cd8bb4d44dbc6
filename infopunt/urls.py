"""Where everything is. Each app keeps its own addresses; tests/test_permissions.py says who may open them."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from infopunt import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("balie.urls")),
    path("kaart/", include("sociale_kaart.urls")),
    path("", include("sociale_kaart.urls_wortel")),
    path("hsds/", include("sociale_kaart.hsds.urls")),
    path("vragen/", include("registratie.urls")),
    path("", include("registratie.urls_wortel")),
    path("", include("doorverwijzing.urls")),
    path("rapportage/", include("rapportage.urls")),
    path("", include("rapportage.urls_wortel")),
    path("account/", include("balie.account_urls")),
    path("healthz", views.healthz, name="healthz"),
    path("huisstijl.css", views.huisstijl, name="huisstijl"),
]
if settings.DEMO:
    urlpatterns += [path("demo/postvak/", views.postvak, name="postvak")]
