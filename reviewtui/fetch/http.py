"""One server that is asked for JSON: over an encrypted way, within limits of size and time; its token is its own.

The token stands in no address, no message and no traceback, and goes to no other host: what leads elsewhere is refused.
"""

import base64
import http.client
import json
import math
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import Any, Final
from urllib import request
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit

from reviewtui.errors import FetchError
from reviewtui.fetch.hosts import is_this_machine

ANSWER_LIMIT: Final = 64 << 20
"""So many bytes of one answer are read."""
_CHUNK: Final = 1 << 18
_ERROR_LENGTH: Final = 100_000
"""So many bytes are read of an answer that is an error."""
_REDIRECTS: Final = 5
_AGAIN: Final = frozenset((429, 500, 502, 503, 504))
_MOVED: Final = frozenset((301, 302, 303, 307, 308))
_SAID: Final = 300


class Scheme(Enum):
    """How a token is handed over."""

    BEARER = "bearer"
    BASIC = "basic"
    """As the name of a user without a password."""


class AnswerError(FetchError):
    """The server answered, and with an error."""

    def __init__(self, status: int, said: str, shown: str) -> None:
        self.status = status
        self.said = said
        """Its own words; empty where it had none."""
        super().__init__(f"{shown} answered {status}{f' ({said})' if said else ''}")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a server is waited for, in seconds."""

    silence: float = 30.0
    """Without a byte."""
    answer: float = 120.0
    """Until an answer is whole."""
    tries: int = 4
    """How often the same is asked when the server is busy or breaks off."""
    pause: float = 1.0
    """Before the second try; twice as long before each further one."""
    longest_pause: float = 90.0
    """Where the server asks for a longer one, it is told instead."""


class Server:
    """A server under an address, asked by GET alone."""

    def __init__(
        self,
        address: str,
        token: str = "",
        *,
        warn: Callable[[str], None] = lambda _: None,
        should_stop: Callable[[], bool] = lambda: False,
        patience: Patience | None = None,
        limit: int = ANSWER_LIMIT,
    ) -> None:
        """
        Args:
            address: `https://HOST/PATH`, without a query.
            token: empty to ask as nobody.
            warn: told once where the way is not encrypted.
            should_stop: asked between two pieces of an answer, and while waiting.

        Raises:
            FetchError: the address or the token can be none.
        """
        parts = _checked(address)
        self.address = parts.geturl().rstrip("/")
        self.scheme = Scheme.BEARER
        self._origin = _origin(parts)
        self._token = token.strip()
        if not all(0x21 <= ord(sign) <= 0x7E for sign in self._token):
            raise FetchError("The token holds signs that no token has: was it copied whole, and nothing else?")
        self._should_stop = should_stop
        self._patience = patience or Patience()
        self._limit = limit
        self._opener = _opener(is_here=is_this_machine(parts.hostname or ""))
        if parts.scheme == "http" and not is_this_machine(parts.hostname or ""):
            warn(f"{self.address} is not encrypted: whoever is on the way reads the token and changes the answers")

    @property
    def has_token(self) -> bool:
        """Whether it is asked as somebody."""
        return bool(self._token)

    def record(self, path: str, parameters: Mapping[str, str | int] | None = None) -> dict[str, Any]:
        """The JSON object that the server answers with.

        Raises:
            AnswerError: it answers with an error.
            FetchError: it does not answer, with something else, or it was stopped.
        """
        shown = f"{self.address}/{path}"
        data = self.read(path, parameters)
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            raise FetchError(f"{shown} answered with {_kind(data)} instead of JSON; {_LOGIN}") from None
        if not isinstance(value, dict):
            raise FetchError(f"{shown} answered with something else than a JSON object")
        return value

    def text(self, path: str) -> str:
        """A short text that the server answers with, asked for without the token.

        Raises:
            AnswerError: it answers with an error.
            FetchError: it does not answer, or it was stopped.
        """
        return self.read(path, with_token=False)[:1_000].decode("utf-8", "replace").strip()

    def read(self, path: str, parameters: Mapping[str, str | int] | None = None, *, with_token: bool = True) -> bytes:
        """The bytes that the server answers with; asked again where it is busy or breaks off.

        Raises:
            AnswerError: it answers with an error.
            FetchError: it does not answer, or it was stopped.
        """
        query = f"?{urlencode(parameters)}" if parameters else ""
        shown = f"{self.address}/{path}"
        pause = self._patience.pause
        for number in range(1, self._patience.tries + 1):
            is_last = number == self._patience.tries
            try:
                return self._asked(f"{shown}{query}", shown, with_token=with_token)
            except _BusyError as error:
                if is_last:
                    raise AnswerError(error.status, error.said, shown) from None
                wait = error.wait if error.wait is not None else pause
                if wait > self._patience.longest_pause:
                    raise FetchError(
                        f"{shown} is busy ({error.status}) and asks to come again in {wait:,.0f} seconds"
                    ) from None
            except _BrokenError as error:
                if is_last:
                    raise FetchError(f"{shown}: {error}; tried {number} times") from None
                wait = pause
            self._sleep(wait)
            pause *= 2
        raise AssertionError  # the last try returns or raises

    def _asked(self, url: str, shown: str, *, with_token: bool) -> bytes:
        """One try, along whatever redirections stay with the server."""
        for _ in range(_REDIRECTS + 1):
            self._stop_if_asked()
            try:
                asked = self._request(url, with_token=with_token)
                with self._opener.open(asked, timeout=self._patience.silence) as answer:
                    return self._body(answer, shown, self._limit)
            except HTTPError as error:
                with error:
                    if error.code not in _MOVED:
                        raise self._refusal(error, shown) from None
                    url = self._next(url, error.headers.get("Location", ""), shown)
            except FetchError:
                raise
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise _failure(error, shown) from None
        raise FetchError(f"{shown} leads from one place to the next without end")

    def _request(self, url: str, *, with_token: bool) -> request.Request:
        headers = {"User-Agent": "reviewtui", "Accept": "application/json", "Accept-Encoding": "identity"}
        if self._token and with_token:
            if self.scheme is Scheme.BEARER:
                headers["Authorization"] = f"Bearer {self._token}"
            else:
                name = base64.b64encode(f"{self._token}:".encode("ascii")).decode("ascii")
                headers["Authorization"] = f"Basic {name}"
        return request.Request(url, headers=headers)  # noqa: S310 (checked when it was made)

    def _next(self, url: str, target: str, shown: str) -> str:
        """Where a redirection leads.

        Raises:
            FetchError: elsewhere.
        """
        try:
            parts = urlsplit(urljoin(url, target))
            origin = _origin(parts)
        except ValueError:
            raise FetchError(f"{shown} leads to an address that is none") from None
        scheme, host, port = origin
        is_upgrade = self._origin == ("http", host, 80) and (scheme, port) == ("https", 443)
        if origin != self._origin and not is_upgrade:
            place = f"{scheme}://{parts.netloc.rpartition('@')[2]}"[:_SAID]
            raise FetchError(
                f"{shown} leads to {place}, which the token is not meant for: name that address if it is the server"
            )
        return parts.geturl()

    def _body(self, answer: Any, shown: str, limit: int) -> bytes:
        length = answer.headers.get("Content-Length", "")
        total = int(length) if length.isascii() and length.isdecimal() and len(length) < 20 else -1
        if answer.headers.get("Content-Encoding", "identity").lower() not in ("", "identity"):
            raise FetchError(f"{shown} answered in a packed form that was not asked for")
        if total > limit:
            raise _too_large(shown, limit)
        end = time.monotonic() + self._patience.answer
        pieces, done = [], 0
        while chunk := answer.read1(_CHUNK):
            pieces.append(chunk)
            done += len(chunk)
            if done > limit:
                raise _too_large(shown, limit)
            self._stop_if_asked()
            if time.monotonic() > end:
                raise FetchError(f"{shown} takes longer than {self._patience.answer:.0f} seconds for one answer")
        if done < total:
            raise _BrokenError(f"the answer broke off after {done:,} of {total:,} bytes")
        return b"".join(pieces)

    def _refusal(self, error: HTTPError, shown: str) -> FetchError:
        try:
            data = error.read(_ERROR_LENGTH)
        except (OSError, http.client.HTTPException, ValueError):
            data = b""
        said = self._without_token(_words_of(data))
        if error.code in _AGAIN:
            return _BusyError(error.code, said, _seconds(error.headers.get("Retry-After", "")))
        return AnswerError(error.code, said, shown)

    def _without_token(self, text: str) -> str:
        return text.replace(self._token, "…") if self._token else text

    def _sleep(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._stop_if_asked()
            time.sleep(min(left, 0.1))

    def _stop_if_asked(self) -> None:
        if self._should_stop():
            raise FetchError("Stopped; nothing was taken")


class _BusyError(FetchError):
    """The server may answer when it is asked again."""

    def __init__(self, status: int, said: str, wait: float | None) -> None:
        super().__init__(said)
        self.status = status
        self.said = said
        self.wait = wait
        """In how many seconds, where it says so."""


class _BrokenError(FetchError):
    """The connection broke."""


_LOGIN: Final = "is this the address of the server, and does nobody ask for a login before it?"


def _opener(*, is_here: bool) -> request.OpenerDirector:
    """Speaks http and https alone, by the proxy of the environment except with this very machine; follows nothing."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler({} if is_here else None),
        request.HTTPHandler(),
        request.HTTPSHandler(context=ssl.create_default_context()),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
        request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _checked(address: str) -> SplitResult:
    address = address.strip()
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        _origin(parts)
        host.encode("idna")
    except ValueError:
        raise FetchError(f"{address[:_SAID]!r} is no address: write https://HOST") from None
    if parts.username is not None or parts.password is not None:
        raise FetchError("Write the address without user and password: the token is given by SONAR_TOKEN")
    if parts.scheme not in ("http", "https") or not host or not address.isprintable() or " " in address:
        raise FetchError(f"{address[:_SAID]!r} is no address: write https://HOST")
    if parts.query or parts.fragment:
        raise FetchError(f"{address[:_SAID]!r} is the address of a page: write that of the server alone, https://HOST")
    return parts


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    port = parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)
    return parts.scheme, (parts.hostname or "").lower().rstrip("."), port


def _seconds(text: str) -> float | None:
    """What `Retry-After` asks for: a number, or a date."""
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) < 10:
        return float(text)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    seconds = (when - datetime.now(UTC)).total_seconds()
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _words_of(data: bytes) -> str:
    """What an error says in the server's JSON; empty for pages in HTML."""
    try:
        value = json.loads(data)
        messages = [error["msg"] for error in value["errors"] if isinstance(error["msg"], str)]
    except (ValueError, RecursionError, KeyError, TypeError):
        return ""
    return " ".join(" ".join(messages).split())[:_SAID]


def _kind(data: bytes) -> str:
    start = data[:200].lstrip().lower()
    return "a web page" if start.startswith(b"<") else "nothing" if not start else "something else"


def _failure(problem: Exception, shown: str) -> FetchError:
    """Why there is no answer; `_BrokenError` for what may be gone by the next try."""
    reason = problem.reason if isinstance(problem, URLError) and isinstance(problem.reason, Exception) else problem
    if isinstance(reason, ssl.SSLCertVerificationError):
        return FetchError(
            f"{shown}: its certificate is not trusted ({reason.verify_message}); if it is one of your own authority,"
            " name the file with that authority's certificate in SSL_CERT_FILE"
        )
    if isinstance(reason, ssl.SSLError) and not isinstance(reason, ssl.SSLEOFError):
        return FetchError(f"{shown} does not speak TLS as it should ({reason.reason or 'no reason given'})")
    if isinstance(reason, socket.gaierror):
        return FetchError(f"{shown} cannot be reached: its name is not known; is there a network, or a proxy to name?")
    if isinstance(reason, ConnectionRefusedError):
        return FetchError(f"{shown} cannot be reached: nothing answers there; is the port right?")
    if isinstance(reason, TimeoutError):
        return _BrokenError("no answer in time")
    if isinstance(reason, ConnectionError | http.client.HTTPException | ssl.SSLEOFError):
        return _BrokenError(f"the connection broke ({type(reason).__name__})")
    if isinstance(reason, OSError) and reason.strerror:
        return FetchError(f"{shown} cannot be reached: {reason.strerror}")
    return FetchError(f"{shown} cannot be asked ({type(reason).__name__})")


def _too_large(shown: str, limit: int) -> FetchError:
    return FetchError(f"{shown} answers with more than {limit >> 20} MB at once; that is no answer of SonarQube")
