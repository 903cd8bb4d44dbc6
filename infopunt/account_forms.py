"""The allauth forms in our words. They stay in one place, so that a new allauth version has one place to break."""

from typing import Any

from allauth.account import forms as allauth_forms

from infopunt.forms import FormMixin


class _LabelsOnly(FormMixin):
    """A placeholder that repeats the label is gone once you type, and reads too faint before that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)


class LoginForm(_LabelsOnly, allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = "Gebruikersnaam of e-mailadres"
        login.widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        password.help_text = ""  # the link to a new password stands under the form


class ChangePasswordForm(_LabelsOnly, allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Wachtwoord van nu"
        self.fields["oldpassword"].help_text = ""
        self.fields["password2"].label = "Nieuw wachtwoord, nog een keer"


class ResetPasswordForm(_LabelsOnly, allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mailadres"


class ResetPasswordKeyForm(_LabelsOnly, allauth_forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password2"].label = "Nieuw wachtwoord, nog een keer"
