"""Decisions follow their code over real edits, scanned by the real scanner."""

import shutil
from pathlib import Path

from tests.standing.conftest import SHOP
from tests.standing.world import World


def test_a_second_scan_of_the_same_changes_nothing(shop: World) -> None:
    before, review = shop.table, shop.review
    shop.scan()
    assert (shop.table, shop.gone, shop.review) == (before, [], review)


def test_lines_above_and_between_shift_nothing(shop: World) -> None:
    shop.edit("a.py", "import db\n", "import os\nimport db\n\n\n")
    shop.edit("a.py", "    found = ", "    name = name.strip()\n    found = ")
    shop.scan()
    assert shop.table == [
        ("a.py", 11, "B307", "exact", "on a.py:8"),
        ("a.py", 17, "B105", "exact", "on a.py:14"),
        ("a.py", 19, "B307", "exact", "on a.py:15"),
    ]


def test_other_indentation_tabs_blanks_line_ends_and_encoding_change_nothing(shop: World) -> None:
    tabbed = SHOP.replace("    ", "\t").replace("total = eval(", "total  =  eval( ").replace("\n", "\r\n")
    for content in (
        SHOP.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + SHOP.encode(),
        b"\xef\xbb\xbf" + tabbed.encode(),
        f"# coding: utf-16\n{SHOP}".encode(),
        SHOP.replace("\n", "\r").encode(),
    ):
        shop.write({"a.py": content})
        shop.scan()
        if b"utf-16" in content:
            # Not even CPython can read it: nothing was looked at, so nothing is gone.
            assert (shop.table, shop.gone, len(shop.known.unseen)) == ([], [], 3)
        else:
            assert [row[3:] for row in shop.table] == [
                ("exact", "on a.py:8"),
                ("exact", "on a.py:14"),
                ("exact", "on a.py:15"),
            ], content
            assert (shop.gone, shop.known.unseen) == ([], ())


def test_code_in_another_encoding_is_the_same_code(tmp_path: Path) -> None:
    text = 'title = "caf\xe9"\npassword = "gr\xfcn"\n'
    world = World.of(tmp_path / "x", {"a.py": text})
    world.decide_all()
    world.write({"a.py": f"# coding: latin-1\n{text}".encode("latin-1")})
    world.scan()
    assert world.table == [("a.py", 3, "B105", "exact", "fine a.py:2")]


def test_a_comment_elsewhere_changes_nothing_and_one_on_the_line_asks_again(shop: World) -> None:
    shop.edit("a.py", "    query = ", "    # all of them\n    query = ")
    shop.edit("a.py", "eval(name)", "eval(name)  # checked")
    shop.scan()
    assert shop.table == [
        ("a.py", 9, "B307", "exact", "on a.py:8"),
        ("a.py", 15, "B105", "exact", "on a.py:14"),
        ("a.py", 16, "B307", "stale", "on a.py:15"),
    ]


def test_an_edited_line_is_stale_and_counts_as_open(shop: World) -> None:
    shop.edit("a.py", "eval(user.formula)", "eval(user.formula, {'user': user})")
    shop.scan()
    assert shop.table == [
        ("a.py", 8, "B307", "stale", "on a.py:8"),
        ("a.py", 14, "B105", "exact", "on a.py:14"),
        ("a.py", 15, "B307", "exact", "on a.py:15"),
    ]
    assert [shop.known.is_open(hit) for hit in shop.hits] == [True, False, False]
    assert (shop.gone, [c.hit.line for c in shop.known.stale]) == ([], [8])


def test_two_lines_that_were_edited_at_once_keep_their_own_decisions(shop: World) -> None:
    shop.edit("a.py", "eval(user.formula)", "eval(user.formula, {})")
    shop.edit("a.py", "eval(name)", "eval(name, {})")
    shop.scan()
    assert [row for row in shop.table if row[2] == "B307"] == [
        ("a.py", 8, "B307", "stale", "on a.py:8"),
        ("a.py", 15, "B307", "stale", "on a.py:15"),
    ]


def test_a_deleted_hit_leaves_its_decision_as_history(shop: World) -> None:
    shop.edit("a.py", "    found = eval(name)\n", "    found = name\n")
    shop.scan()
    assert shop.table == [("a.py", 8, "B307", "exact", "on a.py:8"), ("a.py", 14, "B105", "exact", "on a.py:14")]
    assert shop.gone == ["on a.py:15"]
    assert len(shop.review.verdicts) == 3


def test_a_hit_that_comes_back_has_its_decision_again(shop: World) -> None:
    before = shop.table
    shop.write({"a.py": "pass\n"})
    shop.scan()
    assert (shop.table, shop.gone) == ([], ["on a.py:14", "on a.py:15", "on a.py:8"])
    shop.write({"a.py": SHOP})
    shop.scan()
    assert (shop.table, shop.gone) == (before, [])


def test_functions_in_another_order_keep_their_decisions(shop: World) -> None:
    head, first, second = SHOP.split("\n\n\n")
    shop.write({"a.py": f"{head}\n\n\n{second}\n\n{first}\n"})
    shop.scan()
    assert shop.table == [
        ("a.py", 7, "B105", "exact", "on a.py:14"),
        ("a.py", 8, "B307", "exact", "on a.py:15"),
        ("a.py", 15, "B307", "exact", "on a.py:8"),
    ]


# Files that go elsewhere


def test_a_renamed_file_takes_its_decisions_along_without_git(shop: World) -> None:
    (shop.root / "a.py").rename(shop.root / "b.py")
    shop.scan()
    assert shop.table == [
        ("b.py", 8, "B307", "moved", "on a.py:8"),
        ("b.py", 14, "B105", "moved", "on a.py:14"),
        ("b.py", 15, "B307", "moved", "on a.py:15"),
    ]
    assert shop.gone == []


def test_a_renamed_and_edited_file_takes_its_decisions_along_without_git(shop: World) -> None:
    (shop.root / "a.py").rename(shop.root / "b.py")
    shop.edit("b.py", "eval(user.formula)", "eval(user.formula, {'user': user})")
    shop.scan()
    assert shop.table == [
        ("b.py", 8, "B307", "stale", "on a.py:8"),
        ("b.py", 14, "B105", "moved", "on a.py:14"),
        ("b.py", 15, "B307", "moved", "on a.py:15"),
    ]


def test_git_knows_where_a_file_went_whose_every_hit_was_edited(tmp_path: Path) -> None:
    filler = "".join(f"def function_{n}():\n    return {n}\n\n\n" for n in range(20))
    world = World.of(tmp_path / "x", {"a.py": f"{filler}def last(x):\n    return eval(x)\n"}, git=True)
    assert world.git is not None
    world.decide("a.py", 82, "fine")
    (world.root / "lib").mkdir()
    (world.root / "a.py").rename(world.root / "lib/b.py")
    world.edit("lib/b.py", "eval(x)", "eval(x, {})")
    world.git.commit("Move")
    world.scan()
    assert world.table == [("lib/b.py", 82, "B307", "stale", "fine")]
    # Over two steps, of which the second alone would not be taken for a rename of the first.
    world.git.git("mv", "lib/b.py", "lib/c.py")
    world.git.commit("Move again")
    world.edit("lib/c.py", filler, "")
    world.git.commit("Leave out nearly all")
    world.scan()
    assert world.table == [("lib/c.py", 2, "B307", "stale", "fine")]


def test_a_copy_is_new_and_the_original_keeps_its_decision(shop: World) -> None:
    shutil.copy(shop.root / "a.py", shop.root / "0.py")
    shop.scan()
    assert [row[3:] for row in shop.table] == [
        ("none", ""),
        ("none", ""),
        ("none", ""),
        ("exact", "on a.py:8"),
        ("exact", "on a.py:14"),
        ("exact", "on a.py:15"),
    ]


def test_two_copies_of_a_file_that_is_gone_are_not_guessed_between(shop: World) -> None:
    shutil.copy(shop.root / "a.py", shop.root / "0.py")
    (shop.root / "a.py").rename(shop.root / "b.py")
    shop.scan()
    assert {row[3] for row in shop.table} == {"none"}
    assert shop.gone == ["on a.py:14", "on a.py:15", "on a.py:8"]


def test_a_function_that_went_to_another_file_takes_its_decision_along(shop: World) -> None:
    head, first, second = SHOP.split("\n\n\n")
    shop.write({"a.py": f"{head}\n\n\n{first}\n", "other.py": f"import os\n\n\n{second}"})
    shop.scan()
    assert shop.table == [
        ("a.py", 8, "B307", "exact", "on a.py:8"),
        ("other.py", 6, "B105", "moved", "on a.py:14"),
        ("other.py", 7, "B307", "moved", "on a.py:15"),
    ]


def test_a_bare_line_that_turns_up_elsewhere_is_a_question(tmp_path: Path) -> None:
    world = World.of(tmp_path / "x", {"a.py": "import subprocess\n\n\ndef a():\n    pass\n", "b.py": "pass\n"})
    world.decide_all("known")
    world.write({"a.py": "def a():\n    pass\n", "b.py": "import subprocess\n\n\ndef quite_another():\n    pass\n"})
    world.scan()
    assert world.table == [("b.py", 1, "B404", "stale", "known a.py:1")]


def test_what_was_not_looked_at_is_neither_gone_nor_moved(shop: World) -> None:
    shutil.copy(shop.root / "a.py", shop.root / "b.py")
    shop.not_scanned = frozenset({"a.py"})
    shop.scan()
    assert {row[3] for row in shop.table} == {"none"}
    assert (shop.gone, sorted(v.reason for v in shop.known.unseen)) == ([], ["on a.py:14", "on a.py:15", "on a.py:8"])


def test_a_file_that_does_not_parse_any_more_loses_no_decision(shop: World) -> None:
    shop.write({"a.py": SHOP + "def (:\n"})
    shop.scan()
    assert (shop.table, shop.gone, len(shop.known.unseen)) == ([], [], 3)


def test_fingerprints_are_the_same_on_every_machine(tmp_path: Path) -> None:
    text = SHOP.replace("hunter2", "gr\xfcn")
    variants = {
        "plain": text.encode(),
        "crlf": text.replace("\n", "\r\n").encode(),
        "bom": b"\xef\xbb\xbf" + text.encode(),
        "tabs": text.replace("    ", "\t").encode(),
        "latin": f"# coding: latin-1\n{text}".encode("latin-1"),
    }
    found = {}
    for name, content in variants.items():
        world = World.of(tmp_path / "some where" / name, {"lib/a.py": content})
        found[name] = [(hit.fingerprint, hit.code) for hit in world.hits]
    assert len(set(found["plain"])) == 3
    assert found == dict.fromkeys(variants, found["plain"])
