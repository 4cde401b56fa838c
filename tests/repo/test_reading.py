"""Reading a file: its bytes, or one clear sentence, and never anything that is not in the repository."""

import os
import socket
from pathlib import Path

import pytest

from reviewtui.errors import SourceError
from reviewtui.model.place import RepoPath
from reviewtui.repo.repository import Repository


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A plain folder beside a private one."""
    (tmp_path / "private" / "pkg").mkdir(parents=True)
    (tmp_path / "private" / "pkg" / "secret.py").write_text("secret")
    (tmp_path / "root" / "pkg").mkdir(parents=True)
    return tmp_path / "root"


def _refusal(root: Path, path: str, limit: int = 1000) -> str:
    with pytest.raises(SourceError) as caught:
        Repository.open(root).read(RepoPath.parse(path), limit)
    return str(caught.value)


def test_the_bytes_are_those_of_the_file(root: Path) -> None:
    (root / "pkg" / "a.py").write_bytes(b"\xff\0\r\n")
    (root / "empty").write_bytes(b"")
    repository = Repository.open(root)
    assert repository.read(RepoPath("pkg/a.py")) == b"\xff\0\r\n"
    assert repository.read(RepoPath("empty")) == b""


def test_a_link_out_of_the_repository_is_not_followed(root: Path) -> None:
    (root / "x.py").symlink_to(root.parent / "private" / "pkg" / "secret.py")
    assert _refusal(root, "x.py") == "x.py is a symbolic link; links are shown and never followed"


def test_a_link_inside_the_repository_is_not_followed_either(root: Path) -> None:
    (root / "a.py").write_text("a")
    (root / "b.py").symlink_to("a.py")
    assert _refusal(root, "b.py") == "b.py is a symbolic link; links are shown and never followed"


def test_a_linked_folder_on_the_way_is_not_followed(root: Path) -> None:
    (root / "lib").symlink_to(root.parent / "private")
    assert _refusal(root, "lib/pkg/secret.py") == (
        "lib/pkg/secret.py lies behind the symbolic link 'lib', which is not followed"
    )


def test_a_link_that_leads_upwards_is_not_followed(root: Path) -> None:
    (root / "pkg" / "up").symlink_to("../..")
    assert "behind the symbolic link 'up'" in _refusal(root, "pkg/up/private/pkg/secret.py")


def test_a_pipe_does_not_hold_up(root: Path) -> None:
    os.mkfifo(root / "x.py")
    assert _refusal(root, "x.py") == "x.py is no regular file (a pipe, socket or device) and is not opened"


def test_a_socket_is_not_opened(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The path of a socket must be short.
    monkeypatch.chdir(root)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("x.py")
    assert _refusal(root, "x.py") == "x.py is no regular file (a pipe, socket or device) and is not opened"


def test_a_folder_is_no_file(root: Path) -> None:
    assert _refusal(root, "pkg") == "pkg is a folder: open a file in it"


def test_a_file_that_is_too_large_is_not_opened(root: Path) -> None:
    with (root / "big").open("wb") as file:
        file.truncate(1 << 30)
    assert _refusal(root, "big") == "big has more than 1,000 bytes and is not opened; look at it with another program"
    (root / "fits").write_bytes(b"x" * 1000)
    assert len(Repository.open(root).read(RepoPath("fits"), 1000)) == 1000


def test_a_file_that_has_no_size_beforehand_is_cut_off_too(tmp_path: Path) -> None:
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("this system has no /proc")
    repository = Repository(Path("/proc/self"), False)
    assert repository.read(RepoPath("status")).startswith(b"Name:")
    with pytest.raises(SourceError, match="more than 10 bytes"):
        repository.read(RepoPath("status"), 10)


def test_a_file_that_is_gone_is_told(root: Path) -> None:
    assert _refusal(root, "gone.py") == "gone.py is gone from the work tree"
    assert _refusal(root, "no/such/gone.py") == "no/such/gone.py is gone from the work tree"
    (root / "file").write_text("x")
    assert _refusal(root, "file/below") == "file/below is gone: a folder on its way is now a file"


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(root: Path) -> None:
    (root / "closed").write_text("x")
    (root / "closed").chmod(0)
    assert _refusal(root, "closed") == "closed may not be read: its permissions do not allow it"


def test_a_name_that_is_too_long_is_told(root: Path) -> None:
    assert _refusal(root, "x" * 300).endswith("cannot be read: File name too long")
