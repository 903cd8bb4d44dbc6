"""The part of django-allauth that is in use: log in and out, and change or recover a password."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

urlpatterns = [
    path("inloggen/", login_not_required(views.login), name="account_login"),
    path("uitloggen/", views.logout, name="account_logout"),
    path("wachtwoord/", views.password_change, name="account_change_password"),
    path("wachtwoord/vergeten/", login_not_required(views.password_reset), name="account_reset_password"),
    path(
        "wachtwoord/vergeten/verstuurd/",
        login_not_required(views.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        login_not_required(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/nieuw/klaar/",
        login_not_required(views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("inactief/", login_not_required(views.account_inactive), name="account_inactive"),
]
