"""Which paths are meant: globs as ripgrep takes them with `-g`, written one after the other in a line.

`*.py` is any file of that name wherever it lies; `src/*.py` and `/setup.py` begin at the root; `**` stands for any
number of folders; a pattern that fits a folder, `tests` or `tests/`, fits all that is in it; `!` in front leaves out.
The last that fits decides. Where one includes, only what one includes is searched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

from reviewtui.errors import ReviewTuiError

_MOST: Final = 64
"""Patterns that the braces of one may stand for."""
_WORD: Final = re.compile(r"(?:\\.|[^\s\\])+|\\$")
_INNER_BRACES: Final = re.compile(r"(?<!\\)\{((?:\\.|[^{}\\])*)\}")
_COMMA: Final = re.compile(r"((?:\\.|[^,\\])*)(?:,|$)")
_ANY: Final = "(?:[^/]+/)*?"
"""Folders, as few as possible."""


class BadGlobError(ReviewTuiError):
    """A glob that cannot be understood; the message says which."""


@dataclass(frozen=True, slots=True)
class Globs:
    """Globs in the order in which they were written; made by `parse`."""

    text: str
    rules: tuple[tuple[bool, re.Pattern[str]], ...] = ()
    """Whether it includes, and what it fits."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """The globs of a line; none fits everything.

        Raises:
            BadGlobError: one is no glob.
        """
        rules = []
        for word in _WORD.findall(text):
            includes = not word.startswith("!")
            pattern = word if includes else word[1:]
            rules.append((includes, one_glob(pattern)))
        return cls(text, tuple(rules))

    def fits(self, path: str) -> bool:
        """Whether the file is meant."""
        answer = not any(includes for includes, _ in self.rules)
        for includes, expression in self.rules:
            if expression.fullmatch(path):
                answer = includes
        return answer


def one_glob(pattern: str) -> re.Pattern[str]:
    """What fits the whole paths that one glob fits; blanks and `!` in it are nothing but letters.

    Raises:
        BadGlobError: it is no glob.
    """
    if not pattern.strip("/"):
        raise BadGlobError(f"{pattern!r} is no glob: write *.py, src/**/*.html or tests/")
    return re.compile("|".join(map(_regex, _expanded(pattern))), re.DOTALL)


def _expanded(pattern: str) -> list[str]:
    """The patterns without braces that one stands for."""
    done: list[str] = []
    waiting = [pattern]
    while waiting:
        one = waiting.pop(0)
        braces = _INNER_BRACES.search(one)
        if braces is None:
            done.append(one)
        else:
            inner = [part for part, end in _parts(braces[1])]
            waiting += [one[: braces.start()] + part + one[braces.end() :] for part in inner]
        if len(done) + len(waiting) > _MOST:
            raise BadGlobError(f"{pattern!r} stands for more than {_MOST} globs: write fewer braces")
    return done


def _parts(text: str) -> Iterator[tuple[str, int]]:
    """What stands between the commas, with where it ends."""
    at = 0
    while at <= len(text):
        found = _COMMA.match(text, at)
        if found is None:
            return
        yield found[1], found.end(1)
        at = found.end(1) + 1


def _regex(pattern: str) -> str:
    """The expression that fits the same whole paths.

    Every star but the last of a name takes as little as it can and never gives back, and so do folders: what follows is
    found just as well from its first place, and no name can make the match slow.
    """
    only_folder = pattern.endswith("/")
    body = pattern.strip("/")
    anchored = "/" in pattern.rstrip("/")
    names = [name for name in body.split("/") if name]
    groups: list[str] = []
    group: list[str] = []
    floating = not anchored
    opening = [floating]
    for name in names:
        if name == "**":
            groups.append("/".join(group))
            opening.append(True)
            group = []
        else:
            group.append(_name(name))
    groups.append("/".join(group))
    expression = ""
    for index, (floats, names_of) in enumerate(zip(opening, groups, strict=True)):
        if not names_of:
            continue
        is_last = not any(groups[index + 1 :])
        piece = (_ANY if floats else "") + names_of
        expression += piece if is_last else f"(?>{piece}/)"
    ends_open = bool(names) and names[-1] == "**"
    if not expression:
        return ".+"
    if ends_open or only_folder:
        return f"{expression}/.+"
    return f"{expression}(?:/.+)?"


def _name(name: str) -> str:
    """The expression for one part of a path."""
    chunks: list[str] = [""]
    at = 0
    while at < len(name):
        char = name[at]
        at += 1
        if char == "*":
            chunks.append("")
        elif char == "?":
            chunks[-1] += "[^/]"
        elif char == "\\" and at < len(name):
            chunks[-1] += re.escape(name[at])
            at += 1
        elif char == "[":
            expression, at = _class(name, at)
            chunks[-1] += expression
        else:
            chunks[-1] += re.escape(char)
    if len(chunks) == 1:
        return chunks[0]
    middle = "".join(f"(?>[^/]*?{chunk})" for chunk in chunks[1:-1] if chunk)
    return f"{chunks[0]}{middle}[^/]*{chunks[-1]}"


def _class(name: str, at: int) -> tuple[str, int]:
    """The expression for a class of characters that begins before `at`, and where it ends."""
    start = at
    negated = name[at : at + 1] in ("!", "^")
    at += negated
    end = name.find("]", at + 1)
    if end < 0:
        raise BadGlobError(f"{name!r} has a [ without its ]; write \\[ for the bracket itself")
    inner = re.sub(r"([\\\[\]^&~|])", r"\\\1", name[start + negated : end])
    expression = f"(?!/)[{'^' if negated else ''}{inner}]"
    try:
        re.compile(expression)
    except re.error as error:
        raise BadGlobError(f"{name!r} has a class that cannot be read: {error}") from error
    return expression, end + 1
