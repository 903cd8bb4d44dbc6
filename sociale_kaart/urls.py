from django.urls import path

from sociale_kaart import views

app_name = "sociale_kaart"
urlpatterns = [
    path("", views.zoeken, name="zoeken"),
    path("organisaties/<int:pk>/", views.organisatie, name="organisatie"),
    path("aanbod/<int:pk>/", views.aanbod, name="aanbod"),
]
