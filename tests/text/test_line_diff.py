import itertools
import random
from collections.abc import Sequence

from reviewtui.text.line_diff import Block, changed_blocks, changed_words


def applied(old: Sequence[str], new: Sequence[str], blocks: Sequence[Block]) -> list[str]:
    """The old text with the blocks of the new one put in."""
    result: list[str] = []
    at = 0
    for block in blocks:
        result += old[at : block.old_start]
        result += new[block.new_start : block.new_end]
        at = block.old_end
    return result + list(old[at:])


def test_blocks_make_the_new_text_of_the_old_one_whatever_they_hold() -> None:
    pick = random.Random(3)
    for round_ in range(600):
        letters = ["a", "b", "", "  ", "    c", "x\x1b", "\u202e"][: 2 + round_ % 6]
        old = pick.choices(letters, k=pick.randint(0, 40))
        new = list(old)
        for _ in range(pick.randint(0, 12)):
            at = pick.randint(0, len(new))
            new[at : at + pick.randint(0, 3)] = pick.choices(letters, k=pick.randint(0, 3))
        blocks = changed_blocks(old, new)
        assert applied(old, new, blocks) == new
        assert all(
            one.old_end <= two.old_start and one.new_end <= two.new_start for one, two in itertools.pairwise(blocks)
        )
        assert bool(blocks) == (old != new)


def test_equal_texts_have_no_blocks() -> None:
    assert changed_blocks([], []) == []
    assert changed_blocks(["a"] * 9, ["a"] * 9) == []


def test_a_new_function_is_new_as_a_whole() -> None:
    one = ["def a():", "    return 1", ""]
    two = ["def b():", "    return 1", ""]
    three = ["def c():", "    return 1", ""]
    assert changed_blocks(one + three, one + two + three) == [Block(3, 3, 3, 6)]
    assert changed_blocks(one + two + three, one + three) == [Block(3, 6, 3, 3)]


def test_texts_without_anything_in_common_are_one_block_at_once() -> None:
    old, new = [f"a{n % 7}" for n in range(50_000)], [f"b{n % 7}" for n in range(50_000)]
    assert changed_blocks(old, new) == [Block(0, 50_000, 0, 50_000)]


def test_repeated_lines_cost_no_more_than_a_bound() -> None:
    old, new = ["x", "y"] * 20_000, ["y", "y", "x"] * 13_000
    assert applied(old, new, changed_blocks(old, new)) == new


def test_words_that_changed_are_told_from_the_rest() -> None:
    old, new = "    return query(name, limit)", "    return query(escape(name), limit)"
    assert changed_words(old, new) == ((), ((17, 24), (28, 29)))
    assert changed_words("a = one + 1", "a = two + 1") == (((4, 7),), ((4, 7),))
    assert changed_words("import os", "class Shop:") == ((), ())
    assert changed_words("", "x") == ((), ())
    assert changed_words("x" * 3000, "y") == ((), ())
