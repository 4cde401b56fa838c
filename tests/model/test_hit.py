"""A fingerprint stays when lines shift and blanks change, and differs where the code does."""

from dataclasses import replace

from reviewtui.model.hit import Hit, fingerprinted
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity

LINES = ("import db", "query(a + b)", "", "query(a + b)", "query(c)")


def hit(line: int, rule: str = "B608", path: str = "a.py", tool: str = "bandit", end: int = 0) -> Hit:
    return Hit(
        tool, rule, "sql", "SQL", Severity.MEDIUM, "low", (89,), RepoPath(path), LineSpan(line, end or line), line
    )


def prints(*hits: Hit, lines: tuple[str, ...] = LINES) -> list[str]:
    return [found.fingerprint for found in fingerprinted(hits, lines)]


def test_a_fingerprint_is_32_hexadecimal_digits_and_stable() -> None:
    assert prints(hit(2)) == ["7b3d0c00bd39632efaea7e61e771fc96"]


def test_hits_come_in_reading_order() -> None:
    worse = replace(hit(2, "B999"), severity=Severity.HIGH)
    assert [(found.line, found.rule) for found in fingerprinted([hit(5), hit(2), hit(4), worse], LINES)] == [
        (2, "B999"),
        (2, "B608"),
        (4, "B608"),
        (5, "B608"),
    ]


def test_equal_code_is_told_apart_by_its_order() -> None:
    first, second, other = prints(hit(2), hit(4), hit(5))
    assert len({first, second, other}) == 3
    assert prints(hit(3), hit(5), lines=("# new", *LINES)) == [first, second]


def test_lines_above_and_blanks_inside_change_nothing() -> None:
    moved = ("# new", "import db", "    query( a  +\tb )")
    assert prints(hit(3), lines=moved) == prints(hit(2))
    broken = ("query(a", "    + b)")
    assert prints(hit(1, end=2), lines=broken) == prints(hit(2))


def test_tool_rule_path_and_code_make_a_difference() -> None:
    variants = [hit(2), hit(2, rule="B609"), hit(2, path="b.py"), hit(2, tool="ruff"), hit(5)]
    assert len({prints(variant)[0] for variant in variants}) == len(variants)


def test_other_hits_do_not_change_a_fingerprint() -> None:
    alone = prints(hit(5))
    assert prints(hit(2), hit(2, rule="B101"), hit(5))[2:] == alone


def test_a_name_that_is_not_utf8_and_lines_that_are_not_there_do_no_harm() -> None:
    assert len(prints(hit(99, path="caf\udce9.py"))[0]) == 32
