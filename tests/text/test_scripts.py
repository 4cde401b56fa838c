import pytest

from reviewtui.text.scripts import Disguise, disguise, impostor, is_telling, looks_like, posing_punctuation, script_of


def test_a_letter_has_the_script_of_its_name() -> None:
    letters = "aéж字かカ한ΩΩＡ𝐱ª1_ǃ\u0301"
    assert [script_of(char) for char in letters] == [
        "Latin", "Latin", "Cyrillic", "Cjk", "Hiragana", "Katakana", "Hangul", "Greek", "Greek", "Latin", "Latin",
        "Latin", "", "", "Latin", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("p\u0430ss", Disguise((1,), "pass", ("Latin", "Cyrillic"), True)),
        ("JSON\u043e\u043c", Disguise((4, 5), "", ("Latin", "Cyrillic"), True)),
        ("f\u043e\u03bf", Disguise((1, 2), "foo", ("Latin", "Cyrillic", "Greek"), False)),
        ("\u0251ctual", Disguise((0,), "actual", ("Latin",), True)),
        ("Δx", None),
        ("α_max", None),
        ("сору", None),
        ("naïve", None),
        ("変数x", None),
        ("a" * 1000, None),
    ],
)
def test_a_word_of_two_scripts_is_in_disguise(word: str, expected: Disguise | None) -> None:
    assert disguise(word) == expected


def test_a_name_poses_as_another_only_where_that_one_is_known() -> None:
    known = frozenset({"copy", "a"})
    assert impostor("\u0441\u043e\u0440\u0443", known) == "copy"
    assert impostor("\u0441\u043e\u0440\u0443", frozenset()) == ""
    assert impostor("α", known) == ""
    assert impostor("copy", known) == ""


def test_signs_and_letters_that_tell_are_known() -> None:
    assert posing_punctuation("env\u01c3") == (3,)
    assert looks_like("\uff45v\u0430l") == "eval"
    assert [is_telling(char) for char in "aéж\u0430Ω字ｅ½"] == [False, False, True, True, True, False, True, False]
