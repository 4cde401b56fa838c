"""Nothing of the reviewed repository runs while the screen goes through its whole cycle, nor in any command."""

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from tests.cli.test_shadowing import SHADOWS
from tests.gitrepo import GitRepo
from tests.terminal import Terminal

REVIEWTUI: Final = str(Path(sysconfig.get_path("scripts")) / "reviewtui")
"""As it is installed; `python -m` would run the tree's own `reviewtui.py` before anything of ours."""
HOOKS: Final = """
applypatch-msg commit-msg fsmonitor-watchman post-applypatch post-checkout post-commit post-index-change post-merge
post-rewrite pre-applypatch pre-auto-gc pre-commit pre-merge-commit pre-push pre-rebase prepare-commit-msg
proc-receive push-to-checkout reference-transaction sendemail-validate update
"""
PROGRAMS: Final = "bandit bash cat env git gpg less pager python python3 sh ssh vi the-editor"
"""Looked for in the reviewed tree by whoever has `.` in the PATH."""
SETTINGS: Final = """
core.fsmonitor core.pager core.editor core.sshCommand core.askPass sequence.editor credential.helper
diff.external diff.evil.command diff.evil.textconv filter.evil.clean filter.evil.smudge filter.evil.process
gpg.program gpg.ssh.program gpg.openpgp.program merge.evil.driver pager.log pager.status interactive.diffFilter
alias.status alias.ls-files alias.commit-tree remote.origin.uploadpack
"""
ASKS_FOR_MORE: Final = {
    "commit.gpgSign": "true",
    "filter.evil.required": "true",
    "log.showSignature": "true",
    "core.untrackedCache": "true",
    "protocol.ext.allow": "always",
    "extensions.partialClone": "origin",
    "remote.origin.promisor": "true",
    "user.name": "Somebody else",
}
SOURCE: Final = "import subprocess\nsubprocess.call('ls', shell=True)\npassword = hashlib.md5(request.args['p'])\n"


@dataclass(frozen=True)
class Trap:
    """A repository that leaves a trace of whatever it could have run."""

    root: Path
    trace: Path
    environment: dict[str, str]

    @property
    def sang(self) -> str:
        """What ran; empty where nothing did."""
        return self.trace.read_text() if self.trace.exists() else ""


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    """Hooks, filters, drivers, helpers, modules, programs and settings of tools, all of them set."""
    trace = tmp_path / "trace"
    program = tmp_path / "sing"
    program.write_text(f"#!/bin/sh\necho \"$0 $*\" >> '{trace}'\nexec /bin/cat\n")
    program.chmod(0o755)
    repo = GitRepo.create(tmp_path / "tree", _tracked(trace))
    for name in PROGRAMS.split():
        (repo.root / name).write_text(program.read_text())
        (repo.root / name).chmod(0o755)
    repo.commit("Everything that a tool might pick up")
    # Only now, or they would run while the trap is built.
    repo.write({".gitattributes": "* filter=evil diff=evil merge=evil\n", "shop.py": f"{SOURCE}# changed\n"})
    (repo.root / ".git" / "hooks").mkdir(exist_ok=True)
    for name in HOOKS.split():
        (repo.root / ".git" / "hooks" / name).symlink_to(program)
    config = "".join(
        _setting(key, f"!{program}" if key.startswith("alias.") else str(program)) for key in SETTINGS.split()
    )
    config += "".join(_setting(key, value) for key, value in ASKS_FOR_MORE.items())
    config += _setting("remote.origin.url", f"ext::{program}") + _setting("core.hooksPath", ".git/hooks")
    with (repo.root / ".git" / "config").open("a") as file:
        file.write(config)
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\n\tname = Rita Reviewer\n\temail = rita@example.com\n")
    environment = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home)}
    # The folder that the program is started in is the one under review.
    environment |= {"PATH": f".::{os.environ['PATH']}:.", "EDITOR": "the-editor", "PYTHONDONTWRITEBYTECODE": "1"}
    return Trap(repo.root, trace, environment)


def _tracked(trace: Path) -> dict[str, str | bytes]:
    """The files under review; what is imported of them says so."""
    code = f"open({str(trace)!r}, 'a').write(__name__ + ' was imported\\n')\n"
    points = "".join(
        f"[{group}]\nevil = evil:run\n" for group in ("bandit.plugins", "bandit.formatters", "pygments.lexers")
    )
    names = (
        *(f"{name}.py" for name in SHADOWS.split()),
        "sitecustomize.py",
        "usercustomize.py",
        "conftest.py",
        "setup.py",
    )
    return {
        **dict.fromkeys((*names, "evil.py", "reviewtui.py", "tests/__init__.py", "pygments/__init__.py"), code),
        "evil.egg-info/entry_points.txt": points,
        "evil.egg-info/PKG-INFO": "Metadata-Version: 2.1\nName: evil\nVersion: 1\n",
        "evil.pth": "import evil\n",
        ".bandit": "[bandit]\nexclude = /\nskips = B602\n",
        "bandit.yaml": "skips: [B602, B404]\n",
        "pyproject.toml": "[tool.bandit]\nskips = ['B602']\nexclude_dirs = ['.']\n",
        ".reviewtui/checklists/evil.toml": "title = 'evil'\n",
        ".reviewtui/settings.toml": "editor = './sh'\n",
        ".vimrc": "!touch x\n",
        "shop.py": SOURCE,
    }


def _setting(key: str, value: str) -> str:
    section, _, name = key.rpartition(".")
    head, dot, sub = section.partition(".")
    return f'[{head} "{sub}"]\n\t{name} = {value}\n' if dot else f"[{section}]\n\t{name} = {value}\n"


def test_nothing_of_the_repository_runs_in_the_whole_cycle_of_the_screen(trap: Trap) -> None:
    head = (trap.root / ".git" / "refs" / "heads" / "main").read_text()
    with Terminal([REVIEWTUI, "shop.py"], environment=trap.environment, cwd=trap.root) as terminal:
        terminal.wait_for("undecided")
        terminal.wait_for("shell=True")
        terminal.wait_gone("scan ")
        terminal.press("gg]b")
        terminal.press("tf")
        terminal.wait_for("tool misreads")
        terminal.press("4")
        terminal.wait_for("false positive ·")
        terminal.press("ggc")
        terminal.wait_for("one line")
        terminal.type("a note")
        terminal.press("<enter>")
        terminal.wait_for("note is saved")
        terminal.press("a")
        terminal.wait_for("Finding on")
        terminal.type("a finding")
        terminal.press("<f4>")
        terminal.wait_for("is not installed, or not on the PATH")
        terminal.press("<ctrl+s>")
        terminal.wait_for("is saved")
        terminal.press("<ctrl+w>xggj<enter>")
        terminal.settle()
        terminal.press("x")
        terminal.wait_for("Passes")
        terminal.press("1")
        terminal.wait_for(": pass")
        terminal.press("R")
        terminal.wait_for("Scanning again")
        terminal.wait_gone("scan ")
        terminal.press("gC")
        terminal.wait_for("Security review")
        terminal.press("<ctrl+s>")
        terminal.wait_for("Committed")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    assert trap.sang == ""
    assert (trap.root / ".git" / "refs" / "heads" / "main").read_text() != head
    _check_that_it_can_sing(trap)


@pytest.mark.parametrize(
    "command",
    [("status",), ("check",), ("scan",), ("export", "markdown", "--scan"), ("export", "json"), ("commit",)],
    ids=" ".join,
)
def test_nothing_of_the_repository_runs_in_a_command(command: tuple[str, ...], trap: Trap) -> None:
    (trap.root / ".reviewtui" / "findings.toml").write_text('format = 1\n\n[review]\ntitle = "x"\n')
    done = subprocess.run(
        [REVIEWTUI, *command, "."],
        cwd=trap.root,
        env=os.environ | trap.environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert trap.sang == ""
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    if command == ("scan",):
        assert "B602" in done.stdout, "the tree's own settings of Bandit were obeyed"


def _check_that_it_can_sing(trap: Trap) -> None:
    """Plain git and plain Python fall for it."""
    environment = os.environ | trap.environment
    git = str(shutil.which("git"))
    subprocess.run([git, "status"], cwd=trap.root, env=environment, capture_output=True, check=False)
    assert trap.sang
    trap.trace.unlink()
    subprocess.run([sys.executable, "-c", "import bandit"], cwd=trap.root, env=environment, check=False)
    assert "bandit was imported" in trap.sang
