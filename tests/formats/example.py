"""A small review with something of everything in it, whose every word can be replaced by another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from reviewtui.formats.facts import ReportFacts
from reviewtui.model.anchor import Located, PlaceState, make_place
from reviewtui.model.checklist import Answer, Checklist, Evidence, Item, Result
from reviewtui.model.finding import Finding, FindingId, HistoryEntry, Kind
from reviewtui.model.hit import BlindSpot, Fingerprint, Hit
from reviewtui.model.mark import Mark
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Level, Severity
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.text.source import blob_id

AT: Final = datetime(2026, 3, 4, 10, 30, tzinfo=UTC)
MADE: Final = datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
COMMIT: Final = "0123456789abcdef0123456789abcdef01234567"
SOURCE: Final = (
    "from shop.db import db",
    "",
    "def login(name, password):",
    "    rows = db().execute(",
    '        "SELECT * FROM users WHERE name = \'" + name + "\'"',
    "    )",
    "    return rows.fetchone()",
    "",
    "SECRET_KEY = 'dev'",
    "",
)
BLOBS: Final = (blob_id("\n".join((*SOURCE, "")).encode()), "2" * 40, "3" * 40)
"""Of the source, of a file that was read in part, and of one that has changed since."""

Words = Callable[[str], str]


def as_it_is(text: str) -> str:
    """The words of the example itself."""
    return text


def review(words: Words = as_it_is) -> Review:
    """Three findings, a note, four decisions, three answers and three marks."""
    path = RepoPath(words("shop/views.py"))
    source = [" ".join(words(line).splitlines()) for line in SOURCE]
    by = words("Ada Auditor")
    injection = Finding(
        FindingId("k3v9x2ab"),
        words("SQL injection in the login"),
        by,
        AT,
        AT,
        state=State.CONFIRMED,
        severity=Severity.CRITICAL,
        likelihood=Level.HIGH,
        impact=Level.HIGH,
        cvss=words("CVSS:4.0/AV:N"),
        cwe=(89,),
        topic=words("input-handling"),
        description=words("The name is pasted into the statement."),
        exploit=words("Log in as ' OR 1=1 --."),
        recommendation=words("Use parameters: `execute(sql, (name,))`."),
        owner=words("Bob Backend"),
        due=date(2026, 3, 10),
        tags=(words("login"),),
        hit="f" * 32,
        items=("INP-01",),
        places=(
            make_place(
                path, LineSpan(4, 6), source, commit=COMMIT, blob=BLOBS[0], symbol=words("login"), role=words("sink")
            ),
            Place(RepoPath(words("shop/templates/login.html")), None, words("source"), words("the form")),
        ),
        history=(
            HistoryEntry(AT, by, "created"),
            HistoryEntry(AT, by, "state", "open", "confirmed", words("Tried it on the test system")),
        ),
    )
    key = Finding(
        FindingId("m5q7r8cd"),
        words("Secret key in the source"),
        by,
        AT,
        AT,
        state=State.ACCEPTED_RISK,
        severity=Severity.HIGH,
        cwe=(798, 321),
        owner=words("Carla Chief"),
        review_by=date(2026, 3, 15),
        places=(make_place(path, LineSpan(9, 9), source),),
        history=(HistoryEntry(AT, by, "state", "open", "accepted_risk", words("Only the demo uses it")),),
    )
    unrated = Finding(FindingId("p9s1t2ef"), words("Old sessions stay valid"), by, AT, AT)
    note = Finding(
        FindingId("w4y6z7gh"),
        words("Who calls this?"),
        by,
        AT,
        AT,
        kind=Kind.QUESTION,
        description=words("Ask the author."),
        places=(make_place(path, LineSpan(3, 3), source),),
    )
    verdicts = [
        _verdict("a" * 32, State.FALSE_POSITIVE, words("A test"), by, Place(path, LineSpan(1, 1)), words),
        _verdict("c" * 32, State.ACCEPTED_RISK, words("Internal"), by, Place(path, LineSpan(7, 7)), words),
        _verdict("f" * 32, State.CONFIRMED, words("Real"), by, Place(path, LineSpan(4, 6)), words),
        _verdict("9" * 32, State.FALSE_POSITIVE, words("Gone by now"), by, Place(path, LineSpan(2, 2)), words),
    ]
    evidence = (Evidence(Place(path, LineSpan(4, 6)), words("finding")), Evidence(Place(path)))
    answers = [
        Answer("INP-01", "input", Result.FAIL, words("Not in the login"), by, AT, COMMIT, ("k3v9x2ab",), evidence),
        Answer("INP-02", "input", Result.PASS, words("Searched, nothing found"), by, AT),
        Answer("OWN-01", "own", Result.NOT_APPLICABLE, words("No mail is sent"), by, AT),
    ]
    marks = [
        Mark(path, by, AT, (LineSpan(1, 10),), 10, BLOBS[0]),
        Mark(RepoPath(words("shop/db.py")), by, AT, (LineSpan(1, 4),), 20, BLOBS[1]),
        Mark(RepoPath(words("shop/old.py")), by, AT, (LineSpan(1, 4),), 4, BLOBS[2]),
    ]
    return Review(
        title=words("Spring review"),
        scope=(words("shop/**"),),
        commit=COMMIT,
        reviewers=(by,),
        findings={f.id: f for f in (unrated, note, key, injection)},
        verdicts={v.fingerprint: v for v in verdicts},
        answers={a.item: a for a in answers},
        marks={m.key: m for m in marks},
    )


def turned(review: Review) -> Review:
    """The same review with every table in the opposite order."""
    return replace(
        review,
        findings=dict(reversed([*review.findings.items()])),
        verdicts=dict(reversed([*review.verdicts.items()])),
        answers=dict(reversed([*review.answers.items()])),
        marks=dict(reversed([*review.marks.items()])),
    )


def hits(words: Words = as_it_is) -> tuple[Hit, ...]:
    """Five hits: decided three ways, undecided, and silenced in the source."""
    return (
        _hit("a" * 32, "B101", 1, Severity.LOW, words),
        _hit("c" * 32, "B108", 7, Severity.MEDIUM, words),
        _hit("f" * 32, "B608", 5, Severity.MEDIUM, words),
        _hit("5" * 32, "B105", 9, Severity.LOW, words),
        _hit("6" * 32, "B602", 10, Severity.HIGH, words, words("# nosec B602")),
    )


def facts(words: Words = as_it_is, *, scan: bool = True) -> ReportFacts:
    """All that a report is made of."""
    item = Item(
        "INP-01",
        "input",
        words("Parameterised SQL"),
        words("Is every statement parameterised?"),
        "",
        "",
        Severity.HIGH,
        core=True,
    )
    second = Item("INP-02", "input", words("Shell"), words("Is no shell used?"), "", "", Severity.HIGH)
    third = Item("INP-03", "input", words("Paths"), words("Are paths checked?"), "", "", Severity.MEDIUM)
    return ReportFacts(
        project=words("webshop"),
        made_at=MADE,
        review=review(words),
        commit=COMMIT,
        dirty=True,
        branch=words("main"),
        remote=words("git@example.org:shop.git"),
        versions={"reviewtui": "0.1.0", "bandit": "1.9.4"},
        checklists=(Checklist("input", words("Input handling"), "", (item, second, third)),),
        hits=hits(words) if scan else None,
        blind=(BlindSpot("bandit", RepoPath(words("shop/legacy.py")), words("syntax error on line 3")),)
        if scan
        else (),
        scanned=12 if scan else 0,
        files=40,
        blobs={RepoPath(words("shop/views.py")): BLOBS[0], RepoPath(words("shop/db.py")): BLOBS[1]},
        located={
            FindingId("k3v9x2ab"): (
                Located(LineSpan(14, 16), PlaceState.MOVED),
                Located(None, PlaceState.EXACT),
            ),
            FindingId("m5q7r8cd"): (Located(None, PlaceState.LOST),),
            FindingId("w4y6z7gh"): (Located(LineSpan(3, 3), PlaceState.EXACT),),
        },
    )


def _verdict(fingerprint: str, state: State, reason: str, by: str, place: Place, words: Words) -> Verdict:
    accepted = state is State.ACCEPTED_RISK
    return Verdict(
        Fingerprint(fingerprint),
        "bandit",
        "B608" if state is State.CONFIRMED else "B101",
        state,
        reason,
        by,
        AT,
        place,
        owner=words("Carla Chief") if accepted else "",
        review_by=date(2027, 1, 1) if accepted else None,
        finding="k3v9x2ab" if state is State.CONFIRMED else "",
    )


def _hit(fingerprint: str, rule: str, line: int, severity: Severity, words: Words, suppressed: str = "") -> Hit:
    return Hit(
        "bandit",
        rule,
        words("rule_name"),
        words("Something is wrong here."),
        severity,
        "high",
        (89,),
        RepoPath(words("shop/views.py")),
        LineSpan(line, line),
        line,
        suppressed=suppressed,
        fingerprint=Fingerprint(fingerprint),
    )
