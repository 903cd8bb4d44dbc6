"""Reading a form off a page, as a browser would send it."""

from html.parser import HTMLParser
from typing import Any


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.data: dict[str, list[str]] = {}
        self._textarea = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = dict(attrs)
        naam = a.get("name") or ""
        if tag == "input" and naam:
            soort = a.get("type", "text")
            if soort not in {"checkbox", "radio"} or "checked" in a:
                self.data.setdefault(naam, []).append(a.get("value") or ("on" if soort == "checkbox" else ""))
        elif tag == "textarea":
            self._textarea = naam
            self.data[naam] = [""]
        elif tag == "select":
            self._select = naam
        elif tag == "option" and self._select and "selected" in a:
            self.data[self._select] = [a.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            # The first line break after the tag is not part of the text.
            self.data[self._textarea] = [self.data[self._textarea][0].removeprefix("\n")]
            self._textarea = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.data[self._textarea][0] += data


def fields(response: Any) -> dict[str, list[str]]:
    """Names and values of everything filled in on the page."""
    parser = _Fields()
    parser.feed(response.content.decode())
    return {
        naam: waarden
        for naam, waarden in parser.data.items()
        if naam not in {"csrfmiddlewaretoken", "infopunt"}
    }
