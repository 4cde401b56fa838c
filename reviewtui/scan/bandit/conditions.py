"""Which of Bandit's tests can say anything of a call or a string at all: the others are not run on it.

Each condition is one that the code of the test itself asks first, for Bandit 1.9.4 and its default settings; a test
that is not known here, or whose settings are others, is always run.
"""

import ast
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

VERSION: Final = "1.9.4"
"""Of the Bandit whose tests these conditions are about."""

_WEB: Final = frozenset({"B113", "B501"})
_WEB_ROOTS: Final = ("requests.", "httpx.")
_SHELL: Final = frozenset({"B602", "B603", "B605", "B606", "B607", "B609"})
_DOWNLOADS: Final = ("from_pretrained", "load_dataset", "hf_hub_download", "snapshot_download", "repository_id")
_MARKED: Final = ("mark_safe", "SafeText", "SafeUnicode", "SafeString", "SafeBytes")
_LAST_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "B102": ("exec",),
    "B201": ("run",),
    "B324": ("md4", "md5", "sha", "sha1", "new", "crypt", "mksalt"),
    "B504": ("wrap_socket",),
    "B505": ("generate_private_key", "generate"),
    "B506": ("load",),
    "B507": ("set_missing_host_key_policy",),
    "B508": ("CommunityData",),
    "B509": ("UsmUserData",),
    "B601": ("exec_command",),
    "B610": ("extra",),
    "B611": ("RawSQL",),
    "B612": ("listen",),
    "B614": ("load",),
    "B615": _DOWNLOADS,
    "B701": ("Environment",),
    "B702": ("Template",),
    "B703": _MARKED,
    "B704": ("Markup",),
}
"""Test to the last parts of the names of all calls that it can report."""
_IN_NAMES: Final = {"B103": "chmod", "B202": "extractall"}
"""Test to what the last part of the name has in it."""
_KEYWORDS: Final = {"B502": ("method", "ssl_version"), "B604": ("shell",)}
"""Test to the keywords of which the call has one."""
_IMPORTERS: Final = frozenset({"__import__", "import_module"})
_BLACKLIST: Final = "B001"


class Test(NamedTuple):
    """One of Bandit's tests."""

    function: Callable[..., Any]
    """Takes a context, and its settings where it has some; an issue or None."""
    id: str
    name: str
    settings: tuple[Any, ...]
    """What it takes besides the context."""

    @classmethod
    def of(cls, function: Any) -> "Test":
        """As Bandit's own tester looks at a function."""
        settings = (function._config,) if hasattr(function, "_config") else ()  # noqa: SLF001 (Bandit's way)
        return cls(function, function._test_id, function.__name__, settings)  # noqa: SLF001 (the same)


class CallConditions:
    """Which of the tests for calls are run on which call."""

    def __init__(self, tests: Iterable[Test]) -> None:
        self._tests = tuple(tests)
        self._all = (1 << len(self._tests)) - 1
        self._always = 0
        self._by_name: dict[str, int] = {}
        self._by_part: list[tuple[str, int]] = []
        self._by_keyword: dict[str, int] = {}
        self._by_whole_name: dict[str, int] = {}
        self._web = self._password = 0
        for number, test in enumerate(self._tests):
            self._add(test, 1 << number)
        self._chosen: dict[int, tuple[Test, ...]] = {}

    def tests_for(self, node: ast.Call, whole_name: str) -> tuple[Test, ...]:
        """The tests that may report this call, or fail on it, in their order."""
        name = whole_name.rpartition(".")[2]
        mask = self._always | self._by_name.get(name, 0) | self._by_whole_name.get(whole_name, 0)
        for part, bit in self._by_part:
            if part in name:
                mask |= bit
        if whole_name.startswith(_WEB_ROOTS):
            mask |= self._web
        for argument in node.args:
            if argument.__class__ in _MAY_HOLD_SETS and _holds_set(argument):
                mask = self._all
        for keyword in node.keywords:
            argument, word = keyword.value, keyword.arg
            if argument.__class__ is ast.Constant:
                if argument.value.__class__ is str and (word is None or is_secret(word)):
                    mask |= self._password
            elif argument.__class__ in _MAY_HOLD_SETS and _holds_set(argument):
                mask = self._all
            if word in self._by_keyword:
                mask |= self._by_keyword[word]
        return self._of(mask) if mask else ()

    def _of(self, mask: int) -> tuple[Test, ...]:
        if mask not in self._chosen:
            self._chosen[mask] = tuple(test for number, test in enumerate(self._tests) if mask >> number & 1)
        return self._chosen[mask]

    def _add(self, test: Test, bit: int) -> None:
        if test.id == _BLACKLIST and (names := _blacklisted(test)) is not None:
            for name in names:
                self._by_whole_name[name] = self._by_whole_name.get(name, 0) | bit
            self._add_names(_IMPORTERS, bit)
        elif test.settings and not has_default_settings(test):
            self._always |= bit
        elif test.id in _LAST_NAMES:
            self._add_names(_LAST_NAMES[test.id], bit)
        elif test.id in _SHELL:
            (settings,) = test.settings
            self._add_names((name.rpartition(".")[2] for names in settings.values() for name in names), bit)
        elif test.id in _IN_NAMES:
            self._by_part.append((_IN_NAMES[test.id], bit))
        elif test.id in _KEYWORDS:
            for word in _KEYWORDS[test.id]:
                self._by_keyword[word] = self._by_keyword.get(word, 0) | bit
        elif test.id in _WEB:
            self._web |= bit
        elif test.id == "B106":
            self._password |= bit
        else:
            self._always |= bit

    def _add_names(self, names: Iterable[str], bit: int) -> None:
        for name in names:
            self._by_name[name] = self._by_name.get(name, 0) | bit


class StringConditions:
    """Which of the tests for strings are run on which string."""

    def __init__(self, tests: Iterable[Test]) -> None:
        self._tests = tuple(tests)
        self._conditions = tuple(self._condition(test) for test in self._tests)

    def tests_for(self, node: ast.Constant, parent: ast.AST) -> list[Test]:
        """The tests that may report this string, in their order."""
        return [
            test
            for test, condition in zip(self._tests, self._conditions, strict=True)
            if condition is None or condition(node, parent)
        ]

    @staticmethod
    def _condition(test: Test) -> Callable[[ast.Constant, ast.AST], bool] | None:
        if test.id == "B108":
            return _is_temporary if has_default_settings(test) else None
        return {"B104": _is_everywhere, "B105": _may_be_password, "B608": _may_be_query}.get(test.id)


def blacklisted_starts(test: Test, kind: str) -> tuple[str, ...] | None:
    """What an imported name begins with if the blacklist names it; None where that cannot be told."""
    try:
        (settings,) = test.settings
        names = tuple(name for check in settings[kind] for name in check["qualnames"])
    except (ValueError, KeyError, TypeError):
        return None
    return names if all(isinstance(name, str) for name in names) else None


def has_default_settings(test: Test) -> bool:
    """Whether nobody has configured it."""
    if not test.settings:
        return True
    takes = getattr(test.function, "_takes_config", None)
    module = sys.modules[test.function.__module__]
    return takes is not None and bool(test.settings[0] == module.gen_config(takes))


@lru_cache(maxsize=16384)
def is_secret(word: str) -> bool:
    """Whether Bandit takes it for the name of a password."""
    from bandit.plugins.general_hardcoded_password import RE_CANDIDATES

    return RE_CANDIDATES.search(word) is not None


_MAY_HOLD_SETS: Final = frozenset({ast.Set, ast.List, ast.Tuple})


def _holds_set(node: ast.expr) -> bool:
    """Whether Bandit makes a set of it, which fails where something in it cannot be in one."""
    if isinstance(node, ast.List | ast.Tuple):
        return any(map(_holds_set, node.elts))
    return isinstance(node, ast.Set)


def _blacklisted(test: Test) -> frozenset[str] | None:
    names = blacklisted_starts(test, "Call")
    return None if names is None else frozenset(names)


def _is_everywhere(node: ast.Constant, _parent: ast.AST) -> bool:
    return node.value == "0.0.0.0"  # noqa: S104 (what is looked for)


def _is_temporary(node: ast.Constant, _parent: ast.AST) -> bool:
    return str(node.value).startswith(("/tmp", "/var/tmp", "/dev/shm"))  # noqa: S108 (what is looked for)


def _may_be_password(node: ast.Constant, parent: ast.AST) -> bool:
    kind = parent.__class__
    if kind is ast.Assign or kind is ast.Compare:
        return True
    return (kind is ast.Dict or kind is ast.Subscript) and is_secret(str(node.value))


def _may_be_query(node: ast.Constant, parent: ast.AST) -> bool:
    kind = parent.__class__
    if kind is ast.BinOp:
        return True
    if isinstance(parent, ast.Attribute):
        return parent.attr in ("format", "replace")
    if isinstance(parent, ast.JoinedStr):
        strings = (one for one in parent.values if isinstance(one, ast.Constant) and isinstance(one.value, str))
        return next(strings, None) is node
    return False
