"""A small SonarQube on this machine: its web API as the documentation and the server's own sources have it.

It knows two generations, takes tokens as they do, passes over parameters that it does not know, and can be told to
misbehave.
"""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from tests.formats.reports.sonar import PROJECT, component_of

TOKEN: Final = "squ_0123456789abcdef0123456789abcdef01234567"
NEW: Final = "10.4.1.88267"
OLD: Final = "9.9.3.79811"
Json = dict[str, Any]


@dataclass(frozen=True)
class Odd:
    """An answer other than the right one."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    manner: str = ""
    """`endless`, `slow`, `silent`, `reset` or `short`."""


@dataclass(frozen=True)
class Asked:
    """A request that came in."""

    path: str
    parameters: dict[str, str]
    authorization: str


@dataclass
class SonarServer:
    """What it knows, how it behaves, and what it was asked."""

    version: str = NEW
    token: str = TOKEN
    """The only one that it takes; empty where anybody may browse."""
    issues: list[Json] = field(default_factory=list)
    hotspots: list[Json] = field(default_factory=list)
    shown: dict[str, Json] = field(default_factory=dict)
    rules: dict[str, Json] = field(default_factory=dict)
    forbidden: bool = False
    cloud: bool = False
    odd: dict[str, list[Odd]] = field(default_factory=dict)
    """Path to what is answered there first, one after the other; the last one again and again where it is repeated."""
    always: dict[str, Odd] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    address: str = ""

    @property
    def generation(self) -> tuple[int, int]:
        major, minor = self.version.split(".")[:2]
        return (10, 8) if self.cloud else (int(major), int(minor))

    def parameters(self, path: str) -> list[dict[str, str]]:
        """What was asked for under a path."""
        return [asked.parameters for asked in self.asked if asked.path == path]

    def answer(self, path: str, parameters: dict[str, str], authorization: str) -> Odd:
        """The right answer."""
        if path == "/api/server/version":
            return Odd(body=self.version.encode(), headers=(("Content-Type", "text/plain"),))
        if not self._is_known(authorization):
            return Odd(401)
        if self.forbidden:
            return _error(403, "Insufficient privileges")
        answers: Mapping[str, Callable[[dict[str, str]], Odd]] = {
            "/api/components/show": self._component,
            "/api/issues/search": self._issues,
            "/api/hotspots/search": self._hotspots,
            "/api/hotspots/show": self._hotspot,
            "/api/rules/show": self._rule,
        }
        found = answers.get(path)
        return found(parameters) if found else _error(404, f"Unknown url : {path}")

    def _is_known(self, authorization: str) -> bool:
        if not self.token:
            return True
        basic = f"Basic {base64.b64encode(f'{self.token}:'.encode()).decode()}"
        bearer = f"Bearer {self.token}" if self.generation >= (10, 0) else ""
        return authorization in {basic, bearer} - {""}

    def _component(self, parameters: dict[str, str]) -> Odd:
        key = parameters.get("component", "")
        branch = parameters.get("branch", "")
        if key != PROJECT or branch not in ("", "next"):
            on = f" on branch '{branch}'" if branch else ""
            return _error(404, f"Component '{key}'{on} not found")
        component = {"key": key, "name": "shop", "qualifier": "TRK", "analysisDate": "2025-11-25T17:38:03+0000"}
        if self.cloud:
            component["organization"] = "acme"
        return _json({"component": component, "ancestors": []})

    def _issues(self, parameters: dict[str, str]) -> Odd:
        known = self.generation >= (10, 2)
        project = parameters.get("componentKeys") or (parameters.get("components", "") if known else "")
        found = [issue for issue in self.issues if not project or issue["project"] == project]
        found = [issue for issue in found if _is_wanted(issue, parameters, has_impacts=known)]
        answer = self._page(parameters, "issues", found)
        if not isinstance(answer, dict):
            return answer
        if not known:
            new = ("impacts", "issueStatus", "cleanCodeAttribute")
            answer["issues"] = [{k: v for k, v in issue.items() if k not in new} for issue in answer["issues"]]
        fields = parameters.get("additionalFields", "").split(",")
        if "comments" not in fields:
            answer["issues"] = [{k: v for k, v in one.items() if k != "comments"} for one in answer["issues"]]
        if "rules" in fields:
            keys = {issue["rule"] for issue in answer["issues"]}
            answer["rules"] = [{"key": key, "name": self.rules.get(key, {}).get("name", key)} for key in sorted(keys)]
        facets = parameters.get("facets", "")
        if facets:
            answer["facets"] = [{"property": name, "values": _facet(name, found)} for name in facets.split(",")]
        return _json(answer)

    def _hotspots(self, parameters: dict[str, str]) -> Odd:
        project = parameters.get("projectKey") or parameters.get("project", "")
        if not project:
            return _error(400, "A value must be provided for either parameter 'project' or parameter 'hotspots'")
        found = [hotspot for hotspot in self.hotspots if hotspot["project"] == project]
        for name, key in (("status", "status"), ("sonarsourceSecurity", "securityCategory")):
            if name in parameters:
                found = [hotspot for hotspot in found if hotspot[key] in parameters[name].split(",")]
        answer = self._page(parameters, "hotspots", found)
        if not isinstance(answer, dict):
            return answer
        if self.generation < (9, 7):
            answer["hotspots"] = [{k: v for k, v in one.items() if k != "ruleKey"} for one in answer["hotspots"]]
        return _json(answer)

    def _page(self, parameters: dict[str, str], name: str, found: list[Json]) -> Json | Odd:
        size, number = int(parameters.get("ps", "100")), int(parameters.get("p", "1"))
        if size > 500:
            return _error(400, f"'ps' value ({size}) must be less than 500")
        if size * number > 10_000:
            return _error(400, f"Can return only the first 10000 results. {size * number}th result asked.")
        items = found[size * (number - 1) : size * number]
        paths = sorted({item["component"].removeprefix(f"{item['project']}:") for item in items})
        paging = {"pageIndex": number, "pageSize": size, "total": len(found)}
        return {"paging": paging, name: items, "components": [component_of(path) for path in paths]}

    def _hotspot(self, parameters: dict[str, str]) -> Odd:
        shown = self.shown.get(parameters.get("hotspot", ""))
        return _json(shown) if shown else _error(404, f"Hotspot '{parameters.get('hotspot')}' does not exist")

    def _rule(self, parameters: dict[str, str]) -> Odd:
        if self.cloud and "organization" not in parameters:
            return _error(400, "The 'organization' parameter is missing")
        rule = self.rules.get(parameters.get("key", ""))
        return _json({"rule": rule}) if rule else _error(404, f"Rule not found: {parameters.get('key')}")


def _is_wanted(issue: Json, parameters: Mapping[str, str], *, has_impacts: bool) -> bool:
    checks = [("types", issue.get("type")), ("severities", issue.get("severity")), ("rules", issue.get("rule"))]
    checks += [("resolutions", issue.get("resolution", "")), ("directories", _directory(issue))]
    if any(name in parameters and value not in parameters[name].split(",") for name, value in checks):
        return False
    if "resolved" in parameters and (parameters["resolved"] == "true") != ("resolution" in issue):
        return False
    qualities = {impact["softwareQuality"] for impact in issue.get("impacts", [])}
    wanted = parameters.get("impactSoftwareQualities", "") if has_impacts else ""
    return not wanted or bool(qualities & set(wanted.split(",")))


def _directory(issue: Json) -> str:
    return str(issue["component"]).removeprefix(f"{issue['project']}:").rpartition("/")[0]


def _facet(name: str, found: list[Json]) -> list[Json]:
    values: dict[str, int] = {}
    for issue in found:
        value = _directory(issue) if name == "directories" else issue[{"types": "type", "rules": "rule"}[name]]
        values[value] = values.get(value, 0) + 1
    return [{"val": value, "count": count} for value, count in sorted(values.items())[:100]]


def _json(value: Json, status: int = 200) -> Odd:
    return Odd(status, json.dumps(value).encode(), (("Content-Type", "application/json"),))


def _error(status: int, *messages: str) -> Odd:
    return _json({"errors": [{"msg": message} for message in messages]}, status)


class _Handler(BaseHTTPRequestHandler):
    sonar: SonarServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        parameters = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        authorization = self.headers.get("Authorization", "")
        self.sonar.asked.append(Asked(parts.path, parameters, authorization))
        waiting = self.sonar.odd.get(parts.path, [])
        odd = waiting.pop(0) if waiting else self.sonar.always.get(parts.path)
        try:
            self._send(odd or self.sonar.answer(parts.path, parameters, authorization))
        except OSError:
            self.close_connection = True  # who asked went away

    def _send(self, answer: Odd) -> None:
        if answer.manner == "reset":
            self.connection.shutdown(2)
            return
        if answer.manner == "silent":
            time.sleep(2)
            return
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.manner in ("endless", "slow"):
            self.end_headers()
            for _ in range(1_000):
                self.wfile.write(b" " * 100_000 if answer.manner == "endless" else b" ")
                if answer.manner == "slow":
                    time.sleep(0.05)
            return
        length = len(answer.body) + (100 if answer.manner == "short" else 0)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def running(sonar: SonarServer, wrap: Callable[[ThreadingHTTPServer], None] = lambda _: None) -> Iterator[SonarServer]:
    """The server at work, under its address.

    Args:
        wrap: what is done with its socket first.
    """
    handler = type("Handler", (_Handler,), {"sonar": sonar})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    wrap(server)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    sonar.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield sonar
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
