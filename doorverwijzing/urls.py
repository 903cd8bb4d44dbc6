from django.urls import URLPattern

app_name = "doorverwijzing"
urlpatterns: list[URLPattern] = []
