"""Vulnerable requirements as hits on their lines, so that they are read and decided like any other."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from reviewtui.dependencies.advisory import Rating
from reviewtui.dependencies.checking import Checked, Outcome
from reviewtui.dependencies.requirement import Requirement
from reviewtui.dependencies.versions import version_of
from reviewtui.dependencies.vulnerability import Vulnerability
from reviewtui.model.hit import Hit, fingerprinted
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity

TOOL: Final = "advisories"
LOWEST: Final = "lowest-version"
"""The rule of the question which version is installed."""
_UNRATED: Final = Severity.MEDIUM
_URL: Final = "https://osv.dev/vulnerability/"
_LONGEST_EXPLANATION: Final = 3000
_MOST_IDS: Final = 100


def hits_of(checks: Iterable[Checked], lines: Callable[[RepoPath], Sequence[str]]) -> tuple[Hit, ...]:
    """One hit for each vulnerability of each requirement, and a question for each range whose lowest version has some.

    Args:
        lines: the lines of a file as they are now, without line ends.
    """
    by_path: defaultdict[RepoPath, list[Hit]] = defaultdict(list)
    texts: dict[RepoPath, Sequence[str]] = {}
    for check in checks:
        if check.outcome is Outcome.VULNERABLE or check.is_question:
            path = check.requirement.path
            if path not in texts:
                texts[path] = lines(path)
            by_path[path] += _hits(check, texts[path])
    each = (hit for path in sorted(by_path) for hit in fingerprinted(by_path[path], texts[path]))
    return tuple(sorted(each, key=lambda hit: (hit.order, hit.fingerprint)))


def _hits(check: Checked, lines: Sequence[str]) -> Iterator[Hit]:
    requirement = check.requirement
    span, line = place_of(requirement, lines)
    for known in check.vulnerabilities:
        rating = known.rating
        yield Hit(
            tool=TOOL,
            rule=known.id,
            name=requirement.name,
            message=message_of(check, known),
            severity=rating.severity if rating else _UNRATED,
            confidence="",
            cwe=known.cwe,
            path=requirement.path,
            span=span,
            line=line,
            url=f"{_URL}{known.id}",
            is_question=bool(requirement.version) and known.doubts(requirement.version),
            ids=known.ids[:_MOST_IDS],
            facts=tuple(_facts(check, known)),
            explanation=explanation_of(known),
        )
    if check.is_question:
        yield _question(check, span, line)


def _question(check: Checked, span: LineSpan, line: int) -> Hit:
    requirement, possible = check.requirement, check.possible
    rated = [one.rating.severity for one in possible if one.rating] or [_UNRATED]
    ending = f"; {check.fixed_by} would have nothing that is known" if check.fixed_by else ""
    facts = [
        ("package", requirement.shown),
        ("asked for", requirement.specifier),
        ("lowest allowed", requirement.lowest),
        ("first version without any", check.fixed_by),
        *_circumstances(check),
    ]
    return Hit(
        tool=TOOL,
        rule=LOWEST,
        name=requirement.name,
        message=f"{requirement.shown}: {check.reason}{ending}",
        severity=min(rated, key=lambda severity: severity.rank),
        confidence="",
        cwe=(),
        path=requirement.path,
        span=span,
        line=line,
        is_question=True,
        ids=tuple(one.id for one in possible[:_MOST_IDS]),
        facts=tuple((name, text) for name, text in facts if text),
        explanation="\n".join(f"{one.id}: {one.summary}; {fixes_of(one, requirement.lowest)}" for one in possible)[
            :_LONGEST_EXPLANATION
        ],
    )


def message_of(check: Checked, known: Vulnerability) -> str:
    """One sentence: which version, what is wrong with it, and where that is mended."""
    requirement = check.requirement
    what = f"{requirement.shown} {requirement.version}".rstrip()
    if requirement.version and known.doubts(requirement.version):
        return (
            f"{what}: {known.summary}; known of {known.last_known}, and nobody has said whether newer versions have it"
        )
    return f"{what}: {known.summary}; {fixes_of(known, requirement.version)}"


def fixes_of(known: Vulnerability, version: str) -> str:
    """Where it is mended, as far as that lies ahead of the version."""
    fixes = fixes_above(known, version)
    return f"fixed in {', '.join(fixes)}" if fixes else "no fixed version is known"


def fixes_above(known: Vulnerability, version: str) -> tuple[str, ...]:
    """The fixed versions that are newer than this one; all where it cannot be compared."""
    start = version_of(version) if version else None
    if start is None:
        return known.fixed
    return tuple(text for text in known.fixed if (at := version_of(text)) is not None and at > start)


def explanation_of(known: Vulnerability) -> str:
    """Summary and details, not too long."""
    details = known.details.strip()
    text = details if details.startswith(known.summary) else f"{known.summary}.\n\n{details}".rstrip()
    return text if len(text) <= _LONGEST_EXPLANATION else f"{text[: _LONGEST_EXPLANATION - 1].rstrip()}…"


def _facts(check: Checked, known: Vulnerability) -> Iterator[tuple[str, str]]:
    requirement = check.requirement
    facts = [
        ("package", requirement.shown),
        ("version", requirement.version or "any"),
        ("fixed in", ", ".join(fixes_above(known, requirement.version))),
        ("fixes all that is known", check.fixed_by),
        ("severity", _rating(known.rating)),
        ("known in", ", ".join(known.sources)),
        ("does not count this version", ", ".join(known.against(requirement.version)) if requirement.version else ""),
        ("last known affected", known.last_known),
        *_circumstances(check),
    ]
    yield from ((name, text) for name, text in facts if text)


def _circumstances(check: Checked) -> list[tuple[str, str]]:
    requirement = check.requirement
    return [
        ("databases", ", ".join(check.sources)),
        ("came in by", ", ".join(requirement.via)),
        ("groups", ", ".join(requirement.groups)),
        ("marker", requirement.marker),
        ("constraint", "the line limits the version and asks for nothing" if requirement.is_constraint else ""),
    ]


def _rating(rating: Rating | None) -> str:
    if rating is None:
        return f"not given; shown as {_UNRATED.value}"
    return f"{rating.severity.value}, {rating.score} ({rating.vector})" if rating.vector else rating.severity.value


def place_of(requirement: Requirement, lines: Sequence[str]) -> tuple[LineSpan, int]:
    """The lines that say name and version, so that hashes and neighbours may change and the version may not."""
    last = max(1, len(lines))
    line = min(requirement.line, last)
    if not requirement.version or not lines:
        return LineSpan(line, line), line
    pattern = re.compile(rf"(?<![\w.+]){re.escape(requirement.version)}(?![\w+]|\.\w)")
    inside = range(min(requirement.span.start, last), min(requirement.span.end, last) + 1)
    near = sorted(inside, key=lambda number: (abs(number - line), number))
    found = next((number for number in near if pattern.search(lines[number - 1])), line)
    if abs(found - line) <= 1:
        return LineSpan(min(found, line), max(found, line)), line
    return LineSpan(found, found), found
