"""What a SonarQube server knows of one project: the answers of its web API, in one document that can be kept and read.

Versions differ: impacts came with 10.2 beside types, parameters were renamed in 10.2, tokens in the Bearer header came
with 10.0, the rule of a hotspot in lists with 9.7. Cloud has most of it under the older names.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from reviewtui.errors import FetchError
from reviewtui.fetch.http import AnswerError, Patience, Scheme, Server
from reviewtui.fetch.sonar_search import FACET, Asking, Search, Splitting, facet_of

DOCUMENT_LIMIT: Final = 280 << 20
"""So many bytes of answers are kept of one project."""
_SHOWN: Final = 500
"""So many hotspots are asked for one by one."""
_RULES: Final = 300
"""So many rules are."""
_CLOUD: Final = ("sonarcloud.io", "sonarqube.us")
_VERSION: Final = re.compile(r"(\d{1,4})\.(\d{1,4})(?:\.\d{1,9}){0,2}")
_UNKNOWN: Final = (0, 0)
_SETTLED: Final = "FALSE-POSITIVE,WONTFIX"

_SEVERITIES: Final = ("BLOCKER", "CRITICAL", "MAJOR", "MINOR", "INFO")
_TYPES: Final = ("VULNERABILITY", "BUG", "CODE_SMELL")
_CATEGORIES: Final = (
    *("auth", "buffer-overflow", "command-injection", "csrf", "dos", "encrypt-data", "file-manipulation"),
    *("http-response-splitting", "insecure-conf", "ldap-injection", "log-injection", "object-injection"),
    *("open-redirect", "others", "path-traversal-injection", "permission", "rce", "sql-injection", "ssrf"),
    *("traceability", "weak-cryptography", "xpath-injection", "xss", "xxe"),
)
_ISSUE_PARTS: Final[tuple[Splitting, ...]] = (
    ("severities", _SEVERITIES),
    ("types", _TYPES),
    ("rules", FACET),
    ("directories", FACET),
)
_HOTSPOT_PARTS: Final[tuple[Splitting, ...]] = (
    ("status", ("TO_REVIEW", "REVIEWED")),
    ("sonarsourceSecurity", _CATEGORIES),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for."""

    project: str
    """Its key."""
    branch: str = ""
    pull_request: str = ""
    organization: str = ""
    """On Cloud."""
    everything: bool = False
    """Bugs and code smells too."""


def fetch_sonarqube(
    address: str,
    token: str,
    wanted: Wanted,
    *,
    warn: Callable[[str], None] = lambda _: None,
    progress: Callable[[str], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    patience: Patience | None = None,
) -> dict[str, Any]:
    """All issues and hotspots of a project that are about security, or all; those that were fixed are left out.

    Args:
        address: of the server, `https://HOST/PATH`.
        token: of a user who may browse the project; empty for a public one.
        warn: told what the user has to know at once.
        progress: told what is being fetched.
        should_stop: asked many times a second.

    Raises:
        FetchError: and why, and what can be done.
    """
    if not wanted.project:
        raise FetchError("The key of the project is missing; the server shows it on the project's information page")
    if wanted.branch and wanted.pull_request:
        raise FetchError("Name a branch or a pull request, not both")
    server = Server(address, token, warn=warn, should_stop=should_stop, patience=patience)
    return _Project(server, wanted, progress).fetched()


@dataclass(slots=True)
class _Project:
    server: Server
    wanted: Wanted
    progress: Callable[[str], None]
    version: tuple[int, int] = _UNKNOWN
    version_shown: str = ""
    organization: str = ""
    pages: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    size: int = 0

    def fetched(self) -> dict[str, Any]:
        """The document."""
        self._learn_version()
        described = self._described()
        kinds = self._issues()
        self._hotspots()
        self._shown()
        self._rules()
        return {
            "sonarqube": {
                "server": self.server.address,
                "version": self.version_shown,
                "project": self.wanted.project,
                "branch": self.wanted.branch,
                "pullRequest": self.wanted.pull_request,
                "organization": self.organization,
                "everything": self.wanted.everything,
                "analysed": _text(described, "analysisDate"),
                "fetched": datetime.now(UTC).isoformat(timespec="seconds"),
                "kinds": kinds,
                "notes": self.notes,
            },
            "pages": self.pages,
        }

    @property
    def is_cloud(self) -> bool:
        """Whether it is SonarSource's own service, which has a number of its own for its version."""
        host = (urlsplit(self.server.address).hostname or "").lower()
        return bool(self.wanted.organization) or any(host == name or host.endswith(f".{name}") for name in _CLOUD)

    def _is_from(self, version: tuple[int, int]) -> bool:
        return self.is_cloud or self.version == _UNKNOWN or self.version >= version

    @property
    def _is_renamed(self) -> bool:
        """Whether parameters have their newer names. The older ones are taken everywhere; one that is not known is
        passed over, and the answer would be of all projects."""
        return not self.is_cloud and self.version >= (10, 2)

    def _learn_version(self) -> None:
        self.progress("version")
        try:
            text = self.server.text("api/server/version")
        except AnswerError as error:
            if error.status == 404:
                raise FetchError(
                    f"{error}; there is no SonarQube under this address: is a path missing behind the name?"
                ) from None
            text = ""
        found = _VERSION.match(text)
        if found is None and text:
            raise FetchError(f"{self.server.address} does not tell its version: is it a SonarQube without a login?")
        if found is not None:
            self.version_shown = found[0]
            self.version = int(found[1]), int(found[2])
        self.server.scheme = Scheme.BEARER if self._is_from((10, 0)) else Scheme.BASIC

    def _described(self) -> dict[str, Any]:
        """What the server says of the project itself; that it knows it, and lets us look."""
        self.progress("project")
        parameters = {"component": self.wanted.project, **self._revision()}
        try:
            try:
                answer = self.server.record("api/components/show", parameters)
            except AnswerError as error:
                if error.status != 401 or not self.server.has_token:
                    raise
                # What stands before the server may know one way to hand over a token alone.
                other = {Scheme.BEARER: Scheme.BASIC, Scheme.BASIC: Scheme.BEARER}
                self.server.scheme = other[self.server.scheme]
                answer = self.server.record("api/components/show", parameters)
        except AnswerError as error:
            raise self._refused(error) from None
        component = answer.get("component")
        described = component if isinstance(component, dict) else {}
        self.organization = self.wanted.organization or _text(described, "organization")
        if described and not _text(described, "analysisDate"):
            self.notes.append("the server does not say when this was analysed: it may never have been")
        return described

    def _refused(self, error: AnswerError) -> FetchError:
        wanted, who = self.wanted, self.server.address
        said = f": {error.said}" if error.said else ""
        if error.status == 401 and self.server.has_token:
            return FetchError(f"{who} does not accept the token (401{said}): is it whole, of this server, not expired?")
        if error.status == 401:
            return FetchError(f"{who} wants to know who asks (401{said}): put a token of yours into SONAR_TOKEN")
        if error.status == 403:
            return FetchError(f"{who} does not let this user browse '{wanted.project}' (403{said})")
        if error.status == 404:
            where = f" with branch '{wanted.branch}'" if wanted.branch else ""
            where = f" with pull request '{wanted.pull_request}'" if wanted.pull_request else where
            return FetchError(f"{who} shows no project '{wanted.project}'{where} to this user (404{said})")
        return error

    def _revision(self) -> dict[str, str]:
        named = (("branch", self.wanted.branch), ("pullRequest", self.wanted.pull_request))
        return {name: text for name, text in named if text}

    def _issues(self) -> dict[str, int]:
        """Fetch issues; how many there are of which kind, fixed ones not counted."""
        named = "components" if self._is_renamed else "componentKeys"
        common = {named: self.wanted.project, "additionalFields": "comments,rules", **self._revision()}
        if self.wanted.organization:
            common["organization"] = self.wanted.organization
        search = Search("api/issues/search", "issues", _ISSUE_PARTS)
        filters: list[dict[str, str]] = [{}]
        if not self.wanted.everything:
            kinds = "VULNERABILITY" if self._is_from((8, 2)) else "VULNERABILITY,SECURITY_HOTSPOT"
            filters = [{"types": kinds}]
            if self._is_from((10, 2)):
                filters.append({"impactSoftwareQualities": "SECURITY"})
        asking = self._asking()
        for one in filters:
            # Two questions leave the fixed ones out, and no state that a newer server may have besides these.
            for state in ({"resolved": "false"}, {"resolutions": _SETTLED}):
                self._take(asking, search, {**common, **one, **state})
        counting: dict[str, str | int] = {**common, "resolved": "false", "facets": "types", "ps": 1, "p": 1}
        return facet_of(self._record(search.path, counting), "types")

    def _hotspots(self) -> None:
        named = "project" if self._is_renamed else "projectKey"
        search = Search("api/hotspots/search", "hotspots", _HOTSPOT_PARTS)
        if not self._is_from((8, 1)):
            self.notes.append(f"SonarQube {self.version_shown} has no list of hotspots")
            return
        try:
            self._take(self._asking(), search, {named: self.wanted.project, **self._revision()})
        except AnswerError as error:
            self.notes.append(f"the hotspots are missing: {error}")

    def _asking(self) -> Asking:
        return Asking(self._record, self.progress)

    def _take(self, asking: Asking, search: Search, parameters: Mapping[str, str | int]) -> None:
        for page in asking.pages(search, parameters):
            self._keep(page)
        self.notes += asking.notes
        asking.notes.clear()

    def _keep(self, page: dict[str, Any]) -> None:
        self.size += len(json.dumps(page))
        if self.size > DOCUMENT_LIMIT:
            raise FetchError(
                f"{self.server.address} has more than {DOCUMENT_LIMIT >> 20} MB to say of this project:"
                " import what is about security alone, or a branch"
            )
        self.pages.append(page)

    def _record(self, path: str, parameters: Mapping[str, str | int]) -> dict[str, Any]:
        return self.server.record(path, parameters)

    def _shown(self) -> None:
        """What lists do not say of hotspots: why they were decided as they were, on older servers the rule, and the
        hash of the line, by which it is found where the code went elsewhere."""
        hotspots = sorted(
            self._items("hotspots"), key=lambda h: h.get("status") != "REVIEWED" and bool(h.get("ruleKey"))
        )
        keys = [_text(hotspot, "key") for hotspot in hotspots]
        self._one_by_one("hotspot", keys, "api/hotspots/show", "hotspot", _SHOWN, {})

    def _rules(self) -> None:
        """What the rules are about, and their weaknesses, which lists do not have."""
        keys = [_text(issue, "rule") for issue in self._items("issues")]
        keys += [_text(hotspot, "ruleKey") for hotspot in self._items("hotspots")]
        more = {"organization": self.organization} if self.organization else {}
        self._one_by_one("rule", keys, "api/rules/show", "key", _RULES, more)

    def _one_by_one(
        self, what: str, keys: list[str], path: str, parameter: str, limit: int, more: Mapping[str, str]
    ) -> None:
        wanted = [key for key in dict.fromkeys(keys) if key]
        failed: list[str] = []
        for number, key in enumerate(wanted[:limit], 1):
            self.progress(f"{what} {number} of {len(wanted)}")
            try:
                self._keep(self._record(path, {parameter: key, **more}))
            except AnswerError as error:
                failed.append(str(error))
                if len(failed) == 3 and number == 3:
                    break  # not one of them is to be had
        left = len(wanted) - min(limit, len(wanted))
        if failed:
            self.notes.append(f"what the server shows of single {what}s is missing for some: {failed[0]}")
        if left:
            self.notes.append(f"{len(wanted):,} {what}s: only the first {limit:,} were asked for one by one")

    def _items(self, name: str) -> Iterator[dict[str, Any]]:
        for page in self.pages:
            items = page.get(name)
            if isinstance(items, list):
                yield from (item for item in items if isinstance(item, dict))


def _can_wait(hotspot: Mapping[str, Any]) -> bool:
    """Whether its list says the most important things of it."""
    return hotspot.get("status") != "REVIEWED" and bool(hotspot.get("ruleKey"))


def _text(record: Mapping[str, Any], name: str) -> str:
    value = record.get(name)
    return value if isinstance(value, str) else ""
