"""The one door to git: every command passes `run`, which leaves a hostile repository nothing to start, open or divert.

What is trusted is the user's own configuration and identity. What is not: the repository's configuration, hooks,
attributes, replacement objects and index extensions, and whatever GIT_ variables the program was started with.
"""

import os
import shlex
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from reviewtui.errors import GitError

if TYPE_CHECKING:
    from git.cmd import Git

TIME_LIMIT: Final = 20.0
"""Seconds; a configuration that includes a FIFO would wait forever."""

_MESSAGE_LIMIT: Final = 300


@dataclass(frozen=True, slots=True)
class _Command:
    """What a git command needs to stay harmless, beyond what all of them get."""

    switches: tuple[str, ...] = ()
    """Set right behind its name."""
    filters: bool = False
    """It may compare or convert files of the work tree, and so start the filters that .gitattributes asks for."""
    in_tree: bool = True
    """It works in the repository whose root is given; False for one that makes a repository."""
    literal: bool = True
    """It takes paths literally when told so; False where git refuses the very wish."""


_NO_DRIVERS: Final = ("--no-ext-diff", "--no-textconv")
_PLAIN: Final = _Command()
# A command that is not in here was not looked at yet: what does it start, and which switch stops it?
_COMMANDS: Final[Mapping[str, _Command]] = {
    "am": _Command(filters=True),
    "blame": _Command(("--no-textconv",), filters=True),
    "cat-file": _PLAIN,
    "check-ignore": _Command(literal=False),
    "commit-tree": _PLAIN,
    "config": _PLAIN,
    "diff": _Command((*_NO_DRIVERS, "--ignore-submodules=all"), filters=True),
    "diff-tree": _Command(_NO_DRIVERS),
    "for-each-ref": _PLAIN,
    "hash-object": _Command(("--no-filters",)),
    "init": _Command(in_tree=False),
    "log": _Command((*_NO_DRIVERS, "--no-mailmap")),
    "ls-files": _PLAIN,
    "ls-tree": _PLAIN,
    "mktree": _PLAIN,
    "rev-parse": _PLAIN,
    "show": _Command((*_NO_DRIVERS, "--no-mailmap")),
    "status": _Command(("--ignore-submodules=all",), filters=True),
    "symbolic-ref": _PLAIN,
    # On writing the index, git compares the content of every file that is as young as the index itself.
    "update-index": _Command(filters=True),
    "update-ref": _PLAIN,
}

_SETTINGS: Final = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "core.editor=false",
    "sequence.editor=false",
    "core.askPass=false",
    "core.sshCommand=false",
    "credential.helper=",
    "commit.gpgSign=false",
    "tag.gpgSign=false",
    "log.showSignature=false",
    "gpg.program=false",
    "gpg.openpgp.program=false",
    "gpg.ssh.program=false",
    "gpg.x509.program=false",
    "gpg.ssh.defaultKeyCommand=",
    "safe.bareRepository=explicit",
    "protocol.allow=never",
    "protocol.ext.allow=never",
    "submodule.recurse=false",
    "status.submoduleSummary=false",
    "diff.submodule=short",
    "gc.auto=0",
    "maintenance.auto=false",
    "log.mailmap=false",
    "log.showRoot=true",
    # A file beside the objects that git believes without a look at them: it can hide commits and name other parents.
    "core.commitGraph=false",
    "blame.ignoreRevsFile=",
    "i18n.commitEncoding=UTF-8",
    "i18n.logOutputEncoding=UTF-8",
    "color.ui=false",
    # A guessed mail address (user@machine) would be published with the commit.
    "user.useConfigOnly=true",
)
# Files that git reads beside its configuration, for a repository that must not depend on the machine.
_NOTHING_OF_THE_USER: Final = (
    f"core.attributesFile={os.devnull}",
    f"core.excludesFile={os.devnull}",
    "core.autocrlf=false",
    "core.eol=lf",
)
_ENVIRONMENT: Final[Mapping[str, str]] = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ASKPASS": "false",
    "GIT_DISABLE_UNTRACKED_CACHE": "1",
    "GIT_EDITOR": "false",
    # There is none at such a path, and so the repository's own does not count; it could name other parents.
    "GIT_GRAFT_FILE": f"{os.devnull}/none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_SEQUENCE_EDITOR": "false",
    "GIT_TERMINAL_PROMPT": "0",
    "SSH_ASKPASS": "false",
}
_WHO: Final = frozenset(f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL", "DATE"))
_CONFIGURED_BY: Final = frozenset({"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_EXEC_PATH"})
"""With _WHO, the variables that say who the user is and how git is set up for them; every other GIT_ one is dropped."""
_EMPTY: Final = "REVIEWTUI_EMPTY"


def run(
    root: Path,
    *args: str,
    stdin: bytes | None = None,
    timeout: float = TIME_LIMIT,
    ok: tuple[int, ...] = (0,),
    settings: tuple[str, ...] = (),
    alone: bool = False,
) -> bytes:
    """What `git ARGS` prints in the repository whose root is `root`; no hook, filter, driver or helper program starts.

    Args:
        args: a command of git and its arguments; names that are not UTF-8 as surrogate escapes.
        stdin: what the command reads; nothing where it is None.
        timeout: seconds after which the command is killed.
        ok: the exit statuses that are no error.
        settings: `name=value` each, for this command only.
        alone: nothing of the user's configuration and identity is used.

    Raises:
        GitError: git is missing, refused, failed or took too long.
    """
    command = _COMMANDS[args[0]]
    line = _line(root, args, command, settings, alone)
    if command.filters:
        line[1:1] = _without_filters(root, timeout, alone)
    environment = {**_ENVIRONMENT, _EMPTY: "", "GIT_CEILING_DIRECTORIES": str(root.parent)}
    environment["GIT_LITERAL_PATHSPECS"] = "1" if command.literal else "0"
    if alone:
        environment |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_ATTR_NOSYSTEM": "1"}
    kept = environment.keys() | _CONFIGURED_BY | (frozenset() if alone else _WHO)
    dropped = [variable for variable in os.environ if variable.startswith("GIT_") and variable not in kept]
    from git.exc import GitCommandError

    try:
        status, output, errors = _execute(root, _without(dropped, line), environment, stdin, timeout)
    except (OSError, ValueError, GitCommandError) as error:
        raise GitError(f"git {args[0]} could not be started: {error}") from error
    if errors.startswith("Timeout: "):
        raise GitError(
            f"git {args[0]} was stopped after {timeout:g} seconds: look into the repository's .git/config "
            "for a file that never ends, or try again when the machine is less busy"
        )
    if status not in ok and not root.is_dir():
        raise GitError(f"{root} is no longer there")
    if status not in ok:
        raise GitError(_in_words(root, args[0], status, errors))
    return output


def _line(root: Path, args: tuple[str, ...], command: _Command, settings: tuple[str, ...], alone: bool) -> list[str]:
    """The whole command line; git itself finds the repository, because only then does it check who owns it."""
    line = [_git().GIT_PYTHON_GIT_EXECUTABLE or "git", "--no-pager", "--no-optional-locks", "--no-replace-objects"]
    # GitPython starts git here or, when the folder has just gone, wherever the program is; this fails instead.
    line += ("-C", str(root))
    for setting in (*_SETTINGS, *(_NOTHING_OF_THE_USER if alone else ()), *settings):
        line += ("-c", setting)
    if command.in_tree:
        line.append(f"--work-tree={root}")
    return [*line, args[0], *command.switches, *args[1:]]


def _without_filters(root: Path, timeout: float, alone: bool) -> Iterator[str]:
    """Switches that turn off every configured filter by its name; there is none that turns off all."""
    keys = run(
        root, "config", "-z", "--name-only", "--get-regexp", r"^filter\.", timeout=timeout, ok=(0, 1), alone=alone
    )
    for name in sorted({key[: key.rfind(".")] for key in os.fsdecode(keys).split("\0") if key.count(".") > 1}):
        for part in ("clean", "smudge", "process"):
            # `-c` ends a name at its first `=`, this at the last one.
            yield f"--config-env={name}.{part}={_EMPTY}"
        yield f"--config-env={name}.required={_EMPTY}"


def _execute(
    root: Path,
    line: list[str],
    environment: Mapping[str, str],
    stdin: bytes | None,
    timeout: float,
) -> tuple[int, bytes, str]:
    """Exit status, output and error text of the command."""
    with tempfile.TemporaryFile() as source:
        if stdin is not None:
            source.write(stdin)
            source.seek(0)
        return _git()(root).execute(
            line,
            source if stdin is not None else None,
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
            kill_after_timeout=timeout,
            env=environment,
        )


def _without(dropped: list[str], line: list[str]) -> list[str]:
    """The command line, started without these variables; GitPython itself can only add to the environment."""
    if not dropped:
        return line
    return [_program("env"), *(part for variable in dropped for part in ("-u", variable)), *line]


def _git() -> "type[Git]":
    """GitPython, imported on first use because that takes longer than opening a repository."""
    # Found once and by its full path, or a PATH with `.` in it would let the reviewed tree bring a git of its own.
    os.environ.setdefault("GIT_PYTHON_GIT_EXECUTABLE", _program("git"))
    try:
        from git.cmd import Git
    except ImportError as error:
        raise GitError(f"git cannot be used: {_first_words(str(error))}") from error
    return Git


def _program(name: str) -> str:
    """The full path of a program of the system."""
    folders = [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if Path(folder).is_absolute()]
    found = shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        raise GitError(f"{name} is not installed, or not on the PATH: install git and start again")
    return found


def _in_words(root: Path, name: str, status: int, errors: str) -> str:
    """What went wrong and what to do, from what git printed in English."""
    if "dubious ownership" in errors or "unsafe repository" in errors:
        return (
            f"git does not touch {root} because it belongs to another user. If you trust where it came from: "
            f"git config --global --add safe.directory {shlex.quote(str(root))}"
        )
    if "auto-detection is disabled" in errors or "empty ident name" in errors or "tell me who you are" in errors:
        return (
            "git does not know who you are. Tell it once: git config --global user.name 'Your Name' "
            "and git config --global user.email you@example.org"
        )
    if ".lock': File exists" in errors:
        return (
            f"another git program is at work in {root}: try again when it has ended. "
            f"If there is none, delete what a crashed one left behind. {_first_words(errors)}"
        )
    return f"git {name} failed: {_first_words(errors) or f'it ended with status {status}'}"


def _first_words(errors: str) -> str:
    """The line that says what is wrong, without advice and progress."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    chosen = next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[0] if lines else "")
    return chosen.removeprefix("fatal: ").removeprefix("error: ")[:_MESSAGE_LIMIT]
