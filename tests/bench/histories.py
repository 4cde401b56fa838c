"""A long history made with `git fast-import`, and how long its places take to be found."""

import os
import random
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from reviewtui.model.anchor import make_place
from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.relocating import places_now
from reviewtui.repo.repository import Repository
from reviewtui.text.source import blob_id

FILES: Final = 3_000
COMMITS: Final = 500
PLACES: Final = 1_000
_NOW: Final = datetime(2024, 1, 1, tzinfo=UTC)


def main() -> None:
    """Print the seconds for all places, the files as they are and again with everything recorded from them."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "repository"
        places = grown(root, FILES, COMMITS, PLACES)
        repository = Repository.open(root)
        for label, asked in (
            ("recorded over the whole history", places),
            ("recorded from what is there", _fresh(root)),
        ):
            finding = Finding(FindingId("a2b3c4d5"), "T", places=tuple(asked), author="A", created=_NOW, updated=_NOW)
            began = time.perf_counter()
            states = Counter(entry.now.state.value for entry in places_now(repository, [finding]))
            took = time.perf_counter() - began
            said = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
            print(f"{len(asked)} places {label}, {FILES} files, {COMMITS} commits: {took:.2f} s ({said})")


def grown(root: Path, files: int, commits: int, places: int) -> list[Place]:
    """A repository whose files are edited, renamed and taken apart in every commit, and places noted on the way."""
    choose = random.Random(5)
    texts = {f"src/package{number % 60}/module{number}.py": _module(number) for number in range(files)}
    names = list(texts)
    noted: list[tuple[int, str, LineSpan, list[str]]] = []
    stream: list[bytes] = []
    for number in range(commits):
        deltas: dict[str, str | None] = dict.fromkeys(names, "") if not number else {}
        for name in deltas:
            deltas[name] = _joined(texts[name])
        for name in choose.sample(names, 6) if number else ():
            lines = texts[name]
            at = choose.randrange(len(lines))
            match choose.randrange(8):
                case 0:
                    new = name.replace("module", f"moved{number}_", 1)
                    texts[new] = texts.pop(name)
                    names[names.index(name)] = new
                    deltas[name] = None
                    name = new
                case 1:
                    other = choose.choice(names)
                    texts[other] = [*texts[other], "", "", *lines[at : at + 20]]
                    deltas[other] = _joined(texts[other])
                    texts[name] = [*lines[:at], *lines[at + 20 :]]
                case 2 | 3:
                    texts[name] = [*lines[:at], lines[at].replace("value", f"value_{number}"), *lines[at + 1 :]]
                case _:
                    texts[name] = [*lines[:at], f"# Added by commit {number}.", *lines[at:]]
            deltas[name] = _joined(texts[name])
        stream.append(
            b"commit refs/heads/main\nmark :%d\ncommitter A <a@example.org> %d +0000\ndata 1\nx\n"
            % (number + 1, number)
        )
        for name, text in deltas.items():
            if text is None:
                stream.append(f"D {name}\n".encode())
            else:
                data = text.encode()
                stream.append(f"M 100644 inline {name}\ndata {len(data)}\n".encode() + data + b"\n")
        for _ in range(places // commits):
            name = choose.choice(names)
            start = choose.randrange(1, len(texts[name]) - 4)
            noted.append((number, name, LineSpan(start, start + choose.choice((0, 1, 3))), list(texts[name])))
    marks = _imported(root, b"".join(stream))
    return [
        make_place(RepoPath(name), span, lines, commit=marks[number], blob=blob_id(_joined(lines).encode()))
        for number, name, span, lines in noted
    ]


def _imported(root: Path, stream: bytes) -> list[str]:
    root.mkdir(parents=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    clean = kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}

    def git(*args: str, stdin: bytes = b"") -> bytes:
        return subprocess.run(["git", *args], cwd=root, env=clean, input=stdin, capture_output=True, check=True).stdout

    git("init", "-q", "-b", "main", "--template=")
    git("fast-import", "--quiet", "--export-marks=.git/marks", stdin=stream)
    git("reset", "-q", "--hard")
    lines = (root / ".git" / "marks").read_text(encoding="ascii").split("\n")
    marks = dict(line.split(" ") for line in lines if line)
    return [marks[f":{number + 1}"] for number in range(len(marks))]


def _fresh(root: Path) -> list[Place]:
    found = []
    for path in sorted(root.rglob("*.py"))[:PLACES]:
        data = path.read_bytes()
        lines = data.decode().splitlines()
        name = RepoPath(path.relative_to(root).as_posix())
        found.append(make_place(name, LineSpan(5, 6), lines, blob=blob_id(data)))
    return found


def _module(number: int) -> list[str]:
    return [line for part in range(12) for line in _function(number, part)]


def _function(number: int, part: int) -> Iterator[str]:
    yield f"def handle_{number}_{part}(request, value={part}):"
    for step in range(12):
        yield f"    value = request.step_{(number * 7 + part * 3 + step) % 997}(value, {step})"
    yield "    if value is None:"
    yield "        return None"
    yield f"    return render({part}, value)"
    yield ""
    yield ""


def _joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
