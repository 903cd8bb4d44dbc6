"""The addresses of the standard, with and without a slash at the end."""

from django.urls import re_path

from sociale_kaart.hsds import views

PK = r"(?P<pk>[^/]+)"

app_name = "hsds"
urlpatterns = [
    re_path(r"^$", views.wortel, name="wortel"),
    re_path(r"^services/?$", views.services, name="services"),
    re_path(rf"^services/{PK}/?$", views.service, name="service"),
    re_path(r"^organizations/?$", views.organizations, name="organizations"),
    re_path(rf"^organizations/{PK}/?$", views.organization, name="organization"),
    re_path(r"^service_at_locations/?$", views.service_at_locations, name="service_at_locations"),
    re_path(rf"^service_at_locations/{PK}/?$", views.service_at_location, name="service_at_location"),
    re_path(r"^taxonomies/?$", views.taxonomies, name="taxonomies"),
    re_path(rf"^taxonomies/{PK}/?$", views.taxonomy, name="taxonomy"),
    re_path(r"^taxonomy_terms/?$", views.taxonomy_terms, name="taxonomy_terms"),
    re_path(rf"^taxonomy_terms/{PK}/?$", views.taxonomy_term, name="taxonomy_term"),
]
