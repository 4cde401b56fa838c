"""The Markdown report: what it says, and that nothing in the reviewed code can make it say more."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reviewtui.formats import digest, markdown
from reviewtui.formats.facts import ReportFacts
from reviewtui.formats.markdown import escape
from reviewtui.model.anchor import make_place
from reviewtui.model.finding import FindingId
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.state import State
from reviewtui.text.safe import safe
from tests.formats.example import MADE, facts, review, turned
from tests.formats.hostile import TEXTS

PROSE = (
    "The name is pasted into the statement.",
    "Log in as ' OR 1=1 --.",
    "Use parameters: `execute(sql, (name,))`.",
    "Ask the author.",
)


def test_the_report_names_the_finding_with_its_weakness_lines_and_snippet() -> None:
    text = markdown.render(facts())
    assert "### 1. SQL injection in the login\n" in text
    assert "| CWE | [CWE-89](https://cwe.mitre.org/data/definitions/89.html) |\n" in text
    assert "| Severity | **critical** |\n| Likelihood × impact | high × high |\n" in text
    assert "| State | confirmed: Tried it on the test system |\n" in text
    assert "| Due | 2026-03-10 (**overdue**) |\n" in text
    assert (
        "`shop/views.py:4-6`, sink, in `login`, at commit `0123456789ab`, now on lines 14-16:\n\n"
        "```text\n"
        "  1 | from shop.db import db\n"
        "  2 |\n"
        "  3 | def login(name, password):\n"
        "> 4 |     rows = db().execute(\n"
        '> 5 |         "SELECT * FROM users WHERE name = \'" + name + "\'"\n'
        "> 6 |     )\n"
        "  7 |     return rows.fetchone()\n"
        "  8 |\n"
        "  9 | SECRET_KEY = 'dev'\n"
        "```\n"
    ) in text
    assert "Use parameters: `execute(sql, (name,))`." in text
    assert "- 2026-03-04 10:30, Ada Auditor: state from open to confirmed (Tried it on the test system)\n" in text


def test_the_rules_behind_what_is_left_are_explained_and_no_others() -> None:
    known = {("bandit", f"B{number}"): (f"Title {number}", "Uses `a|b` | <b>") for number in range(100, 800)}
    text = markdown.render(replace(facts(), meanings=known))
    table = text.partition("### What these rules mean\n\n")[2].partition("\n\n")[0]
    left = {v.rule for v in facts().review.verdicts.values() if v.state is State.CONFIRMED}
    left |= {hit.rule for hit in digest.decided(facts().review, facts().hits or ()).undecided}
    head, _, *rows = table.splitlines()
    assert head == "| Rule | Title | Meaning |"
    assert [row.split(" | ")[0] for row in rows] == [f"| bandit {rule}" for rule in sorted(left)]
    assert rows[0].endswith(" | Uses a\\|b \\| &lt;b&gt; |")
    assert "What these rules mean" not in markdown.render(facts())


def test_the_summary_counts_by_severity_and_state() -> None:
    text = markdown.render(facts())
    assert "3 findings, 2 of them open or confirmed, the worst of them **critical**.\n" in text
    assert "**1 finding overdue** on 2026-03-20.\n" in text
    assert (
        "| Severity | open | confirmed | accepted risk | all |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| critical | – | 1 | – | 1 |\n"
        "| high | – | – | 1 | 1 |\n"
        "| not rated | 1 | – | – | 1 |\n"
        "| all | 1 | 1 | 1 | 3 |\n"
    ) in text


def test_the_cover_says_what_was_reviewed() -> None:
    text = markdown.render(facts())
    assert "| Commit | `0123456789abcdef0123456789abcdef01234567` (with changes that are not committed) |\n" in text
    assert "| Review | 2026-03-04 to 2026-03-20 |\n| Reviewers | Ada Auditor |\n| Scope | shop/\\*\\* |\n" in text
    assert "| Made with | reviewtui 0.1.0, bandit 1.9.4 |\n" in text
    assert "no commit" in markdown.render(replace(facts(), commit="", dirty=None))
    assert "(nothing uncommitted)" in markdown.render(replace(facts(), dirty=False))


def test_the_plan_is_ordered_by_risk_and_leaves_out_what_is_settled() -> None:
    plan = _section(markdown.render(facts()), "Remediation plan")
    assert plan.splitlines()[2:] == [
        "| 1 | critical | SQL injection in the login | `k3v9x2ab` | Bob Backend | 2026-03-10 (**overdue**) "
        "| confirmed |",
        "| 2 | not rated | Old sessions stay valid | `p9s1t2ef` | – | – | open |",
    ]


def test_what_is_said_to_be_repaired_is_still_to_be_verified() -> None:
    fixed = replace(review().findings[FindingId("k3v9x2ab")], state=State.FIXED)
    plan = _section(markdown.render(ReportFacts("p", MADE, Review(findings={fixed.id: fixed}))), "Remediation plan")
    assert plan.splitlines()[2:] == [
        "| 1 | critical | Verify the fix: SQL injection in the login | `k3v9x2ab` | Bob Backend | 2026-03-10 | fixed |"
    ]


def test_accepted_risks_and_false_positives_come_with_their_reasons() -> None:
    section = _section(markdown.render(facts()), "Accepted risks and false positives")
    assert section.splitlines() == [
        "### Accepted risks",
        "",
        "| What | Place | Reason | Owner | Look again by | Decided |",
        "| --- | --- | --- | --- | --- | --- |",
        "| `m5q7r8cd` Secret key in the source | shop/views.py:9 | Only the demo uses it | Carla Chief "
        "| 2026-03-15 (**expired**) | Ada Auditor, 2026-03-04 |",
        "| bandit B101 | shop/views.py:7 | Internal | Carla Chief | 2027-01-01 | Ada Auditor, 2026-03-04 |",
        "",
        "### False positives",
        "",
        "| What | Place | Reason | Decided |",
        "| --- | --- | --- | --- |",
        "| bandit B101 | shop/views.py:1 | A test | Ada Auditor, 2026-03-04 |",
        "| bandit B101 | shop/views.py:2 | Gone by now | Ada Auditor, 2026-03-04 |",
    ]


def test_undecided_hits_are_counted_and_blind_spots_listed() -> None:
    text = markdown.render(facts())
    assert "12 files were looked at, 5 hits were reported." in text
    assert "| undecided | 1 |\n" in text
    assert "| undecided, silenced in the source or by the tool | 1 |\n" in text
    assert "| decided earlier, not reported any more | 1 |\n" in text
    assert "| shop/legacy.py | bandit | syntax error on line 3 |\n" in text
    assert "| shop/views.py:10 | high | bandit B602 | Something is wrong here. | # nosec B602 | undecided |\n" in text


def test_no_scan_is_not_told_as_no_hits() -> None:
    text = markdown.render(facts(scan=False))
    assert "No scan was made for this report, so hits that nobody has decided on are not counted." in text
    assert "Not known: no scan was made for this report." in text


def test_a_scan_that_looked_at_nothing_says_so() -> None:
    text = markdown.render(replace(facts(), hits=(), blind=(), scanned=0))
    assert "**Nothing was looked at:**" in text


def test_answers_keep_their_reason_and_evidence_and_what_is_missing_is_named() -> None:
    section = _section(markdown.render(facts()), "Checklists")
    assert "2 of 3 items answered." in section
    assert (
        "| INP-01 Parameterised SQL | **fail** | Not in the login (`k3v9x2ab`) "
        "| shop/views.py:4-6 (finding), shop/views.py | Ada Auditor, 2026-03-04 |"
    ) in section
    assert "Not answered:\n\n- INP-03 Paths" in section
    assert "| OWN-01 | **not applicable** | No mail is sent | – |" in section


def test_coverage_counts_only_what_is_still_as_it_was_read() -> None:
    section = _section(markdown.render(facts()), "Coverage")
    assert section.splitlines() == [
        "1 of 40 files in scope were marked as reviewed (2 %).",
        "",
        "### Reviewed",
        "",
        "- `shop/views.py`",
        "",
        "### Reviewed in part",
        "",
        "- `shop/db.py`: 4 of 20 lines",
        "",
        "### Changed since they were reviewed",
        "",
        "- `shop/old.py`",
    ]


def test_an_empty_review_is_a_whole_report() -> None:
    text = markdown.render(ReportFacts("webshop", MADE, Review()))
    assert "No finding has been written down." in text
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Summary",
        "## Findings",
        "## Remediation plan",
        "## Accepted risks and false positives",
        "## Scanner hits",
        "## Blind spots",
        "## Checklists",
        "## Coverage",
    ]


def test_the_same_facts_give_the_same_bytes_in_whatever_order_they_were_written_down() -> None:
    first = facts()
    assert first.hits is not None
    assert markdown.render(replace(first, review=turned(first.review), hits=first.hits[::-1])) == markdown.render(first)


def test_a_long_place_shows_its_first_and_last_lines() -> None:
    lines = [f"line {number}" for number in range(1, 101)]
    finding = replace(
        review().findings[FindingId("p9s1t2ef")], places=(make_place(RepoPath("a.py"), LineSpan(11, 90), lines),)
    )
    text = markdown.render(ReportFacts("p", MADE, Review(findings={finding.id: finding})))
    assert "> 30 | line 30\n>  … |\n> 71 | line 71\n" in text
    assert "  10 | line 10\n> 11 | line 11\n" in text
    assert "> 90 | line 90\n  91 | line 91\n" in text


@pytest.mark.parametrize("hostile", TEXTS)
def test_hostile_text_adds_no_structure(hostile: str) -> None:
    """Every word of the report but prose is replaced; the report's structure must be that of the harmless one."""

    def words(text: str) -> str:
        return text if text in PROSE else f"{text}{hostile}"

    assert _structure(markdown.render(facts(words))) == _structure(markdown.render(facts()))


@pytest.mark.parametrize("hostile", TEXTS)
def test_hostile_text_alone_adds_no_html_link_or_image(hostile: str) -> None:
    def words(text: str) -> str:
        return RepoPath(hostile or "x") if text.startswith("shop/") else hostile

    tokens = list(_all(_parsed(markdown.render(facts(words)))))
    assert [t.content for t in tokens if t.type.startswith("html")] == []
    assert [t for t in tokens if t.type == "image"] == []
    links = {t.attrs["href"] for t in tokens if t.type == "link_open"}
    assert links == {f"https://cwe.mitre.org/data/definitions/{number}.html" for number in (89, 798, 321)}


@pytest.mark.parametrize("hostile", [text for text in TEXTS if "`" not in text and text.strip()])
def test_hostile_text_is_read_as_it_is_shown_elsewhere(hostile: str) -> None:
    shown = " ".join(str(safe(hostile.replace("\t", " ").strip())).split())
    table = escape.table((escape.cell(hostile), "second"), [("x", escape.cell(hostile))])
    cells = [t.children for t in _parsed(table) if t.type == "inline"]
    texts = [" ".join("".join(child.content for child in cell or ()).split()) for cell in cells]
    assert texts == [shown, "second", "x", shown]


@pytest.mark.parametrize("hostile", TEXTS)
def test_a_line_of_source_cannot_end_its_block(hostile: str) -> None:
    lines = [escape.source_line(part) for part in ("first", hostile, "last")]
    (block,) = _parsed(escape.fence(lines))
    assert (block.type, block.content) == ("fence", "\n".join(lines) + "\n")
    assert all(line.isprintable() for line in lines)


def test_prose_keeps_paragraphs_lists_and_code() -> None:
    text = (
        "First line\nsecond line.\n\n- one `a|b`\n* two\n  and more\n\n```python\nx = `1`\n```\n2. later\n# no heading"
    )
    assert escape.prose(text) == (
        "First line\nsecond line.\n\n- one a\\|b\n- two\n  and more\n\n"
        "```text\nx = `1`\n```\n\n2. later\n\n\\# no heading"
    )


def test_a_block_of_code_that_is_never_closed_ends_with_its_text() -> None:
    tokens = _parsed(escape.prose("```\n<script>") + "\n\n## Next\n")
    assert [t.type for t in tokens] == ["fence", "heading_open", "inline", "heading_close"]


def test_a_finding_that_is_due_today_is_not_overdue() -> None:
    finding = replace(review().findings[FindingId("k3v9x2ab")], due=date(2026, 3, 20))
    text = markdown.render(ReportFacts("p", MADE, Review(findings={finding.id: finding})))
    assert "| Due | 2026-03-20 |\n" in text


def _section(text: str, heading: str) -> str:
    """What stands under this heading of the second level."""
    return text.split(f"\n## {heading}\n\n")[1].split("\n\n## ")[0].rstrip("\n")


def _parsed(text: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def _structure(text: str) -> list[str]:
    """Blocks and markup, without the text and without words that are set as code."""
    plain = ("text", "code_inline", "text_special", "softbreak")
    return [t.type for t in _all(_parsed(text)) if t.type not in plain]
