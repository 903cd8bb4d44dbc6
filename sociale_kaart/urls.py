from django.urls import URLPattern

app_name = "sociale_kaart"
urlpatterns: list[URLPattern] = []
