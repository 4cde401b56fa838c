"""What one text asks for, wherever it stands: a requirement as PEP 508 writes it."""

import re
from dataclasses import dataclass
from typing import Final

from packaging.requirements import InvalidRequirement
from packaging.requirements import Requirement as Pep508

from reviewtui.dependencies.manifests.specifiers import UnreadableError, bounds, tidied
from reviewtui.dependencies.manifests.urls import quoted, wheel, without_secrets
from reviewtui.dependencies.requirement import Pin

LONGEST: Final = 8000
"""Characters of one requirement without its hashes; nobody's is longer."""
_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_SEPARATORS: Final = re.compile(r"[-_.]+")
# What most lines look like, and what needs no further proof.
_PINNED: Final = re.compile(r"([A-Za-z0-9](?:[A-Za-z0-9._-]{0,98}[A-Za-z0-9])?)==(\d{1,9}(?:\.\d{1,9}){0,9})", re.ASCII)
_HEAD: Final = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*+)\s*(?:\[([^\]]*+)\]\s*)?")
_URL: Final = re.compile(r"@\s*(\S+)\s*(?:;\s*(.*))?", re.DOTALL)
_VARIABLE: Final = re.compile(r"\$\{[A-Z0-9_]++\}")
_WITH_VARIABLE: Final = re.compile(r"\s*(?:===?|~=|[<>!]=|[<>])[^;#@]*+(?:;(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A package that is asked for, with all that the text says of it."""

    name: str
    """Normalised; empty where a direct reference has none."""
    shown: str
    pin: Pin = Pin.RANGE
    version: str = ""
    specifier: str = ""
    lowest: str = ""
    marker: str = ""
    extras: tuple[str, ...] = ()
    url: str = ""


def normalised(name: str) -> str:
    """The name as PEP 503 compares it."""
    return _SEPARATORS.sub("-", name).lower()


def is_name(text: str) -> bool:
    """Whether a package may be called that."""
    return len(text) <= 200 and bool(_NAME.fullmatch(text))


def head_of(text: str) -> tuple[str, tuple[str, ...]]:
    """Name (normalised) and extras at the beginning of a requirement, whatever follows; without a name nothing."""
    head = _HEAD.match(text[:LONGEST])
    if not head or not is_name(head[1].rstrip("._-")):
        return "", ()
    return normalised(head[1].rstrip("._-")), _extras(head[2] or "")


def wanted(text: str) -> Wanted:
    """What a text in the form of PEP 508 asks for: `name[extra] >=1,<2 ; marker` or `name @ url`.

    Raises:
        UnreadableError: nobody can read it.
    """
    if found := _PINNED.fullmatch(text):
        return Wanted(normalised(found[1]), found[1], Pin.EXACT, found[2], f"=={found[2]}")
    if is_name(text):
        return Wanted(normalised(text), text)
    if len(text) > LONGEST:
        raise UnreadableError(f"a requirement of {len(text):,} characters: {quoted(text, 40)}")
    head = _HEAD.match(text)
    try:
        parsed = Pep508(text)
    except (InvalidRequirement, ValueError, RecursionError) as error:
        if head and _VARIABLE.search(text):
            return _with_variable(text, head)
        raise UnreadableError(_why(text, error)) from None
    if head is None or not is_name(parsed.name):
        raise UnreadableError(f"no name of a package: {quoted(text)}")
    extras = tuple(sorted(parsed.extras))
    rest = text[head.end() :]
    if parsed.url:
        found = _URL.match(rest)
        return direct(parsed.url, parsed.name, extras, (found[2] or "").strip() if found else "")
    specifier, _, marker = rest.partition(";")
    specifier = tidied(specifier.strip().removeprefix("(").removesuffix(")"))
    try:
        return ranged(parsed.name, specifier, extras, marker.strip())
    except UnreadableError as error:
        raise UnreadableError(_why(text, error)) from None


def ranged(name: str, specifier: str, extras: tuple[str, ...] = (), marker: str = "") -> Wanted:
    """A package and which versions of it will do.

    Raises:
        UnreadableError: the specifier is none of PEP 440.
    """
    found = bounds(specifier)
    pin = Pin.EXACT if found.version else Pin.RANGE
    return Wanted(normalised(name), name, pin, found.version, specifier, found.lowest, marker, extras)


def direct(url: str, name: str = "", extras: tuple[str, ...] = (), marker: str = "") -> Wanted:
    """A package that is taken from a URL or folder; the file name of a wheel says its version."""
    clean = without_secrets(url)
    built = wheel(url)
    if built and name and normalised(built.name) != normalised(name):
        built = None
    name = name or (built.name if built else "")
    version = built.version if built else ""
    return Wanted(
        normalised(name),
        name or clean,
        Pin.EXACT if version else Pin.DIRECT,
        version,
        f"=={version}" if version else "",
        marker=marker,
        extras=extras,
        url=clean,
    )


def _with_variable(text: str, head: re.Match[str]) -> Wanted:
    """A requirement whose version an environment variable holds: known by name alone."""
    rest = text[head.end() :]
    extras = _extras(head[2] or "")
    if found := _URL.match(rest):
        return direct(found[1], head[1], extras, (found[2] or "").strip())
    if (found := _WITH_VARIABLE.fullmatch(rest)) and is_name(head[1]):
        marker = (found[1] or "").strip()
        return Wanted(
            normalised(head[1]), head[1], specifier=tidied(rest.partition(";")[0]), marker=marker, extras=extras
        )
    raise UnreadableError(f"what an environment variable puts there is not known: {quoted(text)}")


def _extras(text: str) -> tuple[str, ...]:
    return tuple(sorted(part.strip() for part in text.split(",") if part.strip()))


def _why(text: str, error: Exception) -> str:
    reason = str(error).partition("\n")[0].strip()
    return f"no requirement that anybody can read: {quoted(text)}" + (
        f" ({quoted(reason, 120)[1:-1]})" if reason else ""
    )
