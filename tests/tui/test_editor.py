"""Long texts in the user's own editor: a real program, a private file, and a screen that comes back."""

import stat
import sys
from pathlib import Path

import pytest

from reviewtui.errors import ReviewTuiError
from reviewtui.tui.editor import at_line, editor_command, run_editor
from tests.terminal import Terminal


def script(tmp_path: Path, *lines: str) -> list[str]:
    """An editor that is a shell script; the text is in `$1`."""
    path = tmp_path / "my editor"
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(stat.S_IRWXU)
    return [str(path)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("old", "old new"),
        ("", " new"),
        ("two\nlines\n", "two\nlines\n new"),
        ("höstile \x1b\u202e [/x]\n\n", "höstile \x1b\u202e [/x]\n\n new"),
        ("\udce9", "\udce9 new"),
    ],
)
def test_what_the_editor_wrote_comes_back(text: str, expected: str) -> None:
    ended = text.endswith("\n")
    program = "import sys; f = open(sys.argv[1], 'r+b'); t = f.read(); f.seek(0); "
    program += f"f.write((t if {ended} else t.removesuffix(b'\\n')) + b' new')"
    assert run_editor([sys.executable, "-c", program], text, ".md") == expected


@pytest.mark.parametrize("text", ["", "one line", "with end\n", "two\n\n", "a\nb"])
def test_a_text_that_is_left_alone_comes_back_as_it_was(text: str) -> None:
    assert run_editor(["true"], text, ".md") == text


def test_the_file_is_private_in_a_folder_of_its_own_and_gone_afterwards(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    editor = script(tmp_path, f'exec > "{seen}"', 'stat -c "%a %n" "$1"', "stat -c %a .", "ls -A", "pwd")
    run_editor(editor, "x", ".md")
    file, folder, listing, cwd = seen.read_text().splitlines()
    mode, _, path = file.partition(" ")
    assert (mode, folder, listing, Path(path).parent == Path(cwd)) == ("600", "700", "text.md", True)
    assert not Path(cwd).exists()


def test_an_editor_that_fails_changes_nothing_and_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReviewTuiError, match="ended with status 3; the text is as it was"):
        run_editor(script(tmp_path, 'echo half > "$1"', "exit 3"), "old", ".md")
    with pytest.raises(ReviewTuiError, match="left no text"):
        run_editor(script(tmp_path, 'rm "$1"'), "old", ".md")
    with pytest.raises(ReviewTuiError, match="'no-such-editor' is not installed"):
        run_editor(["no-such-editor"], "old", ".md")


@pytest.mark.parametrize(
    ("environment", "command"),
    [
        ({"VISUAL": "vim -n", "EDITOR": "ed"}, ["vim", "-n"]),
        ({"VISUAL": " ", "EDITOR": "'my editor' --wait"}, ["my editor", "--wait"]),
        ({"EDITOR": "/usr/bin/vi"}, ["/usr/bin/vi"]),
        ({"EDITOR": "vi; rm -rf ~"}, ["vi;", "rm", "-rf", "~"]),
    ],
)
def test_the_editor_comes_from_the_environment_and_no_shell_reads_it(
    environment: dict[str, str], command: list[str]
) -> None:
    assert editor_command(environment) == command


@pytest.mark.parametrize("environment", [{}, {"EDITOR": ""}, {"EDITOR": "'vi"}, {"EDITOR": "''"}])
def test_without_a_usable_editor_that_is_told(environment: dict[str, str]) -> None:
    with pytest.raises(ReviewTuiError, match="EDITOR"):
        editor_command(environment)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("vim", ["vim", "+7", "/r/a b.py"]),
        ("/usr/bin/vim.basic -n", ["/usr/bin/vim.basic", "-n", "+7", "/r/a b.py"]),
        ("nvim", ["nvim", "+7", "/r/a b.py"]),
        ("nano", ["nano", "+7", "/r/a b.py"]),
        ("emacs-nox -nw", ["emacs-nox", "-nw", "+7", "/r/a b.py"]),
        ("micro", ["micro", "+7", "/r/a b.py"]),
        ("kak", ["kak", "+7", "/r/a b.py"]),
        ("hx", ["hx", "/r/a b.py:7"]),
        ("code", ["code", "--wait", "--goto", "/r/a b.py:7"]),
        ("codium --wait", ["codium", "--wait", "--goto", "/r/a b.py:7"]),
        ("code -w -n", ["code", "-w", "-n", "--goto", "/r/a b.py:7"]),
        ("subl", ["subl", "--wait", "/r/a b.py:7"]),
        ("kate", ["kate", "--block", "--line", "7", "/r/a b.py"]),
        ("no-such-editor --x", ["no-such-editor", "--x", "/r/a b.py"]),
    ],
)
def test_each_editor_is_told_the_line_in_its_own_way(command: str, expected: list[str]) -> None:
    assert at_line(command.split(), Path("/r/a b.py"), 7) == expected


def test_an_editor_behind_a_link_of_the_system_is_known_by_what_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "vim.tiny").write_text("#!/bin/sh\n")
    (tmp_path / "vim.tiny").chmod(stat.S_IRWXU)
    (tmp_path / "editor").symlink_to("vim.tiny")
    editor = str(tmp_path / "editor")
    assert at_line([editor], Path("/r/a.py"), 7) == [editor, "+7", "/r/a.py"]


@pytest.mark.parametrize("name", ["+!touch x", "-c!touch x", "+call system('x')", "a:1", "-"])
@pytest.mark.parametrize("command", ["vim", "code", "hx", "kate", "other"])
def test_no_name_of_a_file_is_an_option_a_command_or_another_line(command: str, name: str) -> None:
    line = at_line([command], Path("/r") / name, 7)
    assert line[-1] in (f"/r/{name}", f"/r/{name}:7")
    assert not (":" in name and line[-1].endswith(":7"))
    with pytest.raises(ValueError, match="not absolute"):
        at_line([command], Path(name), 7)


APP = """
import sys
from textual.app import App
from textual.widgets import Static
from reviewtui.tui.screens.fields import LongField
from reviewtui.tui.screens.commit import CommitDialog

class Program(App[None]):
    def get_theme_variable_defaults(self):
        from reviewtui.tui.theme import VARIABLES
        return dict(VARIABLES)
    def on_mount(self):
        self.push_screen(CommitDialog([], "old message", ""), self.exit)

print("RESULT", repr(Program().run()))
"""


def test_the_screen_goes_for_the_editor_and_comes_back(tmp_path: Path) -> None:
    editor = script(tmp_path, "echo EDITOR IS OPEN", "read answer", 'echo "$answer" >> "$1"')
    environment = {"VISUAL": f"'{editor[0]}'", "PYTHONPATH": str(Path(__file__).parents[2])}
    with Terminal([sys.executable, "-c", APP], environment=environment, cwd=tmp_path, keep_raw=True) as terminal:
        terminal.wait_for("old message")
        terminal.press("<ctrl+x><ctrl+e>")
        terminal.wait_for("EDITOR IS OPEN")
        terminal.press("more<enter>")
        terminal.wait_for("Ctrl-s")
        terminal.press("<ctrl+s>")
        assert terminal.wait_exit() == 0
        assert b"RESULT 'old message\\nmore'" in terminal.raw
