"""Real git repositories for tests: fixed people and dates, nothing taken from the machine's own git configuration."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

import pytest

AUTHOR: Final = "Ada Auditor"
MAIL: Final = "ada@example.org"
FIRST_COMMIT: Final = 1_704_110_400
"""2024-01-01 12:00:00 UTC; each further commit of a `GitRepo` is a minute later."""


class GitRepo:
    """A repository in a temporary folder, driven by the git program itself."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._commits = 0

    @classmethod
    def create(cls, root: Path, files: Mapping[str, str | bytes] | None = None) -> Self:
        """A new repository on branch `main`; with `files`, they are its first commit."""
        root.mkdir(parents=True, exist_ok=True)
        repo = cls(root)
        repo.git("init", "-q", "-b", "main", "--template=")
        if files:
            repo.commit("First", files)
        return repo

    def git(self, *args: str, stdin: bytes = b"", ok: tuple[int, ...] = (0,)) -> str:
        """What `git ARGS` prints; bytes that are not UTF-8 are surrogate escapes."""
        return os.fsdecode(self.git_bytes(*args, stdin=stdin, ok=ok))

    def git_bytes(self, *args: str, stdin: bytes = b"", ok: tuple[int, ...] = (0,)) -> bytes:
        """What `git ARGS` prints, untouched."""
        # Git replaces the file that it writes, and for these that is the null device: of the whole machine, as root.
        assert not {"--global", "--system"} & set(args), "write the user's configuration with isolate()"
        done = subprocess.run(
            ["git", *args], cwd=self.root, env=self._environment(), input=stdin, capture_output=True, check=False
        )
        assert done.returncode in ok, f"git {args}: {done.returncode}\n{os.fsdecode(done.stderr)}"
        return done.stdout

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Put files into the work tree, their folders too."""
        for name, content in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)

    def commit(self, message: str, files: Mapping[str, str | bytes] | None = None) -> str:
        """Write the files, commit the whole work tree with all that is new or gone, and give the commit's id."""
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "-q", "--allow-empty", "--no-verify", "-m", message)
        self._commits += 1
        return self.head()

    def head(self) -> str:
        """The full id of the last commit."""
        return self.git("rev-parse", "HEAD").strip()

    def log(self) -> list[str]:
        """The subjects of all commits, newest first."""
        return self.git("log", "--format=%s").splitlines()

    def status(self) -> str:
        """`git status --porcelain`, with every untracked file."""
        return self.git("status", "--porcelain", "--untracked-files=all")

    def set(self, key: str, value: str) -> None:
        """Write one line of the repository's own configuration."""
        self.git("config", "--add", key, value)

    def _environment(self) -> dict[str, str]:
        date = f"{FIRST_COMMIT + 60 * self._commits} +0000"
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        return kept | {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": AUTHOR,
            "GIT_AUTHOR_EMAIL": MAIL,
            "GIT_AUTHOR_DATE": date,
            "GIT_COMMITTER_NAME": AUTHOR,
            "GIT_COMMITTER_EMAIL": MAIL,
            "GIT_COMMITTER_DATE": date,
            "LC_ALL": "C",
        }


def isolate(monkeypatch: pytest.MonkeyPatch, home: Path, *, name: str = AUTHOR, mail: str = MAIL) -> Path:
    """Make `home` the user's home with a git configuration of its own, which is returned; no GIT_ variable remains.

    With an empty name or mail that line is missing, as for somebody who never told git who they are.
    """
    for variable in [variable for variable in os.environ if variable.startswith("GIT_")]:
        monkeypatch.delenv(variable)
    for variable in ("EMAIL", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable, raising=False)
    home.mkdir(parents=True, exist_ok=True)
    config = home / ".gitconfig"
    lines = ["[user]\n", f"\tname = {name}\n" if name else "", f"\temail = {mail}\n" if mail else ""]
    config.write_text("".join(lines))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return config
