"""Definitions of random names in Flask and Django against basedpyright, an engine of another kind."""

import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from reviewtui.follow.define import Target, define_mention
from reviewtui.follow.mentions import Mention, mentions
from reviewtui.follow.modules import Module, World
from reviewtui.follow.stubs import standard_library

NAMES: Final = 200
PACKAGES: Final = ("flask==3.1.3", "django==5.2")
SEED: Final = int(os.environ.get("REVIEWTUI_BENCH_SEED", "7"))
SHOWN: Final = bool(os.environ.get("REVIEWTUI_BENCH_SHOW"))
"""Whether the places that differ are printed."""

Place = tuple[str, int]
"""File, and line from 1; of the standard library its module instead of the file."""


@dataclass(frozen=True)
class Case:
    """One random name."""

    module: Module
    line: int
    column: int
    mention: Mention


def main() -> None:
    """Print the table."""
    server = shutil.which("basedpyright-langserver") or shutil.which(
        "basedpyright-langserver", path=str(Path(sys.executable).parent)
    )
    if server is None:
        print("\nDefinitions: skipped, there is no basedpyright-langserver (pip install basedpyright)")
        return
    print(f"\nDefinitions of {NAMES} random uses of names, against basedpyright (seed {SEED})")
    print("  package          agree  both silent  silent  only ours  differ   right    ms median     p95")
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            root = _sources(package, Path(folder))
            if root is None:
                print(f"  {package:15} skipped: its source cannot be downloaded")
                continue
            _compare(package, root, server)


def _sources(package: str, folder: Path) -> Path | None:
    """An unpacked release."""
    ready = os.environ.get("REVIEWTUI_BENCH_SOURCES", "")
    name = package.partition("==")[0]
    if ready and (Path(ready) / name).is_dir():
        return Path(ready, name).resolve()
    command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--dest", str(folder), package]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        return None
    target = (folder / "source").resolve()
    for found in folder.iterdir():
        if found.suffix == ".whl":
            zipfile.ZipFile(found).extractall(target)
        elif found.name.endswith(".tar.gz"):
            with tarfile.open(found) as archive:
                archive.extractall(target, filter="data")
    return target if target.is_dir() else None


def world_of(root: Path) -> World:
    """All Python files of a folder."""
    paths = [found.relative_to(root).as_posix() for found in sorted(root.rglob("*.py"))]
    return World(paths, lambda path: (root / path).read_bytes(), standard_library())


def cases(world: World, count: int) -> list[Case]:
    """Random uses of names: no definitions, parameters or assignments, which lead to themselves."""
    chance = random.Random(SEED)
    paths = sorted(world.paths)
    found: list[Case] = []
    # A file counts by its size, as each name in the whole shall be as likely as any other.
    weights = [len(module.lines) if (module := world.module(path)) else 0 for path in paths]
    while len(found) < count:
        module = world.module(chance.choices(paths, weights)[0])
        uses = [item for item in mentions(module).items() if _is_use(item[1])] if module else []
        if module and uses:
            (line, column), mention = chance.choice(uses)
            found.append(Case(module, line, column, mention))
    return found


def _is_use(mention: Mention) -> bool:
    return mention.role in ("name", "attribute", "keyword", "alias", "part") and type(
        getattr(mention.node, "ctx", None)
    ).__name__ not in ("Store", "Del")


def _compare(package: str, root: Path, server: str) -> None:
    world = world_of(root)
    asked = cases(world, NAMES)
    theirs = list(_answers(server, root, asked))
    fresh = world_of(root)
    seconds: list[float] = []
    count: Counter[str] = Counter()
    for case, expected in zip(asked, theirs, strict=True):
        module = fresh.module(case.module.path)
        assert module is not None
        mention = mentions(module)[case.line, case.column]
        began = perf_counter()
        definition = define_mention(fresh, module, mention)
        seconds.append(perf_counter() - began)
        ours = [_place(target) for target in definition.targets]
        verdict = _verdict(ours, expected)
        count[verdict] += 1
        if SHOWN and verdict not in ("agree", "both silent"):
            print(f"    {verdict}: {case.module.path}:{case.line}:{case.column + 1} {mention.name}")
            print(f"      {case.module.lines[case.line - 1].strip()[:110]}")
            print(f"      ours   {ours} {'' if definition.is_sure else 'unsure'}\n      theirs {expected}")
    answered = NAMES - count["both silent"]
    right = count["agree"] / answered if answered else 0
    p95 = statistics.quantiles(seconds, n=20)[-1]
    print(
        f"  {package:15} {count['agree']:6} {count['both silent']:12} {count['silent']:7} {count['only ours']:10}"
        f" {count['differ']:7} {right:7.1%} {1000 * statistics.median(seconds):12.2f} {1000 * p95:7.1f}"
    )


def _verdict(ours: list[Place], theirs: list[Place]) -> str:
    if not ours:
        return "silent" if theirs else "both silent"
    if not theirs:
        return "agree" if ours[0][1] == 0 else "only ours"
    return "agree" if ours[0] in theirs or theirs[0] in ours or _in_one_library(ours, theirs) else "differ"


def _in_one_library(ours: list[Place], theirs: list[Place]) -> bool:
    """Whether both mean the same module of the standard library; the stubs are of different days."""
    return ({place for place in ours if place[0].startswith("<")} and ours[0][0] in {place[0] for place in theirs}) or (
        ours[0][1] == 0 and any(place[0] == "<elsewhere>" for place in theirs)
    )


def _place(target: Target) -> Place:
    return (
        (target.path, target.line)
        if target.path
        else (f"<{target.module}>" if target.module else "<elsewhere>", target.line)
    )


def _answers(server: str, root: Path, asked: list[Case]) -> Iterator[list[Place]]:
    """What the server says of each."""
    # Only what is in the folder: what happens to be installed here must not count.
    with subprocess.Popen(
        [server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=root
    ) as process:
        client = _Client(process, root)
        client.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": root.as_uri(),
                "capabilities": {"workspace": {"configuration": True}},
                "workspaceFolders": [{"uri": root.as_uri(), "name": "root"}],
            },
        )
        client.tell("initialized", {})
        opened: set[str] = set()
        for case in asked:
            uri = (root / case.module.path).as_uri()
            if uri not in opened:
                opened.add(uri)
                text = (root / case.module.path).read_text(encoding="utf-8", errors="replace")
                client.tell(
                    "textDocument/didOpen",
                    {"textDocument": {"uri": uri, "languageId": "python", "version": 1, "text": text}},
                )
            answer = client.ask(
                "textDocument/definition",
                {"textDocument": {"uri": uri}, "position": {"line": case.line - 1, "character": case.column}},
            )
            found = answer if isinstance(answer, list) else [answer] if answer else []
            yield [_their_place(root, item) for item in found if _is_of(case.mention, item)]
        process.kill()


def _is_of(mention: Mention, item: dict[str, Any]) -> bool:
    """Whether an answer defines the name.

    Of an attribute that it does not know, the server answers with the parameter of the call in which it stands.
    """
    if mention.role != "attribute":
        return True
    path = Path(unquote(urlsplit(item.get("uri") or item.get("targetUri") or "").path))
    span = item.get("range") or item.get("targetSelectionRange") or {}
    line = int(span["start"]["line"])
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    return line == 0 or mention.name in "".join(lines[line : line + 2])


def _their_place(root: Path, item: dict[str, Any]) -> Place:
    uri = item.get("uri") or item.get("targetUri") or ""
    span = item.get("range") or item.get("targetSelectionRange") or {}
    line = int(span["start"]["line"]) + 1
    path = Path(unquote(urlsplit(uri).path))
    if path.is_relative_to(root):
        return path.relative_to(root).as_posix(), line
    parts = path.with_suffix("").parts
    if "stdlib" in parts:
        name = ".".join(parts[parts.index("stdlib") + 1 :]).removesuffix(".__init__")
        return f"<{name}>", line
    return "<elsewhere>", line


class _Client:
    """Speaks the language server protocol with one server."""

    def __init__(self, process: "subprocess.Popen[bytes]", root: Path) -> None:
        assert process.stdin and process.stdout
        self._in, self._out = process.stdin, process.stdout
        self._count = 0
        self._root = root

    def tell(self, method: str, params: object) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: object) -> Any:  # Any: whatever the protocol holds
        self._count += 1
        number = self._count
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                return message.get("result")
            if "id" in message and "method" in message:
                items = message.get("params", {}).get("items", []) if isinstance(message.get("params"), dict) else []
                result = [self._setting(item.get("section", "")) for item in items] if items else None
                self._send({"jsonrpc": "2.0", "id": message["id"], "result": result})

    def _setting(self, section: str) -> object:
        if section.endswith("analysis"):
            return {"diagnosticMode": "openFilesOnly", "extraPaths": [], "autoSearchPaths": True}
        return {"pythonPath": sys.executable} if section == "python" else {}

    def _send(self, message: object) -> None:
        data = json.dumps(message).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._in.flush()

    def _read(self) -> dict[str, Any]:
        length = 0
        while line := self._out.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self._out.read(length))
        return message
