"""Fetching a calendar of somebody else from the internet, without being led elsewhere.

The address comes from a coordinator, but where it leads to is up to others: only http and https, and only to machines
on the public internet. The name is looked up once, checked, and that address is used, after every redirect anew.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

MAX_BYTES = 5_000_000
MAX_SECONDEN = 20
WACHT = 10  # seconds without a sign of life
MAX_KEER_DOORGESTUURD = 5
DOORGESTUURD = {301, 302, 303, 307, 308}
BESTAAT_NIET = "Dit adres bestaat niet (meer)."
# Names for examples (RFC 2606): nobody needs to be asked about those.
BESTAAT_NOOIT = (".example", ".invalid", ".test")
# Addresses in here stand for IPv4 addresses, also for those of an internal network.
VERTAALD = ipaddress.ip_network("64:ff9b::/96")


class AgendaFout(Exception):
    """The calendar cannot be fetched or read. The text is Dutch, for the coordinator."""


def fetch(url: str) -> bytes:
    """What stands at this address. Raises AgendaFout."""
    deadline = time.monotonic() + MAX_SECONDEN
    for _ in range(MAX_KEER_DOORGESTUURD + 1):
        try:
            status, naar, inhoud = _get(url, deadline)
        except ssl.SSLError as fout:
            raise AgendaFout("De beveiligde verbinding met dit adres lukt niet.") from fout
        except TimeoutError as fout:
            raise AgendaFout("Dit adres geeft te laat antwoord.") from fout
        except (OSError, http.client.HTTPException, ValueError) as fout:
            raise AgendaFout("Dit adres geeft geen goed antwoord.") from fout
        if status not in DOORGESTUURD:
            return _good(status, inhoud)
        url = urljoin(url, naar)
    raise AgendaFout("Dit adres stuurt steeds door naar een ander adres.")


def _good(status: int, inhoud: bytes) -> bytes:
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        raise AgendaFout("Op dit adres staat niets meer.")
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise AgendaFout("Deze agenda is niet openbaar.")
    if status != HTTPStatus.OK:
        raise AgendaFout(f"Dit adres geeft een fout ({status}).")
    return inhoud


def _get(url: str, deadline: float) -> tuple[int, str, bytes]:
    """Status, where to go on, and the content of one address."""
    delen = urlsplit(url)
    if delen.scheme not in {"http", "https"} or not delen.hostname:
        raise AgendaFout("Dit adres begint niet met http:// of https://.")
    if time.monotonic() > deadline:
        raise TimeoutError
    verbinding = _verbinding(delen.scheme, delen.hostname, delen.port)
    pad = quote(delen.path or "/", safe="/%:@!$&'()*+,;=~-._")
    vraag = quote(delen.query, safe="/%:@!$&'()*+,;=~-._?")
    # A server that sends a drop now and then would keep every single wait short.
    wekker = threading.Timer(max(deadline - time.monotonic(), 0.1), _hang_up, [verbinding])
    wekker.start()
    try:
        kop = {"User-Agent": "Infopunt", "Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity"}
        verbinding.request("GET", f"{pad}?{vraag}" if vraag else pad, headers=kop)
        antwoord = verbinding.getresponse()
        if antwoord.status in DOORGESTUURD:
            return antwoord.status, antwoord.getheader("Location", ""), b""
        inhoud = antwoord.read(MAX_BYTES + 1)
        if len(inhoud) > MAX_BYTES:
            raise AgendaFout(f"Deze agenda is te groot: meer dan {MAX_BYTES // 1_000_000} MB.")
        if time.monotonic() > deadline:
            raise TimeoutError
        return antwoord.status, "", inhoud
    except (OSError, http.client.HTTPException) as fout:
        if time.monotonic() > deadline:
            raise TimeoutError from fout
        raise
    finally:
        wekker.cancel()
        verbinding.close()


def _hang_up(verbinding: "_Gewoon") -> None:
    # Not its `sock`: that is let go of as soon as the answer begins.
    with suppress(OSError):
        if verbinding.lijn:
            verbinding.lijn.shutdown(socket.SHUT_RDWR)


def _verbinding(scheme: str, host: str, poort: int | None) -> "_Gewoon":
    soort = _OverTls if scheme == "https" else _Gewoon
    standaard = http.client.HTTPS_PORT if scheme == "https" else http.client.HTTP_PORT
    return soort(host, poort or standaard, adres=safe_address(host, poort or standaard))


def safe_address(host: str, poort: int) -> str:
    """The IP address to connect to. Raises AgendaFout when one of its addresses is not on the public internet."""
    if host.endswith(BESTAAT_NOOIT):
        raise AgendaFout(BESTAAT_NIET)
    try:
        gevonden = socket.getaddrinfo(host, poort, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as fout:
        raise AgendaFout(BESTAAT_NIET) from fout
    adressen = [str(plek[4][0]).partition("%")[0] for plek in gevonden]
    if not settings.AGENDA_OOK_INTERN and not all(is_public(adres) for adres in adressen):
        raise AgendaFout("Dit adres ligt in een intern netwerk. Daar halen we niets op.")
    return adressen[0]


def is_public(adres: str) -> bool:
    """Whether an IP address belongs to a machine on the public internet."""
    ip = ipaddress.ip_address(adres)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip in VERTAALD or ip.sixtofour or ip.teredo:
            return False
        ip = ip.ipv4_mapped or ip
    return ip.is_global and not ip.is_multicast


class _Gewoon(http.client.HTTPConnection):
    """Connects to the address that was checked, whatever the name says by now."""

    def __init__(self, host: str, poort: int, *, adres: str, **extra: Any) -> None:
        super().__init__(host, poort, timeout=WACHT, **extra)
        self.adres = adres
        self.lijn: socket.socket | None = None

    def connect(self) -> None:
        self.sock = self.lijn = socket.create_connection((self.adres, self.port), WACHT)


class _OverTls(_Gewoon):
    default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        super().connect()
        veilig = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
        self.sock = self.lijn = veilig
