"""Whatever goes wrong is one clear sentence on standard error, and an exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reviewtui.commands import status
from tests.cli.conftest import FINDINGS, Run
from tests.gitrepo import GitRepo


def test_a_folder_that_is_not_there(cli: Run, tmp_path: Path) -> None:
    done = cli("status", tmp_path / "nowhere")
    assert (done.status, done.out) == (2, "")
    assert done.err == f"reviewtui: {tmp_path}/nowhere does not exist: give a folder or a file to review\n"


def test_a_broken_findings_file_is_named_with_its_line_and_left_alone(cli: Run, shop: GitRepo) -> None:
    broken = b"format = 1\n\n[[finding]]\nid = \n"
    shop.write({FINDINGS: broken})
    for command in (["status"], ["check"], ["export", "json"], ["scan"], ["commit"]):
        done = cli(*command, shop.root)
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith(f"reviewtui: {FINDINGS} cannot be used:\n  line 4: ")
    assert (shop.root / FINDINGS).read_bytes() == broken


def test_an_error_cannot_draw_on_the_terminal(cli: Run, tmp_path: Path) -> None:
    done = cli("status", tmp_path / "\x1b]0;title\x07\u202e")
    assert done.status == 2
    assert "\x1b" not in done.err
    assert "\x07" not in done.err
    assert "\u202e" not in done.err


def test_the_screen_needs_a_terminal(cli: Run, shop: GitRepo) -> None:
    for arguments in ([], [shop.root], ["demo"]):
        done = cli(*arguments)
        assert (done.status, done.out) == (2, "")
        assert done.err.startswith("reviewtui: The screen needs a terminal: ")
        assert done.err.count("\n") == 1


def test_an_interrupt_ends_with_130(cli: Run, shop: GitRepo, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(status, "run", interrupt)
    done = cli("status", shop.root)
    assert (done.status, done.err) == (130, "reviewtui: interrupted\n")


def test_a_full_disk_is_a_sentence(reviewed: GitRepo) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("wb") as full:
        done = _run("status", str(reviewed.root), stdout=full.fileno())
    assert done.returncode == 2
    assert done.stderr == b"reviewtui: [Errno 28] No space left on device\n"


def test_a_reader_that_went_away_is_no_traceback(reviewed: GitRepo) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = _run("export", "markdown", str(reviewed.root), stdout=writer)
    finally:
        os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_folder_that_may_not_be_read(cli: Run, shop: GitRepo) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    shop.root.chmod(0)
    try:
        done = cli("status", shop.root)
    finally:
        shop.root.chmod(0o755)
    assert (done.status, done.out) == (2, "")
    assert done.err.count("\n") == 1


def test_a_terminal_without_unicode_is_printed_to_all_the_same(reviewed: GitRepo) -> None:
    reviewed.write({"shop/é.py": "eval(input())\n"})
    done = _run("scan", str(reviewed.root), stdout=subprocess.PIPE, environment={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert b"shop/\\xe9.py:1: MEDIUM B307" in done.stdout


def _run(*arguments: str, stdout: int, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "reviewtui", *arguments],
        env=os.environ | (environment or {}),
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )
