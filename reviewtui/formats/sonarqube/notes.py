"""What has to be known to read a report rightly: how much of what it holds, and what is missing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sonarqube.hits import VULNERABILITY, is_about_security
from reviewtui.text.counting import grouped

REACHABLE: Final = 10_000
"""No search of SonarQube gives more than so many results."""
_ADDRESSES: Final = {"issues": "api/issues/search", "hotspots": "api/hotspots/search"}
_NAMED: Final = 5


def counted(
    pages: Sequence[Record],
    fetched: Record,
    issues: Sequence[Record],
    hotspots: Sequence[Record],
    *,
    everything: bool,
) -> Iterator[str]:
    """How many there are of which kind: that nothing is shown is not to be taken for a clean bill."""
    total = _kinds_of_project(fetched) or Counter(
        issue.text("type").upper()[:40] or "without a type" for issue in issues
    )
    has_issues = any("issues" in page for page in pages)
    if has_issues or total:
        kinds = _listed(total)
        what = "open issue" if fetched.record("kinds") else "issue"
        yield f"SonarQube has {grouped(sum(total.values()), what)}{f': {kinds}' if kinds else ''}"
    if has_issues and not total[VULNERABILITY]:
        yield (
            "that there is no VULNERABILITY says little: not every edition of SonarQube follows data from where it"
            " comes in to where it does harm"
        )
    left_out = 0 if everything else sum(not is_about_security(issue) for issue in issues)
    if left_out:
        yield f"{grouped(left_out, 'issue')} without an effect on security left out; `--everything` takes them too"
    elif fetched.flag("everything") is False and not everything:
        yield "issues without an effect on security were not asked for; `--everything` takes them too"
    if hotspots:
        states = Counter(hotspot.text("status").upper()[:40] or "without a status" for hotspot in hotspots)
        yield f"{grouped(len(hotspots), 'hotspot')}: {_listed(states)}"
    if not has_issues:
        yield "no issues are in it, vulnerabilities among them: they are another answer (api/issues/search)"
    if not hotspots and not any("hotspots" in page for page in pages):
        yield "no security hotspots are in it: they are another answer (api/hotspots/search)"


def cut_off(pages: Sequence[Record], name: str, read: int) -> Iterator[str]:
    """How much is missing of what the server has."""
    totals = [
        total
        for page in pages
        if name in page and (total := page.record("paging").integer("total") or page.integer("total")) is not None
    ]
    total = max(totals, default=0)
    if total <= read:
        return
    how = "the other pages are missing (`p=2`, `ps=500`)"
    if total > REACHABLE:
        how = f"no search gives more than {REACHABLE:,}: let it be by kind, severity or rule, or import from the server"
    yield f"cut off: {_ADDRESSES[name]} has {total:,} {name}, here are {read:,}; {how}"


def several(projects: Counter[str]) -> Iterator[str]:
    """A warning where files of one name could be of several projects."""
    if len(projects) > 1:
        named = ", ".join(shortened(key, 60) for key in list(projects)[:_NAMED])
        more = f" and {len(projects) - _NAMED} more" if len(projects) > _NAMED else ""
        yield f"from {len(projects)} projects ({named}{more}): their files are all looked for in this repository"


def errors_in(page: Record) -> Iterator[str]:
    """What the server said instead of an answer."""
    if isinstance(page.values.get("errors"), list):
        for error in page.records("errors"):
            if message := error.text("msg"):
                yield shortened(" ".join(message.split()), 300)


def _kinds_of_project(fetched: Record) -> Counter[str]:
    """How many there are of each kind in the whole project, as the server said."""
    found: Counter[str] = Counter()
    table = fetched.record("kinds")
    for kind in table.values:
        found[kind[:40]] = table.integer(kind) or 0
    return found


def _listed(counts: Counter[str]) -> str:
    common = sorted(kind for kind, count in counts.most_common(_NAMED) if count)
    rest = sum(counts.values()) - sum(counts[kind] for kind in common)
    return ", ".join([*(f"{counts[kind]:,} {kind}" for kind in common), *([f"{rest:,} others"] if rest else [])])
