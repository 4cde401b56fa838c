"""Answers of SonarQube for the tests: small ones, as the documentation of its web API has them."""

import hashlib
from typing import Any, Final

from reviewtui.formats.imported import Imported
from reviewtui.formats.sonarqube.reading import read_sonarqube
from reviewtui.model.hit import Hit
from tests.formats.reports.world import FILES, Json, record_of, tree_of

PROJECT = "com.acme:shop"

NO_VULNERABILITY: Final = (
    "that there is no VULNERABILITY says little: not every edition of SonarQube follows data from where it comes in"
    " to where it does harm"
)
NO_HOTSPOTS: Final = "no security hotspots are in it: they are another answer (api/hotspots/search)"
NO_ISSUES: Final = "no issues are in it, vulnerabilities among them: they are another answer (api/issues/search)"


def md5(line: str) -> str:
    """As the scanner makes it."""
    return hashlib.md5(line.replace(" ", "").replace("\t", "").encode()).hexdigest()


def issue_of(path: str = "app.py", line: int | None = 5, **more: Any) -> Json:
    """A vulnerability, of a server that knows impacts."""
    issue: Json = {
        "key": "AX-1",
        "rule": "pythonsecurity:S2076",
        "severity": "BLOCKER",
        "component": f"{PROJECT}:{path}" if path else PROJECT,
        "project": PROJECT,
        "status": "OPEN",
        "message": "Do not run what the user says.",
        "type": "VULNERABILITY",
        "impacts": [{"softwareQuality": "SECURITY", "severity": "HIGH"}],
        "issueStatus": "OPEN",
    }
    if line is not None:
        issue["line"] = line
        issue["textRange"] = {"startLine": line, "endLine": line, "startOffset": 4, "endOffset": 19}
    return {key: value for key, value in {**issue, **more}.items() if value is not None}


def hotspot_of(path: str = "app.py", line: int = 6, **more: Any) -> Json:
    """A hotspot that nobody has looked at."""
    return {
        "key": "HS-1",
        "component": f"{PROJECT}:{path}",
        "project": PROJECT,
        "securityCategory": "rce",
        "vulnerabilityProbability": "MEDIUM",
        "status": "TO_REVIEW",
        "line": line,
        "message": "Is this eval safe?",
        "textRange": {"startLine": line, "endLine": line, "startOffset": 11, "endOffset": 15},
        "flows": [],
        "ruleKey": "python:S1523",
        **more,
    }


def component_of(path: str, key: str = "") -> Json:
    """A file, as answers describe it."""
    key = key or f"{PROJECT}:{path}"
    return {"key": key, "enabled": True, "qualifier": "FIL", "name": path, "longName": path, "path": path}


PROJECT_COMPONENT: Json = {"key": PROJECT, "enabled": True, "qualifier": "TRK", "name": "shop", "longName": "shop"}


def issues_page(*issues: Json, total: int | None = None, **more: Any) -> Json:
    """An answer of `api/issues/search`."""
    total = len(issues) if total is None else total
    paths = {issue["component"].removeprefix(f"{PROJECT}:") for issue in issues if isinstance(issue["component"], str)}
    components = [PROJECT_COMPONENT, *(component_of(path) for path in sorted(paths - {PROJECT}))]
    paging = {"pageIndex": 1, "pageSize": 100, "total": total}
    return {"total": total, "p": 1, "ps": 100, "paging": paging, "issues": [*issues], "components": components, **more}


def hotspots_page(*hotspots: Json, total: int | None = None) -> Json:
    """An answer of `api/hotspots/search`."""
    paths = {hotspot["component"].removeprefix(f"{PROJECT}:") for hotspot in hotspots}
    return {
        "paging": {"pageIndex": 1, "pageSize": 100, "total": len(hotspots) if total is None else total},
        "hotspots": [*hotspots],
        "components": [component_of(path) for path in sorted(paths)],
    }


def shown_of(hotspot: Json, **more: object) -> Json:
    """What `api/hotspots/show` says of a hotspot."""
    component = {"key": hotspot["component"], "qualifier": "FIL", "path": hotspot["component"].split(":")[-1]}
    values = {key: hotspot[key] for key in ("key", "status", "line", "message", "textRange")}
    rule = {
        "key": "python:S1523",
        "name": "Dynamic code",
        "securityCategory": "rce",
        "vulnerabilityProbability": "MEDIUM",
        "riskDescription": "<p>Code that is <code>eval</code>uated can do <b>anything</b>.</p>"
        '<ul>\n<li><a href="https://cwe.mitre.org/data/definitions/95">CWE-95</a></li>\n<li>x</li></ul>'
        "<script>alert(1)</script>",
    }
    project = {"key": PROJECT, "qualifier": "TRK"}
    return {**values, "component": component, "project": project, "rule": rule, "canChangeStatus": True, **more}


def step(path: str, line: int, message: str = "", **more: object) -> Json:
    """One place of a flow."""
    region = {"startLine": line, "endLine": line, "startOffset": 0, "endOffset": 1}
    return {"component": f"{PROJECT}:{path}", "textRange": region, "msg": message, **more}


def sonarqube() -> Json:
    """All that can be in what was fetched of a project, in one document."""
    way = [step("app.py", 5, "Sink: here"), step("app.py", 4, "passed"), step("lib/wide.py", 2, "Source: there")]
    flows = [{"locations": way, "type": "DATA"}, {"locations": [step("app.py", 1), step("app.py", 2)]}]
    comments = [{"markdown": "No."}, {"htmlText": "<b>No</b>"}]
    settled = issue_of(key="b", status="RESOLVED", resolution="WONTFIX", issueStatus="ACCEPTED", comments=comments)
    open_one = issue_of(flows=flows, hash="0" * 32, tags=["cwe"], effort="1h", scope="TEST", pullRequest="7")
    rule = {"key": "pythonsecurity:S2076", "name": "Commands", "securityStandards": ["cwe:78"]}
    sections = [{"key": "root_cause", "content": "<p>Why</p>"}, {"key": "resources", "content": "<i>CWE-78</i>"}]
    reviewed = hotspot_of(key="H2", status="REVIEWED", resolution="SAFE")
    said = {
        "server": "https://sonar.example",
        "version": "10.4",
        "kinds": {"BUG": 3},
        "notes": ["said"],
        "analysed": "x",
    }
    pages = [
        issues_page(open_one, settled, total=12_000, rules=[rule]),
        hotspots_page(hotspot_of(), reviewed, total=9),
        shown_of(reviewed, hash="0" * 32, comment=comments, flows=flows),
        {"rule": {**rule, "descriptionSections": sections, "htmlDesc": "<p>x</p>"}},
        {"errors": [{"msg": "No."}]},
    ]
    return {"sonarqube": said, "pages": pages}


def read(*pages: Json, everything: bool = False, files: dict[str, str] | None = None) -> Imported:
    """What is read of these answers."""
    document = pages[0] if len(pages) == 1 else {"pages": [*pages]}
    tree = tree_of(FILES if files is None else files)
    return read_sonarqube(record_of(document), "sonar.json", tree, everything=everything)


def one_hit(*pages: Json, everything: bool = False, files: dict[str, str] | None = None) -> Hit:
    """The only hit of these answers, read without a problem."""
    found = read(*pages, everything=everything, files=files)
    assert found.problems == ()
    (hit,) = found.hits
    return hit


def facts_of(hit: Hit) -> dict[str, str]:
    """What it says of itself, but for what every issue here says."""
    usual = {"type": "VULNERABILITY", "impacts": "SECURITY HIGH", "severity": "BLOCKER", "status": "OPEN"}
    return {name: text for name, text in hit.facts if usual.get(name) != text}
