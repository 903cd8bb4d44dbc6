"""How django-allauth fits in: accounts are made by the coordinator, nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Deze naam en dit wachtwoord horen niet bij elkaar. Probeer het nog eens.",
        "email_password_mismatch": "Dit adres en dit wachtwoord horen niet bij elkaar. Probeer het nog eens.",
        "too_many_login_attempts": "Dit is te vaak misgegaan. Wacht vijf minuten en probeer het dan weer.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """No "you have signed in as ...": the page itself shows it, and the desk has no time for it."""
