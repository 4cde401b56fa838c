"""Where an item of a checklist could be answered with no: its patterns laid over one file."""

import fnmatch
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reviewtui.model.checklist import Candidate, Item, Pattern
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.scan.calls import Call, calls, without_builtins
from reviewtui.text.literals import Alternatives, LineIndex, needed_literals

LINE_LIMIT: Final = 1_000
"""Characters of a line that regular expressions see."""
CANDIDATE_LIMIT: Final = 200
"""Candidates of one item in one file; the last one says how many more there are."""

_CODE_LENGTH: Final = 200
# A word that may be called: by brackets (in brackets itself, or on the next line), as a decorator, or by another name.
_CALLABLE: Final = re.compile(r"(\w+)[ \t\f]*(?:[(#)\\\n]|as\b|\Z)")
_PYTHON_ENDS: Final = (".py", ".pyw", ".pyi")


def find_candidates(items: Iterable[Item], path: RepoPath, lines: Sequence[str]) -> tuple[Candidate, ...]:
    """The candidates of all `items` in one file, in the order of its lines."""
    return PatternSet((item.id, pattern) for item in items for pattern in item.patterns).find(path, lines)


class PatternSet:
    """Patterns of many items, prepared once for many files."""

    def __init__(self, patterns: Iterable[tuple[str, Pattern]]) -> None:
        self._prepared = tuple(_Prepared.of(item, pattern) for item, pattern in patterns)
        self._places = {one.pattern.where: _where(one.pattern.where) for one in self._prepared}

    def applies(self, path: RepoPath) -> bool:
        """Whether any pattern looks into files of this name."""
        return bool(self._fitting(path))

    def find(self, path: RepoPath, lines: Sequence[str]) -> tuple[Candidate, ...]:
        """The candidates in one file, in the order of its lines; one for each item and line, the suspicious one."""
        fitting = self._fitting(path)
        if not fitting or not lines:
            return ()
        best: dict[tuple[str, int], Candidate] = {}
        for one, span in (*_regex_matches(fitting, lines), *_call_matches(fitting, path, lines)):
            code = lines[span.start - 1].strip()[:_CODE_LENGTH]
            candidate = Candidate(one.item, path, span, code, one.pattern.note, one.pattern.suspicious)
            known = best.get((one.item, span.start))
            if known is None or _rank(candidate) > _rank(known):
                best[one.item, span.start] = candidate
        return tuple(_limited(best.values()))

    def _fitting(self, path: RepoPath) -> "list[_Prepared]":
        fits = {where: place.match(path) is not None for where, place in self._places.items()}
        return [one for one in self._prepared if fits[one.pattern.where]]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A pattern with what need not be computed again for every file."""

    item: str
    pattern: Pattern
    regex: re.Pattern[str] | None
    needed: Alternatives | None
    names: frozenset[str]
    """Whole dotted names of calls."""
    attributes: tuple[str, ...]
    """`.name` for every `*.name`."""
    without: frozenset[str]

    @classmethod
    def of(cls, item: str, pattern: Pattern) -> "_Prepared":
        return cls(
            item,
            pattern,
            re.compile(pattern.regex) if pattern.regex else None,
            needed_literals(pattern.regex) if pattern.regex else None,
            frozenset(without_builtins(name) for name in pattern.call if not name.startswith("*.")),
            tuple(name[1:] for name in pattern.call if name.startswith("*.")),
            frozenset(pattern.without),
        )

    def matches(self, call: Call) -> bool:
        if not any(name in self.names or name.endswith(self.attributes) for name in call.names):
            return False
        return not self.without or not (call.has_more_keywords or self.without <= call.keywords)

    def last_names(self, text: str, callable_words: frozenset[str]) -> set[str]:
        """How the calls that it looks for may end in `text`; none where some part of their names is not in it."""
        found = {name for attribute in self.attributes if (name := attribute[1:]) in callable_words}
        for dotted in self.names:
            *modules, name = dotted.split(".")
            if name in callable_words and all(module in text for module in modules):
                found.add(name)
        return found


def _where(globs: Iterable[str]) -> re.Pattern[str]:
    """Matches a path whose name, or where a glob has a slash whose end from any folder on, is what one of them says."""
    ends = (fnmatch.translate(glob) if "/" in glob else rf"(?=[^/]*\Z){fnmatch.translate(glob)}" for glob in globs)
    return re.compile("|".join(f"(?s:.*/)?{end}" for end in ends) or r"(?!)")


def _regex_matches(fitting: Sequence[_Prepared], lines: Sequence[str]) -> Iterator[tuple[_Prepared, LineSpan]]:
    cut = [line[:LINE_LIMIT] for line in lines]
    index = LineIndex(cut)
    for one in fitting:
        if one.regex is not None:
            search = one.regex.search
            for row in index.rows(one.needed):
                if search(cut[row]):
                    yield one, LineSpan(row + 1, row + 1)


def _call_matches(
    fitting: Sequence[_Prepared], path: RepoPath, lines: Sequence[str]
) -> Iterator[tuple[_Prepared, LineSpan]]:
    if not path.endswith(_PYTHON_ENDS):
        return
    text = "\n".join(lines)
    # Parsing costs more than all the rest. Names count as Python reads them: full-width letters are plain ones.
    normal = text if text.isascii() else unicodedata.normalize("NFKC", text)
    words = frozenset(_CALLABLE.findall(normal))
    looking = [(one, last_names) for one in fitting if (last_names := one.last_names(normal, words))]
    if looking:
        for call in calls(text, frozenset().union(*(last_names for _, last_names in looking))):
            for one, _ in looking:
                if one.matches(call):
                    yield one, call.span


def _rank(candidate: Candidate) -> tuple[bool, int]:
    return (candidate.suspicious, candidate.span.count)


def _limited(candidates: Iterable[Candidate]) -> list[Candidate]:
    """At most CANDIDATE_LIMIT of each item, suspicious ones before others; the last one tells what is left out."""
    of_item: dict[str, list[Candidate]] = {}
    for candidate in sorted(candidates, key=lambda c: c.order):
        of_item.setdefault(candidate.item, []).append(candidate)
    kept: list[Candidate] = []
    for found in of_item.values():
        kept += found[:CANDIDATE_LIMIT]
        left_out = len(found) - CANDIDATE_LIMIT
        if left_out > 0:
            kept[-1] = replace(kept[-1], note=f"{kept[-1].note} ({left_out} more in this file)".strip())
    return sorted(kept, key=lambda c: (c.span.start, c.item))
