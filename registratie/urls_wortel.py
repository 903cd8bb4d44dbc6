"""What must stand at the root: a service worker works for pages below its own address only."""

from django.urls import path

from registratie import views_wachtrij

urlpatterns = [path("sw.js", views_wachtrij.werker, name="werker")]
