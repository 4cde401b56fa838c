"""The door itself: what it says when git refuses, and what of the user's surroundings reaches git."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from reviewtui.errors import GitError
from reviewtui.repo.git import run
from reviewtui.repo.repository import Repository
from tests.gitrepo import GitRepo
from tests.repo.conftest import Canary


def test_the_output_is_given_byte_for_byte(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a": b"\xff\r\n\n\n"})
    assert run(repo.root, "cat-file", "-p", "HEAD:a") == b"\xff\r\n\n\n"


def test_a_refusal_is_told_in_the_first_words_of_git(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a": "a"})
    with pytest.raises(GitError) as caught:
        run(repo.root, "cat-file", "-p", "HEAD:gone")
    assert str(caught.value) == "git cat-file failed: path 'gone' does not exist in 'HEAD'"


def test_a_status_that_was_expected_is_no_error(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a": "a"})
    assert run(repo.root, "config", "--get", "no.such", ok=(0, 1)) == b""


def test_a_folder_that_went_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="gone is no longer there"):
        run(tmp_path / "gone", "rev-parse", "HEAD")


def test_a_command_that_nobody_has_looked_at_is_not_run(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        run(tmp_path, "fetch")


def test_a_path_is_never_a_pattern(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"*": "star", "a": "a", ":(top)b": "odd"})
    assert run(repo.root, "ls-files", "-z", "--", "*") == b"*\0"
    assert run(repo.root, "ls-files", "-z", "--", ":(top)b") == b":(top)b\0"


def test_a_configuration_that_does_not_parse_is_told(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a": "a"})
    (repo.root / ".git" / "config").write_text("[core\n")
    with pytest.raises(GitError, match=r"git ls-files failed: bad config line 1 in file .*config"):
        run(repo.root, "ls-files")


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a folder to another user")
def test_a_repository_of_another_user_is_refused_with_the_way_to_trust_it(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "the repo", {"a": "a"})
    subprocess.run(["chown", "-R", "1234", repo.root], check=True)
    with pytest.raises(GitError) as caught:
        Repository.open(repo.root).files()
    assert str(caught.value) == (
        f"git does not touch {repo.root} because it belongs to another user. If you trust where it came from: "
        f"git config --global --add safe.directory '{repo.root}'"
    )


def test_git_variables_of_the_surroundings_divert_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = GitRepo.create(tmp_path / "other", {"other.py": "x"})
    repo = GitRepo.create(tmp_path / "repo", {"mine.py": "x"})
    for name, value in {
        "GIT_DIR": str(other.root / ".git"),
        "GIT_WORK_TREE": str(other.root),
        "GIT_INDEX_FILE": str(other.root / ".git" / "index"),
        "GIT_OBJECT_DIRECTORY": str(other.root / ".git" / "objects"),
        "GIT_COMMON_DIR": str(other.root / ".git"),
        "GIT_NAMESPACE": "x",
        "GIT_PREFIX": "sub/",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.worktree",
        "GIT_CONFIG_VALUE_0": str(other.root),
        "GIT_CONFIG_PARAMETERS": "'core.bare=true'",
        "GIT_GLOB_PATHSPECS": "1",
    }.items():
        monkeypatch.setenv(name, value)
    repository = Repository.open(repo.root)
    assert [entry.path for entry in repository.files()] == ["mine.py"]
    assert repository.head() == repo.head()


def test_the_users_own_configuration_still_counts(tmp_path: Path, user_config: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "x"})
    repo.write({"notes.private": "x", "b.py": "x"})
    (user_config.parent / "ignore").write_text("*.private\n")
    user_config.write_text(f"[core]\n\texcludesFile = {user_config.parent}/ignore\n")
    assert [entry.path for entry in Repository.open(repo.root).files()] == ["a.py", "b.py"]
    assert run(repo.root, "ls-files", "--others", "--exclude-standard", alone=True) == b"b.py\nnotes.private\n"


def test_a_git_program_in_the_reviewed_tree_is_never_taken(tmp_path: Path, canary: Canary) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "x"})
    (repo.root / "git").symlink_to(canary.program)
    code = "import sys; from pathlib import Path; from reviewtui.repo.git import run; run(Path.cwd(), 'ls-files')"
    surroundings = os.environ | {"PATH": f".::{os.environ['PATH']}", "PYTHONPATH": os.pathsep.join(sys.path)}
    surroundings.pop("GIT_PYTHON_GIT_EXECUTABLE", None)
    subprocess.run([sys.executable, "-P", "-c", code], cwd=repo.root, env=surroundings, check=True)
    assert not canary.sang


def test_without_git_the_message_says_what_to_do(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path\nfrom reviewtui.repo.git import run\n"
        "try: run(Path('/'), 'rev-parse')\nexcept Exception as error: print(type(error).__name__, error)"
    )
    surroundings = os.environ | {"PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    surroundings.pop("GIT_PYTHON_GIT_EXECUTABLE", None)
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env=surroundings, capture_output=True, text=True, check=True
    )
    assert done.stdout == "GitError git is not installed, or not on the PATH: install git and start again\n"


def test_opening_a_repository_loads_no_gitpython_and_starts_no_git(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "repo", {"a.py": "x"})
    code = (
        "import sys\nfrom pathlib import Path\nfrom reviewtui.repo.repository import Repository\n"
        "from reviewtui.repo.commit import commit_file\nfrom reviewtui.repo.demo import make_demo\n"
        "sys.addaudithook(lambda event, args: event == 'subprocess.Popen' and sys.exit('a process'))\n"
        f"print(Repository.open(Path({str(repo.root)!r})).is_git, 'git' in sys.modules)"
    )
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], env=surroundings, capture_output=True, text=True, check=True
    )
    assert done.stdout == "True False\n"
