from django.urls import URLPattern

app_name = "registratie"
urlpatterns: list[URLPattern] = []
