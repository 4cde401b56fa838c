"""Where a direct reference leads, without the passwords that people write into it."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

_VCS: Final = ("git", "hg", "svn", "bzr")
_SCHEME: Final = re.compile(r"(?:(?:git|hg|svn|bzr)\+)?[a-z][a-z-]{1,15}:", re.IGNORECASE)
_PLAIN: Final = {"http", "https", "file", "ftp", "ssh", "git", "hg", "bzr", "sftp", "svn", "lp"}
_USER: Final = re.compile(r"(?<=//)[^/?#\s]*@|(?<![^/?#\s@])[^/?#\s@:]*+:[^/?#\s@]*+@")
_PORT: Final = re.compile(r"(//[^/?#\s:\[]*):(?!\d*(?:[/?#]|$))[^/?#]*")
_SECRET: Final = re.compile(r"//[^/\s]*@|//[^/\s:]*:[^/\s]*|[?&][^\s#]*")
_EGG: Final = re.compile(r"[#&]egg=([^&]*)")
_WHEEL: Final = re.compile(r"([A-Za-z0-9][\w.]*)-([A-Za-z0-9_.!+]+)(?:-\d[^-]*)?-[^-]+-[^-]+-[^-]+\.whl", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wheel:
    """What the name of a built package says."""

    name: str
    version: str


def is_url(text: str) -> bool:
    """Whether pip would take the text as a URL, of a version control system or not."""
    found = _SCHEME.match(text)
    if not found:
        return False
    scheme = found[0][:-1].lower()
    return scheme.partition("+")[0] in _VCS if "+" in scheme else scheme in _PLAIN


def without_secrets(url: str) -> str:
    """The URL without user, password, query and fragment; the name `git` alone stays, since it is no secret."""
    url = re.split(r"[?#]", url, maxsplit=1)[0]
    url = _USER.sub(lambda found: "git@" if found[0] == "git@" else "", url)
    return _PORT.sub(r"\1", url)


def quoted(text: str, limit: int = 80) -> str:
    """A piece of a manifest as a message quotes it: short, and without what may be a password."""
    text = _SECRET.sub(lambda found: "//…" if found[0].startswith("//") else "?…", text[:4000])
    return f"«{text[:limit]}…»" if len(text) > limit else f"«{text}»"


def egg(url: str) -> str:
    """The requirement that the fragment of a URL names; empty where it names none."""
    fragment = url.partition("#")[2]
    found = _EGG.search(f"#{fragment}")
    return unquote(found[1]) if found else ""


def wheel(url: str) -> Wheel | None:
    """What a URL or path says of a built package that it ends in; None for anything else."""
    name = unquote(re.split(r"[?#]", url, maxsplit=1)[0].rpartition("/")[2])
    found = _WHEEL.fullmatch(name) if len(name) < 300 else None
    return Wheel(found[1], found[2].replace("_", "-")) if found else None
