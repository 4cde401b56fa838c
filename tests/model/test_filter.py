"""The filter language: what is meant, how it is written, and what is said of what cannot be understood."""

import random
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

import pytest

from reviewtui.model.checklist import Item
from reviewtui.model.filter import BadFilterError, Filter, completions, parse_filter
from reviewtui.model.filter_terms import KEYS
from reviewtui.model.filter_values import Known
from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.hit import NOWHERE, BlindSpot, Fingerprint, Hit
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.model.standing import Carried, Match, Standing, Standings
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict

AT: Final = datetime(2026, 3, 1, tzinfo=UTC)
TODAY: Final = date(2026, 3, 1)


def _hit(number: int, rule: str, path: str, severity: Severity = Severity.MEDIUM, **more: object) -> Hit:
    hit = Hit(
        "bandit",
        rule,
        f"name_of_{rule.lower()}",
        f"Message of {rule}",
        severity,
        "high",
        (89,),
        RepoPath(path),
        LineSpan(3, 4),
        3,
        fingerprint=Fingerprint(f"{number:032x}"),
    )
    return replace(hit, **more)  # type: ignore[arg-type]  # fields of Hit


SQL: Final = _hit(1, "B608", "src/shop/orders.py", Severity.HIGH)
HASH: Final = _hit(2, "B324", "src/shop/users.py", Severity.LOW, confidence="low", cwe=(327,))
TEST: Final = _hit(3, "B101", "tests/test_orders.py", Severity.LOW, cwe=(703,), suppressed="# nosec")
SONAR: Final = _hit(
    4, "python:S5131", "src/web/Views.py", Severity.CRITICAL, tool="sonarqube", cwe=(), confidence="", origin="ci-4",
    is_question=True,
)  # fmt: skip
PIN: Final = _hit(
    5, "CVE-2024-1", NOWHERE, Severity.MEDIUM, tool="osv", ids=("GHSA-aaaa-bbbb-cccc",), message="Flask [bold] is old"
)
HITS: Final = (SQL, HASH, TEST, SONAR, PIN)
NAMES: Final = {hit.fingerprint: name for hit, name in zip(HITS, ("sql", "hash", "test", "sonar", "pin"), strict=True)}


def _verdict(hit: Hit, state: State, by: str = "Rita Moreno", **more: object) -> Verdict:
    verdict = Verdict(hit.fingerprint, hit.tool, hit.rule, state, "so", by, AT, Place(hit.path or RepoPath("x")))
    return replace(verdict, **more)  # type: ignore[arg-type]  # fields of Verdict


RISK: Final = _verdict(HASH, State.ACCEPTED_RISK, owner="Ops", review_by=date(2026, 2, 1))
STALE: Final = _verdict(TEST, State.FALSE_POSITIVE, "Sam")
KNOWN: Final = Known(
    TODAY,
    Standings(
        {HASH.fingerprint: RISK, TEST.fingerprint: STALE},
        {TEST.fingerprint: Carried(TEST, Standing(Match.STALE, STALE), STALE)},
    ),
    {HASH.fingerprint: RISK},
    lambda hit: Item("SQL-01", "input", "", "", "", "", Severity.HIGH) if hit is SQL else None,
    frozenset({SQL.fingerprint, SONAR.fingerprint}),
)


def _meant(text: str) -> str:
    chosen = parse_filter(text)
    return " ".join(NAMES[hit.fingerprint] for hit in HITS if chosen.hit(hit, KNOWN))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", "sql hash test sonar pin"),
        ("sev:high", "sql"),
        ("sev:high,low", "sql hash test"),
        ("severity:h", "sql"),
        ("sev:>=medium", "sql sonar pin"),
        ("sev:medium+", "sql sonar pin"),
        ("sev:<medium", "hash test"),
        ("!sev:<medium", "sql sonar pin"),
        ("path:src", "sql hash sonar"),
        ("path:/src/web/", "sonar"),
        ("path:/shop", ""),
        ("path:views", "sonar"),
        ("path:src -path:shop", "sonar"),
        ("path:src/**/o*.py", "sql"),
        ("path:*.py", "sql hash test sonar"),
        ("path:src/*.py", ""),
        ("path:tests/,orders", "sql test"),
        ("path:none", "pin"),
        ("is:nowhere", "pin"),
        ("rule:b608", "sql"),
        ("rule:B6*", "sql"),
        ("rule:B6", ""),
        ("rule:name_of_b101,python:S5131", "test sonar"),
        ("tool:osv,sonar*", "sonar pin"),
        ("cwe:89", "sql pin"),
        ("cwe:CWE-327,none", "hash sonar"),
        ("state:open", "sql test sonar pin"),
        ("state:undecided", "sql test sonar pin"),
        ("state:decided", "hash"),
        ("state:false-positive", "test"),
        ("state:fp", "test"),
        ("state:accepted_risk", "hash"),
        ("conf:low", "hash"),
        ("conf:>=medium", "sql test pin"),
        ("conf:none", "sonar"),
        ("is:stale", "test"),
        ("is:silenced,question", "test sonar"),
        ("!is:silenced !is:question", "sql hash pin"),
        ("is:imported", "sonar"),
        ("is:duplicate", "sql sonar"),
        ("origin:CI", "sonar"),
        ("origin:none", "sql hash test pin"),
        ("item:sql-01", "sql"),
        ("item:none", "hash test sonar pin"),
        ("topic:input", "sql"),
        ("by:rita", "hash"),
        ("by:none", "sql sonar pin"),
        ("owner:ops", "hash"),
        ("due:overdue", "hash"),
        ("due:<2026-02-02", "hash"),
        ("due:<=+30", "hash"),
        ("due:>2026-02-01", ""),
        ("due:none", "sql test sonar pin"),
        ("id:GHSA-AAAA-bbbb-cccc", "pin"),
        ("id:00000000", "sql hash test sonar pin"),
        (f"id:{HASH.fingerprint}", "hash"),
        ("message", "sql hash test sonar"),
        ("B608", "sql"),
        ("text:nosec,[bold]", "test pin"),
        ('"is old"', "pin"),
        ("'of b608' sev:high", "sql"),
        ("!message", "pin"),
        ("sev:high sev:low", ""),
    ],
)
def test_each_term_means_what_the_readme_says(text: str, meant: str) -> None:
    assert _meant(text) == meant


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("  sev:HIGH   path:src\tb608 ", "sev:high path:src b608"),
        ("severity:medium+,i", "sev:>=medium,info"),
        ("-path:'a b',c", '!path:"a b",c'),
        ("state:fp,out-of-scope", "state:false_positive,out_of_scope"),
        ("cwe:CWE-089", "cwe:89"),
        ('text:"a b" text:c', 'text:"a b" c'),
        ("text:sev:high", "text:sev:high"),
        ('"!x" "-y" "a:b"', 'text:"!x" text:"-y" text:a:b'),
        (r'"say \"no\" \\ \n"', r'text:"say \"no\" \\ \\n"'),
        ("sev:high sev:h severity:high", "sev:high"),
        ("don't", "don't"),
    ],
)
def test_the_normal_form_is_short_and_plain(text: str, normal: str) -> None:
    assert parse_filter(text).text == normal
    assert parse_filter(normal).text == normal


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("sev:hgih", 5, "unknown severity 'hgih' at 5 (did you mean high?): critical, high, medium, low, info, none"),
        ("path:a sve:high", 8, "unknown key 'sve' at 8 (did you mean sev?): "),
        ("http://x", 1, "a text with a colon is written in quotes"),
        ("state:o", 7, "'o' at 7 may be open or out_of_scope"),
        ("sev:", 5, "'sev:' wants a value at 5"),
        ("a !", 4, "A word is missing at 4"),
        ("path:a,,b", 8, "'path:' wants a value at 8"),
        ('rule:"B608', 6, "The quote at 6 is not closed"),
        ('"a"b', 4, "A blank is missing after the quoted text at 4"),
        ("cwe:x", 5, "'x' at 5 is no CWE: write 89, CWE-89 or none"),
        ("due:soon", 5, "'soon' at 5 is no day: write overdue"),
        ("due:<2026-02-31", 5, "is no day"),
        ("sev:>none", 5, "'none' at 5 is neither above nor below anything"),
        ("sev:>=high+", 5, "has two signs: write >=high"),
        ("path:[*", 6, "At 6: '[*' has a [ without its ]"),
        ('path:""', 6, "A value is missing at 6; what is not there is asked for with 'none'"),
    ],
)
def test_what_cannot_be_understood_is_said_with_its_place(text: str, position: int, said: str) -> None:
    with pytest.raises(BadFilterError) as caught:
        parse_filter(text)
    assert said in str(caught.value)
    assert caught.value.position == position


PIECES: Final = (
    *("sve:", "!", "-", '"', "'", "\\", ",", " ", "\t", ">=", "+", "*", "?", "**/", "[", "]", "{a,b}"),
    *("high", "89", "none", "src/a.py", "2026-03-01", "é", "\x1b[2J", "\u202e", "\ud800"),
)


def _random_text(chance: random.Random) -> str:
    pieces = [*(f"{key}:" for key in KEYS), *PIECES]
    return "".join(chance.choice(pieces) for _ in range(chance.randrange(1, 12)))


def test_whatever_is_typed_is_understood_or_refused_in_words_and_stays_what_it_is() -> None:
    chance = random.Random(4)
    understood = 0
    for _ in range(20_000):
        text = _random_text(chance)
        try:
            chosen = parse_filter(text)
        except BadFilterError as error:
            assert 1 <= error.position <= len(text) + 1, text
            continue
        understood += 1
        again = parse_filter(chosen.text)
        assert again.text == chosen.text, text
        assert [again.hit(h, KNOWN) for h in HITS] == [chosen.hit(h, KNOWN) for h in HITS], text
    assert understood > 2_000


def test_no_filter_and_no_path_takes_long() -> None:
    many = " ".join(f"!rule:X{number}" for number in range(1_500))
    ids = "id:" + ",".join(f"{number:08x}" for number in range(2_000))
    stars = "path:" + "*a" * 400 + "/**" * 300
    texts = (many, ids, stars, '"' + "\\" * 19_000, "!" * 19_000, "," * 19_000, "x:" * 9_000, "é" * 19_000)
    long = replace(SQL, path=RepoPath("a" * 2_000 + "/a" * 1_000), message="a" * 100_000)
    began = time.process_time()
    for text in texts:
        try:
            parse_filter(text).hit(long, KNOWN)
        except BadFilterError as error:
            assert error.position <= len(text) + 1
    assert time.process_time() - began < 10


def test_a_text_that_is_no_filter_at_all_is_refused_by_its_length() -> None:
    with pytest.raises(BadFilterError, match="at most 20,000 characters, and this has 20,001"):
        parse_filter("x" * 20_001)


def _finding(**more: object) -> Finding:
    finding = Finding(FindingId("f0000001"), "Orders by anybody", "Rita Moreno", AT, AT)
    return replace(finding, **more)  # type: ignore[arg-type]  # fields of Finding


@pytest.mark.parametrize(
    ("text", "finding", "is_meant"),
    [
        ("sev:high", _finding(severity=Severity.HIGH), True),
        ("sev:none", _finding(), True),
        ("sev:>=info", _finding(), False),
        ("path:src", _finding(places=(Place(RepoPath("a.py")), Place(RepoPath("src/b.py")))), True),
        ("!path:src", _finding(places=(Place(RepoPath("a.py")), Place(RepoPath("src/b.py")))), False),
        ("path:none", _finding(), True),
        ("rule:B324 tool:bandit", _finding(hit=HASH.fingerprint), True),
        ("rule:B324", _finding(), False),
        ("state:open", _finding(), True),
        ("state:decided", _finding(state=State.FIXED), True),
        ("cwe:89", _finding(cwe=(89,)), True),
        ("anybody", _finding(), True),
        ("text:tagged", _finding(tags=("tagged",)), True),
        ("by:rita owner:none", _finding(), True),
        ("due:overdue", _finding(due=date(2026, 2, 1)), True),
        ("due:overdue", _finding(due=date(2026, 2, 1), state=State.FIXED), False),
        ("due:overdue", _finding(review_by=date(2026, 2, 1), state=State.ACCEPTED_RISK), True),
        ("id:f00000", _finding(), True),
        ("item:SQL-* topic:input", _finding(items=("SQL-01",), topic="input"), True),
        ("conf:high", _finding(), False),
        ("is:silenced", _finding(), False),
    ],
)
def test_the_same_language_chooses_findings(text: str, finding: Finding, is_meant: bool) -> None:
    assert parse_filter(text).finding(finding, KNOWN) is is_meant


def test_a_file_that_was_not_looked_at_stays_unless_its_path_says_otherwise() -> None:
    spot = BlindSpot("bandit", RepoPath("src/broken.py"), "syntax error")
    texts = ("", "sev:high", "rule:B608 state:open", "path:src", "tool:bandit", "broken", "is:blind",
             "path:tests", "tool:osv", "!is:blind", "is:stale", "!syntax")  # fmt: skip
    assert [parse_filter(text).blind(spot) for text in texts] == [True] * 7 + [False] * 5
    assert _meant("is:blind") == ""


def test_several_texts_all_have_to_hold() -> None:
    assert parse_filter("sev:high", "", "path:src sev:high").text == "sev:high path:src"
    assert not Filter()
    assert not parse_filter("  ")


def test_the_last_word_is_completed_by_keys_and_by_the_values_that_there_are() -> None:
    def values(key: str) -> list[str]:
        return {"rule": ["B608", "B101", "two words"], "sev": []}.get(key, [])

    assert completions("path:a se", values) == ["path:a sev:"]
    assert completions("!p", values) == ["!path:"]
    assert completions("sev:h", values) == ["sev:high"]
    assert completions("rule:", values) == ["rule:B608", "rule:B101", 'rule:"two words"']
    assert completions("x rule:B608,b1", values) == ["x rule:B608,B101"]
    assert completions("rule:ords", values) == ['rule:"two words"']
    assert completions("nokey:x", values) == []
    assert completions("", values) == [f"{key}:" for key in KEYS]
