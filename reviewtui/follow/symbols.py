"""Every function, class, method and constant of a repository by name, told by how lines begin.

No file is parsed, so that a large repository takes seconds; strings of Python are not mistaken for code.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from reviewtui.text.source import decode

SIZE_LIMIT: Final = 2_000_000
"""Bytes of a file that is looked through."""
_MOST: Final = 20_000
"""So many symbols of one file."""
_LINE: Final = 2000
"""A file with a longer line (characters) is minified or data."""
_ENDS: Final = frozenset(
    (
        *("py", "pyi", "pyw", "js", "jsx", "ts", "tsx", "mjs", "cjs", "vue", "svelte", "go", "rs", "java", "kt", "kts"),
        *("scala", "cs", "php", "rb", "c", "h", "cc", "cpp", "hpp", "swift", "lua", "ex", "exs", "html", "htm", "xml"),
        *("jinja", "jinja2", "j2", "djt", "graphql", "proto", "dart", "sh"),
    )
)
_PYTHON: Final = re.compile(
    r"(?P<skip>'''(?:[^\\]|\\.)*?'''|\"\"\"(?:[^\\]|\\.)*?\"\"\"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*)"
    r"|^(?P<indent>[ \t]*)(?:async[ \t]+)?(?P<kind>def|class)[ \t]+(?P<name>\w+)"
    r"|^(?P<constant>[A-Za-z_]\w*)[ \t]*(?::[^=\n]{1,100})?=(?!=)",
    re.MULTILINE | re.DOTALL,
)
_OTHER: Final = re.compile(
    r"^(?P<indent>[ \t]*)(?:(?:export|default|public|private|protected|internal|static|abstract|final|async|pub|open"
    r"|override|readonly|declare|unsafe)[ \t]+)*"
    r"(?:(?P<kind>function\*?|class|interface|trait|struct|enum|func|fn|def|module|type|object|namespace|record|message"
    r"|service|sub)[ \t]+(?:\([^()\n]{0,200}\)[ \t]*)?|(?P<binding>const|let|var)[ \t]+)(?P<name>[A-Za-z_$][\w$]*)"
    r"|\{%-?[ \t]*(?P<template>block|macro)[ \t]+(?P<part>\w+)",
    re.MULTILINE,
)
_CONTAINERS: Final = frozenset({"class", "interface", "trait", "struct", "object", "namespace", "module"})


@dataclass(frozen=True, slots=True)
class Symbol:
    """Something that has a name."""

    name: str
    qualified: str
    kind: str
    path: str
    line: int


def is_indexed(path: str) -> bool:
    """Whether a file is of a language that is looked through."""
    return path.rpartition(".")[2].lower() in _ENDS


def symbols_of(path: str, data: bytes) -> list[Symbol]:
    """The symbols of a file in the order of their lines."""
    if len(data) > SIZE_LIMIT or not is_indexed(path):
        return []
    source = decode(data, path)
    if source.is_binary or max(map(len, source.lines), default=0) > _LINE:
        return []
    text = "\n".join(source.lines)
    found = list(_symbols(path, text))
    return found[:_MOST]


def _symbols(path: str, text: str) -> Iterator[Symbol]:
    starts = list(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
    is_python = path.lower().endswith((".py", ".pyi", ".pyw"))
    around: list[tuple[int, str, bool]] = []  # indentation, name, whether it is a class
    for found in (_PYTHON if is_python else _OTHER).finditer(text):
        groups = found.groupdict()
        if groups.get("skip"):
            continue
        line = bisect_right(starts, found.start())
        single = groups.get("constant") or groups.get("part")
        if single:
            kind = groups.get("template") or ("constant" if single.isupper() else "variable")
            yield Symbol(single, single, kind, path, line)
            continue
        name, indent = groups["name"], len((groups["indent"] or "").expandtabs(8))
        kind = groups["kind"] or groups.get("binding") or ""
        if groups.get("binding") and indent:
            continue  # a local name
        while around and around[-1][0] >= indent:
            around.pop()
        qualified = ".".join([*(outer for _, outer, _ in around), name])
        if kind == "def":
            kind = "method" if around and around[-1][2] else "function"
        yield Symbol(name, qualified, kind, path, line)
        if is_python or kind in _CONTAINERS:
            around.append((indent, name, kind in _CONTAINERS))


class Index:
    """All symbols of a repository, found by any part of their names."""

    def __init__(self) -> None:
        self._of_file: dict[str, tuple[int, list[Symbol]]] = {}
        self._rows: list[Symbol] = []
        self._paths: list[tuple[str, str]] = []
        """Files in order, also in small letters."""
        self._names = ""
        self._folded = ""
        self._starts: list[int] = []
        self._is_stale = True

    def __len__(self) -> int:
        """How many symbols are known."""
        return sum(len(symbols) for _, symbols in self._of_file.values())

    def put(self, path: str, data: bytes | None) -> bool:
        """What a file holds now; True where that is news."""
        if data is None:
            self._is_stale = self._is_stale or path in self._of_file
            return self._of_file.pop(path, None) is not None
        mark = hash(data)
        known = self._of_file.get(path)
        if known is not None and known[0] == mark:
            return False
        self._of_file[path] = mark, symbols_of(path, data)
        self._is_stale = True
        return True

    def keep_only(self, paths: Iterable[str]) -> None:
        """Forget files that are gone."""
        for path in self._of_file.keys() - set(paths):
            del self._of_file[path]
            self._is_stale = True

    def named(self, name: str) -> list[Symbol]:
        """Those with exactly this name."""
        self._warm()
        return [self._rows[row] for row in self._matching(self._names, f"\n{name}\n", 1, 2000)]

    def find(self, query: str, most: int = 300) -> list[Symbol]:
        """The symbols that hold every word, best first: the name itself, its beginning, any part, the path."""
        self._warm()
        words = query.split()
        if not words:
            return self._rows[:most]
        is_exact = query != query.lower()
        words = words if is_exact else [word.lower() for word in words]
        names = self._names if is_exact else self._folded
        best: dict[int, None] = {}
        for before, after in (("\n", "\n"), ("\n", ""), ("", "")):
            for word in sorted(words, key=len, reverse=True)[: 1 if len(words) == 1 else 2]:
                rows = self._matching(names, f"{before}{word}{after}", len(before), 20 * most)
                rows = [row for row in rows if row not in best and self._holds(row, words, is_exact=is_exact)]
                rows.sort(key=lambda row: (len(self._rows[row].name), row))
                best |= dict.fromkeys(rows[:most])
            if len(best) >= most:
                break
        if len(best) < most:
            best |= dict.fromkeys(self._by_path(words, is_exact=is_exact, most=most - len(best)))
        return [self._rows[row] for row in list(best)[:most]]

    def _by_path(self, words: list[str], *, is_exact: bool, most: int) -> list[int]:
        """Those whose path or names around hold the words; a look at each file first."""
        found: list[int] = []
        row = 0
        for path, folded in self._paths:
            symbols = self._of_file[path][1]
            where = path if is_exact else folded
            if len(words) > 1 or words[0] in where:
                rest = [word for word in words if word not in where]
                for number, symbol in enumerate(symbols, row):
                    text = symbol.qualified if is_exact else symbol.qualified.lower()
                    if all(word in text for word in rest):
                        found.append(number)
                        if len(found) >= most:
                            return found
            row += len(symbols)
        return found

    def _holds(self, row: int, words: list[str], *, is_exact: bool) -> bool:
        if len(words) == 1:
            return True
        symbol = self._rows[row]
        text = f"{symbol.path} {symbol.qualified}"
        text = text if is_exact else text.lower()
        return all(word in text for word in words)

    def _matching(self, names: str, wanted: str, shift: int, most: int) -> list[int]:
        """The rows in whose names a text is, at most so many."""
        found: list[int] = []
        at = names.find(wanted)
        while at >= 0 and len(found) < most:
            row = bisect_right(self._starts, at + shift) - 1
            found.append(row)
            following = self._starts[row + 1] - 1 if row + 1 < len(self._starts) else len(names)
            at = names.find(wanted, following)
        return found

    def _warm(self) -> None:
        """Lay all names in a row, so that looking through them is one search."""
        if not self._is_stale:
            return
        self._paths = [(path, path.lower()) for path in sorted(self._of_file)]
        self._rows = [symbol for path, _ in self._paths for symbol in self._of_file[path][1]]
        self._names = "\n" + "".join(f"{symbol.name}\n" for symbol in self._rows)
        folded = self._names.lower()
        self._folded = folded if len(folded) == len(self._names) else self._names
        self._starts = list(accumulate((len(symbol.name) + 1 for symbol in self._rows), initial=1))
        self._is_stale = False
