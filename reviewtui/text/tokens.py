"""Colours of source text: Pygments' tokens as spans per line, from the top of a file on."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from reviewtui.text.kinds import KINDS, Span, Spans, TokenKind

if TYPE_CHECKING:
    from pygments.lexer import Lexer as Lexer


LINE_LIMIT: Final = 20_000
"""A file with a longer line (characters) has no colours: it is data or minified, and would take minutes."""
SIZE_LIMIT: Final = 20_000_000
"""A larger file (characters) has none either."""

_FIRST_BATCH: Final = (100, 0.01)
"""Lines or seconds after which the first batch comes; each next one is twice as large, up to the last."""
_LAST_BATCH: Final = (6400, 0.16)
_GRACE_SECONDS: Final = 3
_SLOWEST: Final = 20_000
"""Characters a second; a text that goes slower was made for that, and is left plain from there."""
PYTHON: Final = "Python"
_PLAIN_TEXT: Final = "Text only"
_SHEBANG: Final = re.compile(r"#!\s*(?:\S*/)?(?:env\s+(?:-S\s+)?)?([A-Za-z]+)")
_INTERPRETERS: Final = {
    "python": PYTHON,
    "pypy": PYTHON,
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


def is_python(path: str, first_line: str = "") -> bool:
    """Whether a file's name, or else its first line, says that it is Python; the highlighter is not loaded for this."""
    return path.lower().endswith((".py", ".pyi", ".pyw")) or _by_shebang(first_line) == PYTHON


def language(path: str, first_line: str = "") -> str:
    """The name of the language of a file, told by its name or else its first line; empty where none is known."""
    if is_python(path, first_line):
        return PYTHON
    name = path.rpartition("/")[2]
    for ending in _TEMPLATE_ENDINGS:
        if name.endswith(ending):
            return _TEMPLATES.get(_by_name(name.removesuffix(ending)), _TEMPLATES[""])
    found = _by_name(name) or _by_shebang(first_line)
    return _TEMPLATES[found] if found in _MARKED_TEMPLATES and _is_template((first_line,)) else found


def spans(path: str, lines: Sequence[str], should_stop: Callable[[], bool]) -> Iterator[tuple[int, list[Spans]]]:
    """The spans of every line, as batches of (first row, spans of the lines from there on), in order from row 0.

    Nothing comes for a file without a known language, beyond LINE_LIMIT or SIZE_LIMIT, and nothing more after
    `should_stop` said so.
    """
    lexer = _lexer_for(path, lines)
    if lexer is None:
        return
    spent = 0.0
    batch_began = perf_counter()
    most_lines, most_seconds = _FIRST_BATCH
    batch: list[Spans] = []
    row = size = 0
    for row, line in enumerate(by_line(lexer, "\n".join(lines) + "\n", map(len, lines)), 1):
        batch.append(line)
        now = perf_counter()
        if len(batch) >= most_lines or now - batch_began >= most_seconds:
            if should_stop():
                return
            yield row - len(batch), batch
            spent += now - batch_began
            size += sum(map(len, lines[row - len(batch) : row]))
            if spent > _GRACE_SECONDS + size / _SLOWEST:
                return
            most_lines, most_seconds = min(2 * most_lines, _LAST_BATCH[0]), min(2 * most_seconds, _LAST_BATCH[1])
            batch = []
            batch_began = perf_counter()
    if batch and not should_stop():
        yield row - len(batch), batch


def by_line(lexer: "Lexer", text: str, lengths: Iterable[int]) -> Iterator[Spans]:
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
    name = language(path, lines[0]) if lines else ""
    if not name or is_too_large(lines):
        return None
    if name in _MARKED_TEMPLATES and _is_template(lines):
        name = _TEMPLATES[name]
    if name == PYTHON:
        return python_lexer()
    from pygments.lexers import find_lexer_class

    found = find_lexer_class(name)
    # A language that a text names for a part of itself would be looked for in every installed plugin, once per part.
    return found(handlecodeblocks=False) if found else None


def is_too_large(lines: Sequence[str]) -> bool:
    """Whether a text stays plain for its size or that of a line."""
    return sum(map(len, lines)) > SIZE_LIMIT or max(map(len, lines), default=0) > LINE_LIMIT


def python_lexer() -> "Lexer":
    """The lexer for Python, loaded without the list of all the others."""
    from pygments.lexers.python import PythonLexer

    return PythonLexer()


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
