import pytest

from reviewtui.colour import process
from reviewtui.colour.process import Colourer
from reviewtui.errors import WorkerError
from reviewtui.text.kinds import Spans
from reviewtui.text.tokens import spans


def _never() -> bool:
    return False


def _coloured(colourer: Colourer, path: str, lines: list[str]) -> list[Spans]:
    rows: list[Spans] = []
    for first_row, batch in colourer.batches(path, lines, _never):
        assert first_row == len(rows)
        rows += [batch[row] for row in range(len(batch))]
    return rows


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("a.js", "const x = `a ${b}` /* c */;"),
        ("a.html", "<a href='{{ url }}'>{% if x %}é</a>"),
        ("templates/a.txt.jinja2", "{% block a %}{# no #}"),
        ("a.json", '{"key": [1, null, "\udcff\\u0041"]},'),
        ("a.py", "def f(x): return f'{x}'  # 日本"),
        ("a.c", "int main() { return 0; } // c"),
        ("a.unknown", "plain"),
    ],
)
def test_a_file_has_the_colours_that_it_would_have_here(path: str, line: str) -> None:
    lines = [line] * 700
    expected = [row for _, batch in spans(path, lines, _never) for row in batch]
    colourer = Colourer()
    try:
        assert _coloured(colourer, path, lines) == expected
        assert _coloured(colourer, path, []) == []
    finally:
        colourer.stop()


def test_one_process_serves_one_file_after_another_and_a_new_one_follows_it() -> None:
    colourer = Colourer()
    try:
        assert len(_coloured(colourer, "a.js", ["x = 1;"])) == 1
        first = colourer._idle
        assert len(_coloured(colourer, "b.js", ["x = 1;"] * 3)) == 3
        assert colourer._idle is first
        for _ in colourer.batches("a.js", ["let x = 'y';"] * 20_000, _never):
            colourer.drop_busy()
        assert len(_coloured(colourer, "a.js", ["x = 1;"] * 2)) == 2
    finally:
        colourer.stop()
    with pytest.raises(WorkerError):
        _coloured(colourer, "a.js", ["x = 1;"])


def test_a_file_that_holds_the_lexer_up_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    colourer = Colourer(seconds=0.3)
    try:
        assert len(_coloured(colourer, "a.js", ["let x = 'y';"] * 200_000)) < 200_000
        assert len(_coloured(colourer, "a.js", ["x = 1;"])) == 1
    finally:
        colourer.stop()


def test_a_file_that_takes_all_memory_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MEMORY", 1 << 20)
    colourer = Colourer()
    try:
        assert _coloured(colourer, "a.js", ["let x = 'y';"] * 2_000) == []
    finally:
        colourer.stop()
