"""Django's own password rules, in our words: its Dutch says "u", and misses the rule about length."""

from django.contrib.auth import password_validation


class LangGenoeg(password_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Dit is te kort. Neem minstens {self.min_length} tekens."

    def get_help_text(self) -> str:
        return f"Neem minstens {self.min_length} tekens. Drie of vier woorden achter elkaar mag ook."


class NietJeNaam(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Dit lijkt te veel op je %(verbose_name)s."

    def get_help_text(self) -> str:
        return "Neem niet je naam of je e-mailadres."


class NietVeelGebruikt(password_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Dit wachtwoord gebruiken veel mensen. Kies een ander."

    def get_help_text(self) -> str:
        return "Neem geen wachtwoord dat iedereen kiest, zoals welkom123."


class NietAlleenCijfers(password_validation.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "Dit zijn alleen cijfers. Neem er letters bij."

    def get_help_text(self) -> str:
        return "Neem niet alleen cijfers."
