"""Colours of source text: Pygments' tokens as spans per line, in batches or for a window of lines."""

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from itertools import accumulate
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from reviewtui.text.kinds import KINDS, Span, Spans, TokenKind
from reviewtui.text.python_strings import PythonStrings

if TYPE_CHECKING:
    from pygments.lexer import Lexer


__all__ = ["LINE_LIMIT", "SIZE_LIMIT", "Span", "Spans", "TokenKind", "WindowLexer", "language", "spans", "window_spans"]

LINE_LIMIT: Final = 20_000
"""A file with a longer line (characters) has no colours: it is data or minified, and would take minutes."""
SIZE_LIMIT: Final = 20_000_000
"""A larger file (characters) has none either."""

_BATCH_LINES: Final = 500
_BATCH_SECONDS: Final = 0.02
_GRACE_SECONDS: Final = 3
_SLOWEST: Final = 20_000
"""Characters a second; a text that goes slower was made for that, and is left plain from there."""
_WHOLE_LIMIT: Final = 500_000
"""Characters for a lexer that gives nothing before it has read all, and cannot be stopped meanwhile."""
_FROM_TOP: Final = 60_000
"""A window that ends before this character is reached from the top of the file at once."""
_AT_ONCE: Final = 150_000
"""No more characters than this are lexed for a window."""
_WINDOW_SECONDS: Final = 0.2
_STEPS_BACK: Final = 100

_WAITS_FOR_A_NAME: Final = re.compile(r"\b(?:def|class|from|import|lazy|match|case)\Z")

_PYTHON: Final = "Python"
_PLAIN_TEXT: Final = "Text only"
_SHEBANG: Final = re.compile(r"#!\s*(?:\S*/)?(?:env\s+(?:-S\s+)?)?([A-Za-z]+)")
_INTERPRETERS: Final = {
    "python": _PYTHON,
    "pypy": _PYTHON,
    **dict.fromkeys(("sh", "bash", "dash", "ash", "ksh", "zsh"), "Bash"),
    "node": "JavaScript",
    "perl": "Perl",
    "php": "PHP",
    "ruby": "Ruby",
    "lua": "Lua",
    "fish": "Fish",
    "tclsh": "Tcl",
    "awk": "Awk",
}
# Where several languages claim an ending, the one a web project most likely means.
_LIKELY: Final = {
    ".h": "C",
    ".hh": "C++",
    ".sql": "SQL",
    ".pl": "Perl",
    ".pm": "Perl",
    ".t": "Perl",
    ".inc": "PHP",
    ".m": "Objective-C",
    ".s": "GAS",
    ".S": "GAS",
    ".v": "verilog",
    ".fs": "F#",
    ".xsl": "XSLT",
    ".xslt": "XSLT",
    ".feature": "Gherkin",
    ".ipynb": "JSON",
    ".mako": "HTML+Mako",
    ".env": "Bash",
}
_TEMPLATE_ENDINGS: Final = (".j2", ".jinja", ".jinja2", ".djt")
_TEMPLATE_MARKS: Final = ("{%", "{{")
_TEMPLATES: Final = {
    "HTML": "HTML+Django/Jinja",
    "XML": "XML+Django/Jinja",
    "CSS": "CSS+Django/Jinja",
    "JavaScript": "JavaScript+Django/Jinja",
    "YAML": "YAML+Jinja",
    "SQL": "SQL+Jinja",
    "": "Django/Jinja",
}
_MARKED_TEMPLATES: Final = ("HTML", "XML")
"""Languages that are templates when they hold a template's marks, whatever the file is called."""


def language(path: str, first_line: str = "") -> str:
    """The name of the language of a file, told by its name or else its first line; empty where none is known."""
    name = path.rpartition("/")[2]
    if name.endswith((".py", ".pyi", ".pyw")):
        return _PYTHON
    for ending in _TEMPLATE_ENDINGS:
        if name.endswith(ending):
            return _TEMPLATES.get(_by_name(name.removesuffix(ending)), _TEMPLATES[""])
    found = _by_name(name) or _by_shebang(first_line)
    return _TEMPLATES[found] if found in _MARKED_TEMPLATES and _is_template((first_line,)) else found


def spans(path: str, lines: Sequence[str], should_stop: Callable[[], bool]) -> Iterator[tuple[int, list[Spans]]]:
    """The spans of every line, as batches of (first row, spans of the lines from there on), in order from row 0.

    A batch comes after some hundred lines or hundredths of a second, whichever is first. Nothing comes for a file
    without a known language, beyond LINE_LIMIT or SIZE_LIMIT, and nothing more after `should_stop` said so.
    """
    lexer = _lexer_for(path, lines)
    if lexer is None:
        return
    spent = 0.0
    batch_began = perf_counter()
    batch: list[Spans] = []
    row = size = 0
    for row, line in enumerate(_by_line(lexer, "\n".join(lines) + "\n", map(len, lines)), 1):
        batch.append(line)
        now = perf_counter()
        if len(batch) >= _BATCH_LINES or now - batch_began >= _BATCH_SECONDS:
            if should_stop():
                return
            yield row - len(batch), batch
            spent += now - batch_began
            size += sum(map(len, lines[row - len(batch) : row]))
            if spent > _GRACE_SECONDS + size / _SLOWEST:
                return
            batch = []
            batch_began = perf_counter()
    if batch and not should_stop():
        yield row - len(batch), batch


def window_spans(path: str, lines: Sequence[str], first_row: int, last_row: int) -> list[Spans] | None:
    """The spans of the rows from `first_row` to `last_row`, both included, equal to those of the whole file.

    None where they cannot be told at once: the lines before them would have to be lexed too.
    """
    return WindowLexer(path, lines).spans(first_row, last_row)


class WindowLexer:
    """Lexes windows of one text: near its top or, in Python, anywhere; what one jump found out is kept for the next."""

    def __init__(self, path: str, lines: Sequence[str]) -> None:
        self._lines = lines
        self._lexer = _lexer_for(path, lines)
        self._text = ""
        self._starts: Sequence[int] = ()
        self._strings: PythonStrings | None = None
        if self._lexer is not None:
            self._text = "\n".join(lines) + "\n"
            self._starts = array("L", accumulate((len(line) + 1 for line in lines), initial=0))
            if self._lexer.name == _PYTHON:
                self._strings = PythonStrings(self._text)

    def spans(self, first_row: int, last_row: int) -> list[Spans] | None:
        """As `window_spans`."""
        first_row, last_row = max(0, first_row), min(last_row, len(self._lines) - 1)
        if self._lexer is None:
            return None
        if first_row > last_row:
            return []
        end = self._starts[last_row + 1]
        if end <= _FROM_TOP and (_is_lazy(self._lexer) or len(self._text) <= _FROM_TOP):
            return self._lexed(self._lexer, 0, first_row, last_row, len(self._text))
        cut = self._cut(first_row)
        if cut is None or self._strings is None or end - self._starts[cut] > _AT_ONCE:
            return None
        tail = self._strings.around(end - 1)
        if tail is None:
            return None
        return self._lexed(
            self._lexer, cut, first_row, last_row, self._starts[min(self._row(tail[1]) + 1, len(self._lines))]
        )

    def _lexed(self, lexer: "Lexer", cut: int, first_row: int, last_row: int, end: int) -> list[Spans] | None:
        """The window, lexed from row `cut` on; what comes after the offset `end` does not matter to it."""
        text = self._text[self._starts[cut] : end]
        window = []
        deadline = perf_counter() + _WINDOW_SECONDS
        for row, line in enumerate(_by_line(lexer, text, map(len, self._lines[cut : last_row + 1])), cut):
            if row >= first_row:
                window.append(line)
            if perf_counter() > deadline:
                return None
        return window

    def _cut(self, row: int) -> int | None:
        """The nearest row from this one back at which the lexer stands in nothing that began before; None: unknown."""
        if self._strings is None:
            return None
        for _ in range(_STEPS_BACK):
            around = self._strings.around(self._starts[row])
            if around is None:
                return None
            if around[0] < self._starts[row]:
                row = self._row(around[0])
            elif row and self._runs_on(row - 1):
                row -= 1
            else:
                return row
        return None

    def _runs_on(self, row: int) -> bool:
        """Whether the statement on this row may go on below it in a way that the lexer remembers."""
        while row > 0 and not self._lines[row].strip():
            row -= 1
        line = self._lines[row].rstrip()
        if line.endswith(("\\", ",")):
            return line.endswith("\\") or "import" in line
        return _WAITS_FOR_A_NAME.search(line[-8:]) is not None

    def _row(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1


def _by_line(lexer: "Lexer", text: str, lengths: Iterable[int]) -> Iterator[Spans]:
    """The spans of each line (of these lengths), as soon as the lexer is past it."""
    kinds = _Kinds()
    pool: dict[Span | Spans, Any] = {}  # equal spans and equal lines are many: one of each is kept
    remaining = iter(lengths)
    line_start, line_end = 0, next(remaining, -1)
    line: list[Span] = []
    if line_end < 0:
        return
    for start, token, value in _tokens(lexer, text):
        kind = kinds[token]
        end = start + len(value)
        while end > line_end:
            if kind is not None and start < line_end:
                _add(line, start - line_start, line_end - line_start, kind, pool)
            yield pool.setdefault(whole := tuple(line), whole)
            line = []
            line_start, length = line_end + 1, next(remaining, -1)
            if length < 0:
                return
            line_end = line_start + length
            start = max(start, line_start)
        if kind is not None and start < end:
            _add(line, start - line_start, end - line_start, kind, pool)
    yield tuple(line)
    for _ in remaining:
        yield ()


def _add(line: list[Span], start: int, end: int, kind: TokenKind, pool: dict[Span | Spans, Any]) -> None:
    """Append a span, or make the last one longer; a lexer that goes back gets what is left."""
    if line and line[-1][1] >= start:
        last_start, last_end, last_kind = line[-1]
        if last_kind is kind:
            line.pop()
            start, end = last_start, max(last_end, end)
        else:
            start = last_end
    if start < end:
        span = (start, end, kind)
        line.append(pool.setdefault(span, span))


def _tokens(lexer: "Lexer", text: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
    try:
        yield from lexer.get_tokens_unprocessed(text)
    except Exception:  # noqa: BLE001 -- six hundred lexers on hostile text may raise anything; the rest stays plain
        return


class _Kinds(dict[tuple[str, ...], TokenKind | None]):
    """The kind of each type of token: its own, or that of the nearest type above it."""

    def __missing__(self, token: tuple[str, ...]) -> TokenKind | None:
        above = tuple(token)
        while above not in KINDS:
            above = above[:-1]
        self[token] = KINDS[above]
        return KINDS[above]


def _lexer_for(path: str, lines: Sequence[str]) -> "Lexer | None":
    """The lexer of a file; None where it shall stay plain."""
    if not lines:
        return None
    name = language(path, lines[0])
    size = sum(map(len, lines)) if name else 0
    if not name or size > SIZE_LIMIT or max(map(len, lines)) > LINE_LIMIT:
        return None
    if name in _MARKED_TEMPLATES and _is_template(lines):
        name = _TEMPLATES[name]
    if name == _PYTHON:
        from pygments.lexers.python import PythonLexer

        return PythonLexer()
    from pygments.lexers import find_lexer_class

    found = find_lexer_class(name)
    # A language that a text names for a part of itself would be looked for in every installed plugin, once per part.
    lexer = found(handlecodeblocks=False) if found else None
    return None if lexer and not _is_lazy(lexer) and size > _WHOLE_LIMIT else lexer


def _is_lazy(lexer: "Lexer") -> bool:
    """Whether it gives tokens as it goes, so that the first lines do not cost the whole text."""
    from pygments.lexer import DelegatingLexer

    return not isinstance(lexer, DelegatingLexer)


def _is_template(lines: Sequence[str]) -> bool:
    return any(mark in line for line in lines for mark in _TEMPLATE_MARKS)


def _by_shebang(first_line: str) -> str:
    found = _SHEBANG.match(first_line[:200])
    return _INTERPRETERS.get(found[1], "") if found else ""


@lru_cache(maxsize=256)
def _by_name(name: str) -> str:
    """The language that claims files of this name."""
    ending = name[name.rfind(".") :] if "." in name else ""
    if ending in _LIKELY:
        return _LIKELY[ending]
    endings, patterns = _claims()
    claims = dict.fromkeys(patterns.get(name, ()), 0.5)
    for start, char in enumerate(name):
        if char == ".":
            claims |= dict.fromkeys(endings.get(name[start:], ()), 0.0)
    if not claims:
        claims = {found: 0.0 for pattern, owners in patterns.items() if fnmatchcase(name, pattern) for found in owners}
    if not claims:
        return _by_name(name.lower()) if name != name.lower() else ""
    found = next(iter(claims)) if len(claims) == 1 else max(claims, key=lambda claim: _weight(claim, claims[claim]))
    return "" if found == _PLAIN_TEXT else found


@cache
def _claims() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Languages by ending, and by any other pattern of a file's name."""
    from pygments.lexers import get_all_lexers

    endings: dict[str, list[str]] = {}
    patterns: dict[str, list[str]] = {}
    for name, _, filenames, _ in get_all_lexers(plugins=False):
        for pattern in filenames:
            simple = pattern.startswith("*.") and not set(pattern[1:]) & set("*?[")
            (endings if simple else patterns).setdefault(pattern[simple:], []).append(name)
    return endings, patterns


def _weight(name: str, bonus: float) -> tuple[float, str]:
    """Of several languages the highest wins, as in Pygments."""
    from pygments.lexers import find_lexer_class

    lexer = find_lexer_class(name)
    return (lexer.priority + bonus, lexer.__name__) if lexer else (-1.0, "")
