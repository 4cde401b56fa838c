from pathlib import Path

from textual.geometry import Region

from reviewtui.text.kinds import Spans
from reviewtui.text.tokens import spans
from tests.gitrepo import GitRepo
from tests.tui.opened import Opened, opened


def _expected(path: str, text: str) -> list[Spans]:
    return [row for _, batch in spans(path, text.split("\n")[:-1], lambda: False) for row in batch]


def _shown(program: Opened, count: int) -> list[Spans]:
    return [program.screen.source.spans.of(row) for row in range(count)]


async def _open(program: Opened, name: str) -> None:
    await program.press("f", f"={name}", "enter")
    await program.until(lambda: program.screen.source.path == name, name)


async def test_a_file_of_any_language_is_lexed_whole_beside_the_screen(tmp_path: Path) -> None:
    script = "function f(x) { return `a ${x}`; } /* c\n */\n" * 400
    GitRepo.create(tmp_path / "p", {"a.js": script, "b.html": "<p>{% if x %}</p>\n" * 50, "c.txt": "plain\n"})
    async with opened(tmp_path / "p", scanned=False) as program:
        await _open(program, "a.js")
        await program.until(lambda: program.screen.source.spans.knows(799), "the colours")
        assert _shown(program, 800) == _expected("a.js", script)
        await _open(program, "b.html")
        await program.until(lambda: program.screen.source.spans.knows(49), "the colours")
        assert _shown(program, 50) == _expected("b.html", "<p>{% if x %}</p>\n" * 50)
        await _open(program, "c.txt")
        assert not program.screen.source.spans.knows(0)


async def test_a_far_window_of_python_is_coloured_with_the_key_and_nothing_else_is_lexed(tmp_path: Path) -> None:
    text = 'def f():\n    """Doc\n    # string."""\n    return 1\n' * 1_000
    GitRepo.create(tmp_path / "p", {"a.py": text})
    async with opened(tmp_path / "p", scanned=False) as program:
        await _open(program, "a.py")
        await program.until(lambda: program.screen.source.outline is not None, "the outline")
        await program.press("G")
        source = program.screen.source
        assert source.uncoloured() == []
        expected = _expected("a.py", text)
        assert [source.spans.of(row) for row in range(3_980, 4_000)] == expected[3_980:]
        assert not source.spans.knows(2_000)


async def test_python_that_cannot_be_entered_in_the_middle_is_lexed_whole(tmp_path: Path) -> None:
    text = "x = 1\n" + 'f"""{' * 200 + "\n" + "y = 2  # two\n" * 2_000
    GitRepo.create(tmp_path / "p", {"a.py": text})
    async with opened(tmp_path / "p", scanned=False) as program:
        await _open(program, "a.py")
        await program.press("G")
        await program.until(lambda: program.screen.source.spans.knows(2_001), "the colours")
        assert _shown(program, 2_002) == _expected("a.py", text)


async def test_a_line_of_millions_of_odd_characters_is_drawn_in_part(tmp_path: Path) -> None:
    GitRepo.create(tmp_path / "p", {"a.txt": "e\u0301\u202e日\t" * 400_000 + "\nnext\n"})
    async with opened(tmp_path / "p", scanned=False) as program:
        await _open(program, "a.txt")
        assert "  é<U+202E>日 é<U+202E>日" in program.text.replace("e\u0301", "é").replace("日  ", "日 ")
        await program.press("w", "l", "l", "j")
        assert program.place == ("a.txt", 2)
        line = program.screen.source.drawn_line(0)
        assert line.length == 2_000_000
        assert len(getattr(line, "_cells")) < 10  # noqa: B009 (a long line only; what it has measured is its own)


async def test_a_binary_is_paged_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "a.bin").write_bytes(bytes(range(256)) * 4_000)
    async with opened(tmp_path / "p", scanned=False) as program:
        await _open(program, "a.bin")
        assert "00000000  00 01 02 03" in program.text
        await program.press("G")
        assert "000f9ff0  f0 f1 f2 f3" in program.text


async def test_what_has_not_changed_is_not_painted_again(tmp_path: Path) -> None:
    GitRepo.create(tmp_path / "p", {"a.py": "x = 1\n" * 100})
    async with opened(tmp_path / "p") as program:
        await _open(program, "a.py")
        tree, source = program.screen.tree_pane, program.screen.source
        whole = [Region(0, 0, *pane.size) for pane in (tree, source)]
        before = tree.render_lines(whole[0]), source.render_lines(whole[1])
        program.screen.set_focus(source)
        await program.press("j")
        after = tree.render_lines(whole[0]), source.render_lines(whole[1])
        assert after[1] is not before[1]
        assert tree.render_lines(whole[0]) is after[0]
        assert [strip.text for strip in after[1]] == [strip.text for strip in before[1]]
