"""A large file from an address to the disk: within a limit, over an encrypted way, whole or not at all."""

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from typing import IO, Any, BinaryIO, Final
from urllib import error, request
from urllib.parse import SplitResult, urlsplit

from reviewtui.errors import FetchError
from reviewtui.fetch.hosts import is_this_machine

_CHUNK: Final = 1 << 18
_TIMEOUT: Final = 30.0
"""Seconds without a byte."""
_LONGEST: Final = 3600.0
"""Seconds for the whole."""
_AGENT: Final = "reviewtui"

Progress = Callable[[int, int], None]
"""Told how many bytes are there, and of how many; 0 where the server does not say."""


def download(
    url: str,
    target: BinaryIO,
    limit: int,
    progress: Progress,
    should_stop: Callable[[], bool] = lambda: False,
    *,
    timeout: float = _TIMEOUT,
) -> None:
    """Write what is at `url` to `target`; what stands there after an error is of no use.

    Only https, or http to this very machine; the same of where it is redirected to. No password, cookie or key of the
    user's is sent.

    Raises:
        FetchError: and why, and what can be done.
    """
    where = _checked(url)
    asked = request.Request(url, headers={"User-Agent": _AGENT, "Accept-Encoding": "identity"})  # noqa: S310 (checked)
    try:
        with _opener(url).open(asked, timeout=timeout) as answer:
            _copy(answer, target, limit, progress, should_stop, where)
    except error.HTTPError as problem:
        problem.close()
        raise FetchError(f"{where} answered {problem.code} {_words(problem.reason)}; {_otherwise()}") from None
    except error.URLError as problem:
        reason = problem.reason
        if isinstance(reason, FetchError):
            raise reason from None
        raise FetchError(f"{where} cannot be reached: {_words(reason)}; {_otherwise()}") from None
    except (OSError, http.client.HTTPException, ValueError) as problem:
        if isinstance(problem, OSError) and getattr(problem, "filename", None):
            raise
        raise FetchError(f"{where}: {_words(problem)}; try again, or {_otherwise()}") from None


def _copy(
    answer: Any, target: IO[bytes], limit: int, progress: Progress, should_stop: Callable[[], bool], where: str
) -> None:
    length = answer.headers.get("Content-Length", "")
    total = int(length) if length.isascii() and length.isdecimal() and len(length) < 20 else 0
    if total > limit:
        raise _too_large(where, limit)
    end = time.monotonic() + _LONGEST
    done = 0
    while chunk := answer.read(min(_CHUNK, limit + 1 - done)):
        done += len(chunk)
        if done > limit:
            raise _too_large(where, limit)
        if should_stop():
            raise FetchError(f"Stopped before all of {where} was there")
        if time.monotonic() > end:
            raise FetchError(f"{where} takes longer than {_LONGEST / 60:.0f} minutes; {_otherwise()}")
        try:
            target.write(chunk)
        except OSError as problem:
            raise FetchError(f"What comes from {where} cannot be written: {problem.strerror or problem}") from None
        progress(done, total)
    if total and done != total:
        raise FetchError(f"{where} broke off after {done:,} of {total:,} bytes; try again")


class _Redirects(request.HTTPRedirectHandler):
    """Follows to places that might have been named themselves."""

    max_redirections = 5

    def redirect_request(
        self, req: request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> request.Request | None:
        """The next request; none leaves the encrypted way."""
        where = _checked(newurl)
        if urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https":
            raise FetchError(
                f"{_shown(urlsplit(req.full_url))} leads to {where}, which is not encrypted; {_otherwise()}"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(url: str) -> request.OpenerDirector:
    """Speaks http and https alone: no files, no ftp, no passwords; to this machine without a proxy."""
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler({} if is_this_machine(urlsplit(url).hostname or "") else None),
        request.HTTPHandler(),
        request.HTTPSHandler(context=ssl.create_default_context()),
        request.HTTPDefaultErrorHandler(),
        _Redirects(),
        request.HTTPErrorProcessor(),
        request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _checked(url: str) -> str:
    """The address as it can be printed.

    Raises:
        FetchError: it is none that is fetched from.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise FetchError(f"{url[:200]!r} is no address: write https://HOST/PATH") from None
    if parts.scheme not in ("http", "https") or not host or any(c.isspace() or not c.isprintable() for c in url):
        raise FetchError(f"{url[:200]!r} is no address: write https://HOST/PATH")
    if parts.username is not None:
        raise FetchError(f"{_shown(parts)}: an address with a user or a password is not used; {_otherwise()}")
    if parts.scheme == "http" and not is_this_machine(host):
        raise FetchError(
            f"{_shown(parts)} is not encrypted, so that anybody could answer; use https, or {_otherwise()}"
        )
    return _shown(parts)


def _shown(parts: SplitResult) -> str:
    """Without user, password and query."""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _words(problem: object) -> str:
    if isinstance(problem, TimeoutError):
        return "no answer in time"
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({problem.verify_message})"
    if isinstance(problem, socket.gaierror):
        return "its name is not known"
    if isinstance(problem, OSError) and problem.strerror:
        return problem.strerror
    return " ".join(str(problem).split())[:200] or type(problem).__name__


def _too_large(where: str, limit: int) -> FetchError:
    return FetchError(f"{where} has more than {limit:,} bytes; that is not what was looked for")


def _otherwise() -> str:
    return "fetch the file by other means and name it with --from"
