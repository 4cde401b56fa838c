"""The processes that follow code: nothing of what they read is run, nothing leads out, and no question is endless."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from reviewtui.errors import WorkerError
from reviewtui.follow.frames import Defined
from reviewtui.follow.process import Asker, Following


def never() -> bool:
    return False


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "repo"
    folder.mkdir()
    return folder


def write(root: Path, files: dict[str, str]) -> tuple[str, ...]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(dedent(text))
    return tuple(files)


class Followed:
    """Followings that are stopped at the end of a test."""

    def __init__(self) -> None:
        self.all: list[Following] = []

    def of(self, root: Path, paths: tuple[str, ...]) -> Following:
        self.all.append(Following(str(root), paths))
        return self.all[-1]


@pytest.fixture
def followed() -> Iterator[Followed]:
    found = Followed()
    yield found
    for following in found.all:
        following.stop()


def defined(following: Following, path: str, line: int, column: int) -> list[str]:
    found = following.define(path, line, column, never)
    assert found is not None
    return [f"{t.path}:{t.line}" if t.is_inside else t.note for t in found.targets]


def canary(name: str) -> str:
    """Code that leaves a trace wherever it is run."""
    return f"import os\nopen(os.environ['CANARY'] + '/{name}', 'w').close()\n"


def test_nothing_of_the_repository_is_run_or_obeyed(
    root: Path, tmp_path: Path, followed: Followed, monkeypatch: pytest.MonkeyPatch
) -> None:
    traces = tmp_path / "traces"
    traces.mkdir()
    monkeypatch.setenv("CANARY", str(traces))
    monkeypatch.setenv("VIRTUAL_ENV", str(root / "venv"))
    monkeypatch.setenv("PYTHONPATH", str(root))
    monkeypatch.setenv("PYTHONSTARTUP", str(root / "sitecustomize.py"))
    monkeypatch.chdir(root)
    traps = ("sitecustomize.py", "usercustomize.py", "conftest.py", "setup.py", "json.py", "ast.py", "jedi.py", "re.py")
    paths = write(
        root,
        {
            "app.py": "import shop\nimport json\nimport native\n\nshop.sell()\njson.loads('')\nnative.f()\n",
            "shop/__init__.py": canary("shop") + "def sell(): ...\n",
            ".jedi/project.json": '[1, {"path": "/", "environment_path": "venv", "load_unsafe_extensions": true}]',
            "pyproject.toml": "[tool.jedi]\nplugins = ['evil']\n[tool.pyright]\nvenv = 'venv'\n",
            "pyrightconfig.json": '{"venv": "venv"}',
            "venv/pyvenv.cfg": "home = /usr/bin\n",
            "venv/lib/python3/site-packages/evil.pth": "import os; " + canary("pth").replace("\n", ";"),
            **{name: canary(name) for name in traps},
        },
    )
    program = root / "venv" / "bin" / "python"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ntouch {traces}/python\n")
    program.chmod(0o755)
    (root / "native.cpython-311-x86_64-linux-gnu.so").write_bytes(b"\x7fELF not really")
    following = followed.of(root, (*paths, "native.cpython-311-x86_64-linux-gnu.so", "venv/bin/python"))
    assert defined(following, "app.py", 5, 5) == ["shop/__init__.py:3"]
    # A file of that name in the folder of the program is what Python would import: it is read, as text.
    assert defined(following, "app.py", 2, 7) == ["json.py:1"]
    assert defined(following, "app.py", 7, 7) == ["package native, which is not in this repository"]
    card = following.hover("app.py", 5, 5, never)
    assert card is not None and card.card is not None and card.card.signature == "def sell()"
    uses = [r.line for u in following.uses("app.py", 5, 5, never, calls_only=True) for r in u.found]
    assert uses == [5]
    following.look_through(never, lambda: None)
    symbols = following.symbols("sell", never)
    assert symbols is not None and [s.path for s in symbols.found] == ["shop/__init__.py"]
    assert list(traces.iterdir()) == []


def test_no_link_or_pipe_is_read(root: Path, tmp_path: Path, followed: Followed) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text("def secret(): ...\n")
    paths = write(
        root, {"app.py": "import link\nimport folder.secret\nimport pipe\nlink.secret\nfolder.secret.secret\n"}
    )
    (root / "link.py").symlink_to(outside / "secret.py")
    (root / "folder").symlink_to(outside)
    os.mkfifo(root / "pipe.py")
    following = followed.of(root, (*paths, "link.py", "folder/secret.py", "pipe.py"))
    # That they are there is known, and nothing of what is in them.
    found = [defined(following, "app.py", line, column) for line, column in ((4, 5), (5, 14), (3, 7))]
    assert found == [[], [], ["pipe.py:1"]]
    following.look_through(never, lambda: None)
    symbols = following.symbols("secret", never)
    assert symbols is not None and symbols.found == ()


@pytest.mark.parametrize("path", ["../outside.py", "/etc/passwd", "app.py/../../x.py", ".git/config", "other.py"])
def test_a_path_that_is_not_in_the_list_has_no_answer(root: Path, followed: Followed, path: str) -> None:
    paths = write(root, {"app.py": "x = 1\nx\n"})
    (root / "other.py").write_text("x = 1\nx\n")
    assert followed.of(root, paths).define(path, 1, 0, never) == Defined("")


def test_a_changed_file_is_read_again(root: Path, followed: Followed) -> None:
    paths = write(root, {"a.py": "from b import f\nf()\n", "b.py": "def f(): ...\n"})
    following = followed.of(root, paths)
    first = defined(following, "a.py", 2, 0)
    write(root, {"b.py": "# moved\n\n\ndef f(): ...\n"})
    assert (first, defined(following, "a.py", 2, 0)) == (["b.py:1"], ["b.py:4"])


def test_code_that_cannot_be_parsed_is_followed_by_name(root: Path, followed: Followed) -> None:
    paths = write(root, {"old.py": "print 'x'\nsell()\n", "b.py": "def sell(): ...\n", "a.js": "sell()\n"})
    following = followed.of(root, paths)
    for path, line in (("old.py", 2), ("a.js", 1)):
        found = following.define(path, line, 1, never)
        assert found is not None and found.by_name and [t.path for t in found.targets] == ["b.py"]
    uses = list(following.uses("a.js", 1, 1, never, calls_only=False))
    assert [(r.path, r.line, r.is_sure) for u in uses for r in u.found] == [("a.js", 1, False)]


@pytest.mark.parametrize("text", ["(" * 5000, "-" * 20000 + "1", "x = " + "[" * 150 + "]" * 150, "a" + ".b" * 20000])
def test_code_that_is_nested_deeply_is_no_harm(root: Path, followed: Followed, text: str) -> None:
    paths = write(root, {"deep.py": text + "\n", "a.py": "import deep\nx = 1\nx\ndeep.b\n"})
    following = followed.of(root, paths)
    following.define("deep.py", 1, 0, never)
    following.define("a.py", 4, 5, never)
    assert defined(following, "a.py", 3, 0) == ["a.py:2"]


def test_a_question_that_takes_too_long_ends_its_process_and_the_next_one_is_answered(root: Path) -> None:
    paths = write(root, {"a.py": "x = 1\nx\n"})
    os.mkfifo(root / "slow")
    asker = Asker(str(root), paths, seconds=0.000_001)
    header = {"ask": "define", "path": "a.py", "line": 2, "column": 0}
    with pytest.raises(WorkerError, match=r"took longer than 1e-06 s"):
        list(asker.ask(header, never))
    asker._seconds = 20.0
    assert [answer["name"] for answer in asker.ask(header, never)] == ["x"]
    asker.stop()
    with pytest.raises(WorkerError):
        list(asker.ask(header, never))


def test_who_stops_waiting_leaves_no_half_answer_behind(root: Path, followed: Followed) -> None:
    files = {f"m{n}.py": "from a import f\nf()\n" for n in range(300)}
    paths = write(root, {"a.py": "def f(): ...\n", **files})
    following = followed.of(root, paths)
    first = next(following.uses("a.py", 1, 4, never, calls_only=False))
    assert first.name == "f"
    found = [r for u in following.uses("a.py", 1, 4, never, calls_only=False) for r in u.found]
    assert len(found) == 601


def test_the_screen_loads_no_engine() -> None:
    """Jedi is never loaded: only its copies of the stubs are read."""
    import subprocess

    code = "import sys, reviewtui.follow.worker; print('jedi' in sys.modules, 'parso' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
