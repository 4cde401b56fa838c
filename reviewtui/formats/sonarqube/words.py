"""How bad an issue is, what became of it on the server, and what else is said of it, in SonarQube's own words."""

from collections.abc import Iterator
from typing import Final

from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sonarqube.html_text import text_of_html
from reviewtui.model.risk import Severity

IMPACTS: Final = {
    "BLOCKER": Severity.CRITICAL,
    "HIGH": Severity.HIGH,
    "MEDIUM": Severity.MEDIUM,
    "LOW": Severity.LOW,
    "INFO": Severity.INFO,
}
_OLD: Final = {
    "BLOCKER": Severity.CRITICAL,
    "CRITICAL": Severity.HIGH,
    "MAJOR": Severity.MEDIUM,
    "MINOR": Severity.LOW,
    "INFO": Severity.INFO,
}
SECURITY: Final = "SECURITY"
_SETTLED: Final = frozenset(("ACCEPTED", "FALSE_POSITIVE", "FIXED"))
_ENDED: Final = {"RESOLVED": "resolved", "CLOSED": "closed", "REVIEWED": "reviewed"}
_WORD: Final = 80
_COMMENT: Final = 1_000

Facts = Iterator[tuple[str, str]]


def impacts_of(issue: Record) -> list[tuple[str, str]]:
    """Quality and severity of each, as they are written."""
    return [
        (impact.text("softwareQuality").upper()[:_WORD], impact.text("severity").upper()[:_WORD])
        for impact in issue.records("impacts")
    ]


def severity_of(issue: Record) -> Severity:
    """By the impact on security, else by the old severity, else by the worst of the other impacts."""
    impacts = impacts_of(issue)
    security = [IMPACTS[severity] for quality, severity in impacts if quality == SECURITY and severity in IMPACTS]
    if security:
        return min(security, key=lambda severity: severity.rank)
    old = _OLD.get(issue.text("severity").upper())
    others = [IMPACTS[severity] for _, severity in impacts if severity in IMPACTS]
    return old or min(others, key=lambda severity: severity.rank, default=Severity.MEDIUM)


def state_of(issue: Record) -> str:
    """The state in the words of newer servers, else in those of older ones."""
    return (issue.text("issueStatus") or issue.text("simpleStatus") or issue.text("status")).upper()[:_WORD]


def settled_by(item: Record) -> str:
    """What was decided on it on the server, with the last comment there; empty for what is open."""
    status = item.text("status").upper()
    newer = (item.text("issueStatus") or item.text("simpleStatus")).upper()
    if status not in _ENDED and newer not in _SETTLED:
        return ""
    resolution = item.text("resolution").upper()[:_WORD]
    word = resolution or (newer if newer in _SETTLED else "")
    if newer in _SETTLED and newer != word.replace("-", "_"):
        word = f"{word} ({newer})"
    said = f"{_ENDED.get(status, 'resolved')}{f' as {word}' if word else ''} in SonarQube"
    comment = last_comment(item)
    return f"{said}: {comment}" if comment else said


def last_comment(item: Record) -> str:
    """The newest comment, in one line; the server writes them in the order of time."""
    text = ""
    for name in ("comments", "comment"):
        for comment in item.records(name) if isinstance(item.values.get(name), list) else ():
            words = comment.text("markdown") or text_of_html(comment.text("htmlText"))
            text = " ".join(words.split()) or text
    return shortened(text, _COMMENT)


def facts_of_issue(issue: Record) -> Facts:
    """What it says of itself, name and text."""
    if kind := issue.text("type"):
        yield "type", kind[:_WORD]
    if impacts := impacts_of(issue):
        yield "impacts", ", ".join(f"{quality} {severity}" for quality, severity in impacts[:10])
    if severity := issue.text("severity"):
        yield "severity", severity[:_WORD]
    if attribute := issue.text("cleanCodeAttribute"):
        yield "clean code", attribute[:_WORD]
    if effort := issue.text("effort") or issue.text("debt"):
        yield "effort", effort[:_WORD]
    if tags := issue.texts("tags"):
        yield "tags", shortened(", ".join(tags), 300)
    if state := state_of(issue):
        yield "status", state
    if issue.text("scope").upper() == "TEST":
        yield "scope", "TEST"
    if engine := issue.text("externalRuleEngine"):
        yield "engine", engine[:_WORD]
    yield from branch_of(issue)


def branch_of(item: Record) -> Facts:
    """Where it was seen, for what is not on the main branch."""
    for name, words in (("branch", "branch"), ("pullRequest", "pull request")):
        if text := item.word(name):
            yield words, shortened(text, 300)
