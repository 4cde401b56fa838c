"""The list of hits on a real repository: filtered, grouped, selected, decided many at once, and standing still."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from reviewtui.model.grouping import Grouping
from reviewtui.model.hit import NOWHERE, Fingerprint, Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.model.state import State
from reviewtui.tui.hit_list import Head
from tests.gitrepo import GitRepo
from tests.tui.opened import Opened, opened

FILES = {
    "app/orders.py": """\
import hashlib


def one(db, name):
    return db.execute('SELECT * FROM t WHERE n = ' + name)


def two(db, name):
    return db.execute('SELECT * FROM u WHERE n = ' + name)


def three(text):
    return eval(text)
""",
    "app/keys.py": """\
import hashlib


def key(x):
    return hashlib.md5(x)


def other(x):
    return hashlib.sha1(x)  # nosec
""",
    "lib/more.py": """\
def four(text):
    return eval(text)


def five(text):
    assert text
    return eval(text)
""",
    "lib/broken.py": "def (:\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    repository = GitRepo.create(tmp_path / "shop")
    repository.commit("all", FILES)
    return repository.root


@pytest.fixture
async def shop(root: Path) -> AsyncIterator[Opened]:
    async with opened(root) as program:
        await program.press("ctrl+w", "b")
        yield program


def rows(program: Opened) -> list[str]:
    """The list as it is drawn, without blanks around and doubled."""
    pane = program.screen.hits_pane
    drawn = [pane.row_at(row) for row in range(pane.row_count)]
    lines = [("".join(text for text, _ in row.left), "".join(text for text, _ in row.right).strip()) for row in drawn]
    return [" | ".join(filter(None, (" ".join(left.split()[:3]), right))) for left, right in lines]


def states(program: Opened) -> dict[str, str]:
    """What was decided, by place."""
    verdicts = program.screen.desk.review.verdicts.values()
    return {str(v.place): v.state.value for v in verdicts if v.state is not State.OPEN}


async def test_without_a_filter_hits_stand_as_in_the_tree_and_what_was_not_looked_at_below(shop: Opened) -> None:
    assert rows(shop) == [
        "H B324 keys.py:5",
        "H B324 keys.py:9 | silenced",
        "M B608 orders.py:5",
        "M B608 orders.py:9",
        "M B307 orders.py:13",
        "M B307 more.py:2",
        "L B101 more.py:6",
        "M B307 more.py:7",
        "▾ Not looked | !1",
        "! lib/broken.py: Python",
    ]


async def test_the_filter_is_applied_as_it_is_typed_and_escape_takes_it_away(shop: Opened) -> None:
    await shop.press("slash", "=sev:medium path:lib")
    assert rows(shop)[:2] == ["M B307 more.py:2", "M B307 more.py:7"]
    assert "2 of 8" in shop.text
    await shop.press("= sev:hgih")
    assert "unknown severity 'hgih' at 25 (did you mean high?): critical, high, medium, low, info, none" in shop.text
    await shop.press("enter")
    assert shop.screen.hits.is_typing
    await shop.press(*["backspace"] * 9, "enter")
    assert len(rows(shop)) == 4
    assert shop.screen.focused is shop.screen.hits_pane
    assert "▽ sev:medium path:lib" in shop.text
    await shop.press("F", "=tool:bandit", "escape")
    assert shop.screen.hits_pane.list.chosen.text == "sev:medium path:lib"
    await shop.press("escape")
    assert len(rows(shop)) == 10
    await shop.press("F", "up", "enter")
    assert shop.screen.hits_pane.list.chosen.text == "sev:medium path:lib"


async def test_tab_completes_keys_and_the_values_that_there_are(shop: Opened) -> None:
    await shop.press("F", "=ru", "tab", "tab", "tab")
    field = shop.screen.hits.field
    assert field.value in ("rule:B307", "rule:B324")
    await shop.press(*["backspace"] * 4, "=B6", "tab", "enter")
    assert shop.screen.hits_pane.list.chosen.text == "rule:B608"


async def test_a_filter_that_nothing_fits_says_so_and_hides_no_file_that_was_not_looked_at(shop: Opened) -> None:
    await shop.press("F", "=sev:critical", "enter")
    assert rows(shop) == ["▾ Not looked | !1", "! lib/broken.py: Python"]
    await shop.press("F", "= !is:blind", "enter")
    assert "None of 8 hits fits the filter" in shop.text


async def test_groups_come_worst_first_fold_and_count_what_is_left(shop: Opened) -> None:
    await shop.press("b", "z", "M")
    assert rows(shop) == ["▸ B324 hashlib | 2", "▸ B307 eval | 3", "▸ B608 hardcoded_sql_expressions | 2",
                          "▸ B101 assert_used | 1", "▸ Not looked | !1"]  # fmt: skip
    await shop.press("g", "g", "j", "l")
    assert rows(shop)[1:5] == ["▾ B307 eval | 3", "M orders.py:13 Use", "M more.py:2 Use", "M more.py:7 Use"]
    await shop.press("j", "j", "t", "f", "1", "h")
    assert rows(shop)[1] == "▾ B307 eval | 2 of 3"
    assert isinstance(shop.screen.hits_pane.entry, Head)
    seen = []
    for _ in Grouping:
        await shop.press("b")
        seen.append((shop.screen.hits_pane.list.grouping.value, rows(shop)[0]))
    assert seen == [
        ("file", "▾ app/keys.py | 2"),
        ("CWE", "▾ CWE-327 Use | 2"),
        ("severity", "▾ high | 2"),
        ("topic", "▾ Authentication | 2"),
        ("tool", "▾ bandit | 7 of 8"),
        ("place", "H B324 keys.py:5"),
        ("rule", "▸ B324 hashlib | 2"),
    ]
    await shop.press("3", "b", "B")
    assert shop.screen.hits_pane.list.grouping is Grouping.RULE


async def test_a_group_is_decided_as_a_whole_undone_as_one_and_done_again(shop: Opened) -> None:
    await shop.press("b", "z", "M", "g", "g", "j", "t", "f")
    assert "eval" not in shop.said
    assert "B307   3 hits to be decided" in shop.text
    assert "2 files: more.py 2, orders.py 1" in shop.text
    await shop.press("4")
    decided = {
        "app/orders.py:13": "false_positive",
        "lib/more.py:2": "false_positive",
        "lib/more.py:7": "false_positive",
    }
    assert states(shop) == decided
    assert shop.said == "B307 on 3 hits: false positive · 5 undecided left"
    assert rows(shop)[1] == "▸ B307 eval | ✓ 3"
    assert shop.screen.hits_pane.cursor == 2
    await shop.press("u")
    assert states(shop) == {}
    assert shop.said == "Took back: false positive B307 on 3 hits"
    await shop.press("ctrl+r")
    assert states(shop) == decided


async def test_the_list_stands_still_until_it_is_filled_anew(shop: Opened) -> None:
    await shop.press("F", "=state:open sev:medium", "enter", "g", "g", "t", "f", "1")
    assert rows(shop)[0] == "✓ B608 orders.py:5 | false positive"
    assert shop.screen.hits_pane.cursor == 1
    await shop.press("enter", "ctrl+w", "b")
    assert rows(shop)[0] == "✓ B608 orders.py:5 | false positive"
    await shop.press("r")
    assert shop.said == "1 that were decided are no longer shown"
    assert rows(shop)[0] == "M B608 orders.py:9"
    await shop.press("t", ".", "ctrl+w", "t", "ctrl+w", "b")
    assert rows(shop)[0] == "M B307 orders.py:13"


async def test_a_selection_is_decided_and_what_is_decided_in_it_is_left_alone(shop: Opened) -> None:
    await shop.press("g", "g", "t", "s", "1", "g", "g", "V", "j", "j", "t", "f")
    assert "the selection   2 hits to be decided" in shop.text
    assert "1 hit decided already: left as it is" in shop.text
    await shop.press("alt+d")
    assert "3 hits to be decided" in shop.text
    await shop.press("alt+d", "2")
    assert states(shop) == {
        "app/keys.py:5": "out_of_scope",
        "app/keys.py:9": "false_positive",
        "app/orders.py:5": "false_positive",
    }
    assert shop.screen.hits_pane.selected_from is None
    assert shop.screen.hits_pane.cursor == 3


async def test_a_selection_stays_while_hits_come_in_above_it(shop: Opened) -> None:
    await shop.press("g", "g", "5", "j", "V", "j")
    shop.screen.desk.set_layer("imports", [_imported("app/keys.py", 1)])
    shop.screen.hits_pane.update_rows()
    await shop.press("t", "f", "1")
    assert sorted(states(shop)) == ["lib/more.py:2", "lib/more.py:6"]


async def test_a_decision_is_made_wider_step_by_step(shop: Opened) -> None:
    await shop.press("g", "g", "5", "j", "t", "f")
    assert "B307 lib/more.py:2" in shop.text
    await shop.press("alt+w")
    assert "B307 in more.py   2 hits to be decided" in shop.text
    await shop.press("alt+w")
    assert "B307 everywhere   3 hits to be decided" in shop.text
    await shop.press("alt+w")
    assert "all that the list shows   8 hits to be decided" in shop.text
    await shop.press("alt+n", "alt+n", "3")
    assert sorted(states(shop)) == ["lib/more.py:2", "lib/more.py:7"]


async def test_a_capital_begins_with_all_hits_of_the_rule_also_from_the_source(shop: Opened) -> None:
    await shop.press("g", "g", "5", "j", "enter", "t", "F")
    assert "B307 everywhere   3 hits to be decided" in shop.text
    await shop.press("1")
    assert sorted(states(shop)) == ["app/orders.py:13", "lib/more.py:2", "lib/more.py:7"]
    await shop.press("ctrl+w", "b", "t", "O")
    assert "Reopen" in shop.text


async def test_the_last_verdict_is_repeated_on_the_next_ones_and_on_a_selection(shop: Opened) -> None:
    await shop.press("g", "g", "t", "f", "=because of this", "enter", "2", "t", ".")
    assert sorted(states(shop)) == ["app/keys.py:5", "app/keys.py:9", "app/orders.py:5"]
    await shop.press("V", "j", "t", ".")
    assert "the selection   2 hits to be decided" in shop.text
    await shop.press("enter")
    assert len(states(shop)) == 5
    assert {v.reason for v in shop.screen.desk.review.verdicts.values()} == {"because of this"}
    await shop.press("t", "f")
    assert "1  because of this" in shop.text


async def test_selected_lines_of_the_source_decide_all_hits_on_them(shop: Opened) -> None:
    await shop.press("g", "g", "2", "j", "enter", "V", "4", "j", "t", "f")
    assert "lines 5-9   2 hits to be decided" in shop.text
    await shop.press("1")
    assert sorted(states(shop)) == ["app/orders.py:5", "app/orders.py:9"]
    assert shop.screen.source.selection is None


async def test_several_hits_are_confirmed_as_one_finding(shop: Opened) -> None:
    await shop.press("g", "g", "2", "j", "V", "j", "t", "c", "ctrl+s")
    (finding,) = shop.screen.desk.review.findings.values()
    assert [str(place) for place in finding.places] == ["app/orders.py:5", "app/orders.py:9"]
    assert {v.finding for v in shop.screen.desk.review.verdicts.values()} == {finding.id}
    await shop.press("u")
    assert not shop.screen.desk.review.findings
    assert states(shop) == {}


async def test_the_star_narrows_to_the_rule_and_the_hash_to_the_folder(shop: Opened) -> None:
    await shop.press("g", "g", "5", "j", "asterisk")
    assert shop.said == "rule:B307: 3 of 8 hits"
    await shop.press("number_sign")
    assert shop.said == "rule:B307 path:/lib/: 2 of 8 hits"
    await shop.press("percent_sign", "t", "s", "3")
    assert sorted(states(shop)) == ["lib/more.py:2", "lib/more.py:7"]


def _imported(path: str, line: int, **more: object) -> Hit:
    values = {
        "tool": "semgrep", "rule": "x.y.eval[red]", "name": "\x1b[2J", "message": "eval \u202e of [b]x[/b]",
        "severity": Severity.CRITICAL, "confidence": "", "cwe": (78,), "path": RepoPath(path),
        "span": LineSpan(line, line), "line": line, "origin": "ci", "fingerprint": Fingerprint("e" * 31 + str(line)),
    }  # fmt: skip
    return Hit(**(values | more))  # type: ignore[arg-type]  # fields of Hit


async def test_hits_of_two_tools_are_one_row_that_opens_and_one_decision(shop: Opened) -> None:
    shop.screen.desk.set_layer("imports", [_imported("lib/more.py", 2)])
    shop.screen.hits_pane.update_rows()
    await shop.pilot.pause()
    assert rows(shop)[5] == "▸ C x.y.eval[red]+B307 | 2 tools"
    await shop.press("g", "g", "5", "j", "l")
    assert rows(shop)[5:8] == ["▾ C x.y.eval[red]+B307 | 2 tools", "C x.y.eval[red] more.py:2 | semgrep",
                               "M B307 more.py:2 | bandit"]  # fmt: skip
    await shop.press("h", "t", "f", "1")
    assert {v.tool for v in shop.screen.desk.review.verdicts.values()} == {"semgrep", "bandit"}
    assert rows(shop)[5] == "▸ ✓ x.y.eval[red]+B307 | false positive"
    assert "\x1b" not in shop.text
    await shop.press("u")
    assert states(shop) == {}


async def test_a_hit_without_a_place_can_be_walked_yanked_and_decided(shop: Opened) -> None:
    where = {"fingerprint": Fingerprint("f" * 32), "rule": "CVE-2026-1", "ids": ("GHSA-x",), "is_question": True}
    shop.screen.desk.set_layer("dependencies", [_imported(NOWHERE, 1, **where)])
    shop.screen.hits_pane.update_rows()
    await shop.press("G", "g", "g")
    at = next(n for n, row in enumerate(rows(shop)) if "CVE" in row)
    assert rows(shop)[at - 1] == "▾ Without a | 1"
    assert rows(shop)[at] == "C CVE-2026-1 GHSA-x | question semgrep"
    await shop.press(*"gg", str(at), "j", "enter")
    assert "no place in the code" in shop.said
    await shop.press("y")
    assert "CVE-2026-1 GHSA-x" in shop.said
    await shop.press("g", "y")
    assert "There is no file here to link to" in shop.said
    await shop.press("t", "f", "3")
    (verdict,) = shop.screen.desk.review.verdicts.values()
    assert (verdict.place.path, verdict.state) == (NOWHERE, State.FALSE_POSITIVE)
    assert shop.screen.session
    assert shop.screen.session.is_saved
    for key in ("b", "o", "B"):
        await shop.press("]", key)
    assert shop.place == ("lib/more.py", 7)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 48)])
async def test_what_a_tool_says_is_drawn_as_text_at_every_size(root: Path, size: tuple[int, int]) -> None:
    async with opened(root, size) as program:
        program.screen.desk.set_layer("imports", [_imported("app/keys.py", n) for n in range(1, 9)])
        await program.press("ctrl+w", "b", "b", "g", "g")
        for key in ("z", ".", "percent_sign"):
            await program.press(key)
        await program.press("t", "f")
        assert all(character == "\n" or character.isprintable() for character in program.text)
        assert "x.y.eval[red]" in program.text
