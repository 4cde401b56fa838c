"""The address of lines on the site that hosts a repository, made from the remote's URL; no site is asked.

The URL comes with what is reviewed. Only its host, its port and the parts of its path are taken over, each of them
checked; the result is always http or https, and never holds a user, a password or a token.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from reviewtui.errors import ReviewTuiError
from reviewtui.model.place import LineSpan, RepoPath

SITES: Final = ("github", "gitlab", "bitbucket", "bitbucket-server", "gitea", "sourcehut", "azure")
"""The kinds of sites whose addresses are known."""

_KNOWN: Final[Mapping[str, str]] = {
    "bitbucket.org": "bitbucket",
    "codeberg.org": "gitea",
    "dev.azure.com": "azure",
    "git.drupalcode.org": "gitlab",
    "git.sr.ht": "sourcehut",
    "code.videolan.org": "gitlab",
    "framagit.org": "gitlab",
    "invent.kde.org": "gitlab",
    "salsa.debian.org": "gitlab",
}
_HINTS: Final = {
    "github": "github",
    "ghe": "github",
    "gitlab": "gitlab",
    "bitbucket": "bitbucket-server",
    "stash": "bitbucket-server",
    "gitea": "gitea",
    "forgejo": "gitea",
}
"""What the first words of a host name say of a site that somebody runs for himself."""
_ONLY_FOR_SSH: Final[Mapping[str, str]] = {
    "ssh.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
    "altssh.bitbucket.org": "bitbucket.org",
    "ssh.dev.azure.com": "dev.azure.com",
    "vs-ssh.visualstudio.com": "dev.azure.com",
}
_PUBLIC: Final = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org")
_SCHEMES: Final[Mapping[str, str]] = {
    "http": "http",
    "https": "https",
    "ssh": "https",
    "git": "https",
    "git+ssh": "https",
    "ssh+git": "https",
    "git+https": "https",
    "git+http": "http",
}
_SCP: Final = re.compile(
    r"(?:[^/@]*@)*(?:(?P<host>[^/:@\[\]]+)|\[(?P<boxed>[^/@\[\]]+)\]):(?P<path>(?!//).+)", re.DOTALL
)
_HOST: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?")
_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_DRAWN_AS_A_PAGE: Final = (".md", ".markdown", ".rst", ".adoc", ".asciidoc", ".org", ".textile", ".ipynb", ".rdoc")
"""Files that sites show as a page, without lines to point at, unless they are asked for the source."""


class PermalinkError(ReviewTuiError):
    """No address can be made; the message never repeats the URL, which may hold a password."""


@dataclass(frozen=True, slots=True)
class _Home:
    """Where a repository is on the web."""

    scheme: str
    host: str
    port: str
    """With its colon; empty for the usual one."""
    parts: tuple[str, ...]
    """The path, not quoted, without `.git`."""

    def url(self, *parts: str) -> str:
        """The address of the parts of a path."""
        return f"{self.scheme}://{self.host}{self.port}/{_quoted(parts)}"


def permalink(remote: str, commit: str, path: RepoPath, span: LineSpan | None, sites: Mapping[str, str]) -> str:
    """The address of lines of a file as a commit has them; of the whole file where `span` is None.

    Args:
        remote: the URL of a remote; hostile.
        commit: a full id.
        sites: host name to one of SITES, as the user says; it goes before what is known and guessed.

    Raises:
        PermalinkError: the repository has no page, or it cannot be told where that is.
    """
    if not _COMMIT.fullmatch(commit):
        raise PermalinkError("A permanent link needs a commit: there is none yet")
    home = _home(remote)
    return _LINKS[_site(home, sites)](home, commit, path, span)


def rewritten(url: str, rules: Iterable[tuple[str, str]]) -> str:
    """The URL that git uses for `url`: by the longest rule `url.BASE.insteadOf` that it begins with.

    Args:
        rules: base, and what it stands for.
    """
    fitting = [(short, base) for base, short in rules if short and url.startswith(short)]
    if not fitting:
        return url
    short, base = max(fitting, key=lambda rule: len(rule[0]))
    return base + url[len(short) :]


# From the remote's URL to the repository's page


def _home(remote: str) -> _Home:
    if "://" in remote:
        scheme, host, port, path = _from_url(remote)
    else:
        scheme, host, port, path = _from_scp(remote)
    host = host.lower().rstrip(".")
    by_ssh = port is None
    if by_ssh:
        host = _public_host(host)
    if not _HOST.fullmatch(host) or ".." in host:
        raise PermalinkError("The remote's host name cannot stand in a web address")
    parts = tuple(unquote(part, errors="surrogateescape") for part in path.split("/") if part)
    if any(part in (".", "..") or not part.isprintable() or "/" in part for part in parts):
        raise PermalinkError("The remote's path cannot stand in a web address")
    if parts:
        parts = tuple(part for part in (*parts[:-1], parts[-1].removesuffix(".git")) if part)
    if not parts:
        raise PermalinkError("The remote names a host but no repository")
    return _Home(scheme, host, port or "", parts)


def _from_url(remote: str) -> tuple[str, str, str | None, str]:
    """Scheme, host, port (None: that of ssh or git, which is not the web's) and path."""
    try:
        url = urlsplit(remote)
        scheme, host, port = url.scheme.lower(), url.hostname or "", url.port
    except ValueError:
        raise PermalinkError("The remote's URL cannot be taken apart") from None
    if scheme not in _SCHEMES or not host:
        raise _no_page()
    if not remote.isprintable() or remote != remote.strip():
        raise PermalinkError("The remote's URL holds characters that no URL holds")
    if not scheme.endswith(("http", "https")):
        # Bitbucket's server is known by the port on which it speaks ssh.
        return _SCHEMES[scheme], host, None, f"scm{url.path}" if port == _STASH_PORT else url.path
    usual = {"http": 80, "https": 443}[_SCHEMES[scheme]]
    return _SCHEMES[scheme], host, "" if port in (None, usual) else f":{port}", url.path


_STASH_PORT: Final = 7999


def _from_scp(remote: str) -> tuple[str, str, str | None, str]:
    """The same, of `user@host:path`."""
    found = _SCP.fullmatch(remote)
    if not found or re.fullmatch(r"[A-Za-z]:[\\/].*", remote) or found["path"].startswith(":"):
        raise _no_page()
    host = found["host"] or found["boxed"]
    name, colon, port = host.partition(":")
    if colon and not port.isdecimal():
        raise PermalinkError("The remote's host name cannot stand in a web address")
    path = found["path"]
    return "https", name, None, f"scm/{path}" if port == str(_STASH_PORT) else path


def _no_page() -> PermalinkError:
    return PermalinkError("The remote is reached neither by https nor by ssh, so it has no page to link to")


def _public_host(host: str) -> str:
    """The site's own name, where ssh knows it by another: an alias from the user's ssh configuration, mostly."""
    if host in _ONLY_FOR_SSH:
        return _ONLY_FOR_SSH[host]
    for public in _PUBLIC:
        if host.startswith(f"{public}-"):
            return public
    return "github.com" if "." not in host and re.match(r"github\b", host) else host


# Which kind of site


def _site(home: _Home, sites: Mapping[str, str]) -> str:
    if home.host in sites:
        return sites[home.host]
    if home.host in _KNOWN:
        return _KNOWN[home.host]
    if "_git" in home.parts or home.host.endswith(".visualstudio.com"):
        return "azure"
    if home.parts[:1] == ("scm",) and len(home.parts) == 3:
        return "bitbucket-server"
    for label in home.host.split("."):
        for hint, site in _HINTS.items():
            if re.fullmatch(rf"{hint}\d*|{hint}[-_].*|.*[-_]{hint}", label):
                return site
    raise PermalinkError(
        f"What kind of site {home.host} is, its name does not say. Tell it once: git config --global "
        f"reviewtui.{home.host}.site gitlab (or {', '.join(s for s in SITES if s != 'gitlab')})"
    )


# What addresses look like


def _github(home: _Home, commit: str, path: RepoPath, span: LineSpan | None) -> str:
    query = "?plain=1" if span and _is_page(path) else ""
    return f"{home.url(*home.parts, 'blob', commit)}/{_quoted(path.split('/'))}{query}{_lines(span, '#L', '-L')}"


def _gitlab(home: _Home, commit: str, path: RepoPath, span: LineSpan | None) -> str:
    query = "?plain=1" if span and _is_page(path) else ""
    return f"{home.url(*home.parts, '-', 'blob', commit)}/{_quoted(path.split('/'))}{query}{_lines(span, '#L', '-')}"


def _bitbucket(home: _Home, commit: str, path: RepoPath, span: LineSpan | None) -> str:
    return f"{home.url(*home.parts, 'src', commit)}/{_quoted(path.split('/'))}{_lines(span, '#lines-', ':')}"


def _bitbucket_server(home: _Home, commit: str, path: RepoPath, span: LineSpan | None) -> str:
    parts = home.parts
    before: tuple[str, ...] = ()
    if "scm" in parts[:-2]:
        at = len(parts) - 3
        before, parts = parts[:at], parts[at + 1 :]
    if len(parts) != 2:
        raise PermalinkError("The remote's path is not that of a repository on a Bitbucket server")
    owner, name = parts
    kind = ("users", owner[1:]) if owner.startswith("~") else ("projects", owner)
    page = home.url(*before, *kind, "repos", name, "browse")
    return f"{page}/{_quoted(path.split('/'))}?at={commit}{_lines(span, '#', '-')}"


def _gitea(home: _Home, commit: str, path: RepoPath, span: LineSpan | None) -> str:
    query = "?display=source" if span and _is_page(path) else ""
    page = home.url(*home.parts, "src", "commit", commit)
    return f"{page}/{_quoted(path.split('/'))}{query}{_lines(span, '#L', '-L')}"


def _sourcehut(home: _Home, commit: str, path: RepoPath, span: LineSpan | None) -> str:
    return f"{home.url(*home.parts, 'tree', commit, 'item')}/{_quoted(path.split('/'))}{_lines(span, '#L', '-')}"


def _azure(home: _Home, commit: str, path: RepoPath, span: LineSpan | None) -> str:
    parts = home.parts
    if parts[0] == "v3" and len(parts) == 4:
        # As it is called by ssh.
        parts = (parts[1], parts[2], "_git", parts[3])
    if "_git" not in parts[:-1]:
        raise PermalinkError("The remote's path is not that of a repository on Azure DevOps")
    page = f"{home.url(*parts)}?path={_quoted(('', *path.split('/')))}&version=GC{commit}"
    if span is None:
        return page
    return f"{page}&line={span.start}&lineEnd={span.end + 1}&lineStartColumn=1&lineEndColumn=1&lineStyle=plain"


_LINKS: Final = {
    "github": _github,
    "gitlab": _gitlab,
    "bitbucket": _bitbucket,
    "bitbucket-server": _bitbucket_server,
    "gitea": _gitea,
    "sourcehut": _sourcehut,
    "azure": _azure,
}


def _lines(span: LineSpan | None, before: str, between: str) -> str:
    if span is None:
        return ""
    return f"{before}{span.start}" + (f"{between}{span.end}" if span.count > 1 else "")


def _is_page(path: RepoPath) -> bool:
    return path.lower().endswith(_DRAWN_AS_A_PAGE)


def _quoted(parts: Iterable[str]) -> str:
    return "/".join(quote(part, safe="~", errors="surrogateescape") for part in parts)
