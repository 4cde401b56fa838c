"""The outline of a file of any language: Python by its own rules, others by the look of their lines.

What is shown is never more than what a line says of itself, and a line that looks like nothing is left out.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from reviewtui.text.symbols import Outline

MOST: Final = 20_000
"""So many heads are listed, at most."""
_LIMIT: Final = 300
"""So many characters of a line are looked at."""


@dataclass(frozen=True, slots=True)
class Head:
    """One entry of an outline."""

    line: int
    """1-based."""
    level: int
    """By how many steps it stands below another."""
    kind: str
    name: str


Found: TypeAlias = tuple[int, int, str, str]
"""Line, indentation, kind, name."""

_MODIFIERS: Final = (
    r"(?:(?:export|default|public|private|protected|internal|static|abstract|final|async|pub(?:\([a-z]+\))?|open|override"
    r"|sealed|partial|unsafe|extern|inline|virtual|const|data|suspend|readonly|declare)\s++)*+"
)
_TYPE: Final = re.compile(
    _MODIFIERS
    + r"(class|interface|trait|struct|enum|impl|namespace|module|record|object|protocol|contract|library)(?:\s++|(?=<))"
    r"(?:<[^>]{0,80}>\s*+)?([A-Za-z_$][\w$.:<>]*+(?:\s++for\s++[\w$.:<>]++)?)[^;=]*+$"
)
_FUNCTION: Final = re.compile(
    _MODIFIERS + r"(?:function\*?|func|fun|fn|def|sub|proc)(?:\s++\*?|(?=\())\s*+(?:\([^)]{0,80}\)\s*+)?"
    r"([A-Za-z_$][\w$.:?!]*+)"
)
_ARROW: Final = re.compile(
    r"(?:export\s++)?(?:default\s++)?(?:const|let|var)\s++([\w$]++)\s*+(?::[^=]{0,80})?=\s*+"
    r"(?:async\b\s*+)?(?:function\b|\([^()]*+\)\s*+(?::[^=]{0,60})?=>|[\w$]++\s*+=>)"
)
_ROUTE: Final = re.compile(r"[\w$]{1,40}\.(get|post|put|patch|delete|all|use|route)\(\s*+['\"`]([^'\"`]{1,120})")
_METHOD: Final = re.compile(
    r"(?:[\w$<>\[\],.?@*&:]++\s++)*+\*?&?([A-Za-z_$~#][\w$:~]*+)\s*+\((?:[^;{}()]|\([^;{}()]*+\))*+\)[^;{}()=]{0,80}\{(?:[^{}]*+\}?|\s*+//.*+)$"
)
_NO_METHODS: Final = frozenset(
    {"if", "for", "foreach", "while", "switch", "catch", "with", "elseif", "unless", "until", "synchronized", "using"}
    | {"lock", "function", "return", "match", "select", "super", "new", "else", "case", "throw", "await"}
)
_MARKDOWN: Final = re.compile(r"(#{1,6})\s++(.+?)\s*+#*+\s*+$")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_SECTION: Final = re.compile(r"\[\[?([^\[\]]{1,200})\]\]?\s*+(?:[#;].*+)?$")
_YAML: Final = re.compile(r"(?:-\s++)?([\w./$\"'-][^:#]{0,100}?)\s*+:(?:\s|$)")
_SQL: Final = re.compile(
    r"(?:create|alter)\s++(?:or\s++replace\s++)?(?:temp(?:orary)?\s++|unique\s++|materialized\s++)?"
    r"(table|view|index|function|procedure|trigger|policy|role|type|schema|database)\s++(?:if\s++not\s++exists\s++)?"
    r"([\w.\"`\[\]]++)",
    re.IGNORECASE,
)
_BLOCK: Final = re.compile(r"\{%-?\s*+(block|macro|extends|include|import|from|call)\s++([^%]{1,120}?)\s*+-?%\}")
_TAG: Final = re.compile(r"<(h[1-6]|form|script|template|section|main|iframe)\b([^>]{0,200})", re.IGNORECASE)
_LABEL: Final = re.compile(r"\b(?:id|name|action|src|class)\s*+=\s*+[\"']?([^\"'>\s]{1,80})")
_RULE: Final = re.compile(r"([^{};]{1,200}?)\s*+\{")
_TARGET: Final = re.compile(r"([\w./%$(){}-]{1,100})\s*+:(?!=)")


def heads(path: str, lines: Sequence[str], outline: Outline | None = None) -> list[Head]:
    """The outline of a file, in the order of its lines; `outline` saves working out that of a Python file anew."""
    if path.endswith((".py", ".pyw", ".pyi")):
        known = outline or Outline(lines)
        return [Head(s.line, s.level, s.kind, s.name) for s in known.symbols[:MOST]]
    return list(_levelled(_finder(path)(lines)))


def _levelled(found: Iterator[Found]) -> Iterator[Head]:
    """Each with its level: below whatever is less indented above it."""
    around: list[int] = []
    for count, (line, indent, kind, name) in enumerate(found):
        if count >= MOST:
            return
        while around and around[-1] >= indent:
            around.pop()
        yield Head(line, len(around), kind, name)
        around.append(indent)


def _finder(path: str) -> Callable[[Sequence[str]], Iterator[Found]]:
    name = path.rpartition("/")[2].lower()
    suffix = name.rpartition(".")[2]
    if name in ("makefile", "gnumakefile") or suffix == "mk":
        return _targets
    return _BY_SUFFIX.get(suffix, _code)


def _stripped(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for number, line in enumerate(lines, 1):
        line = line[:_LIMIT]
        text = line.lstrip()
        if text:
            yield number, len(line[: len(line) - len(text)].expandtabs(4)), text.rstrip()


def _code(lines: Sequence[str]) -> Iterator[Found]:
    for number, indent, text in _stripped(lines):
        if text[0] in "#/*})];|&.'\"<-+=0123456789":
            continue
        if found := _TYPE.match(text):
            yield number, indent, found[1], found[2]
        elif (found := _FUNCTION.match(text)) or (found := _ARROW.match(text)):
            yield number, indent, "function", found[1]
        elif found := _ROUTE.match(text):
            yield number, indent, "route", f"{found[1].upper()} {found[2]}"
        elif text.endswith(("{", "}")) and (found := _METHOD.match(text)) and not _is_statement(text, found[1]):
            yield number, indent, "method" if indent else "function", found[1]


def _is_statement(text: str, name: str) -> bool:
    return name in _NO_METHODS or re.split(r"\W", text, maxsplit=1)[0] in _NO_METHODS


def _markdown(lines: Sequence[str]) -> Iterator[Found]:
    fence = ""
    for number, line in enumerate(lines, 1):
        line = line[:_LIMIT]
        if found := _FENCE.match(line):
            if not fence:
                fence = found[1]
            elif found[1].startswith(fence):
                fence = ""
        elif not fence and (found := _MARKDOWN.match(line)):
            yield number, len(found[1]), "heading", found[2]


def _template(lines: Sequence[str]) -> Iterator[Found]:
    for number, indent, text in _stripped(lines):
        for found in _BLOCK.finditer(text):
            yield number, indent, found[1], found[2]
        for found in _TAG.finditer(text):
            label = _LABEL.search(found[2])
            yield number, indent, found[1].lower(), label[1] if label else f"<{found[1].lower()}>"
        if found_function := _FUNCTION.match(text) or _ARROW.match(text):
            yield number, indent, "function", found_function[1]


def _settings(lines: Sequence[str]) -> Iterator[Found]:
    for number, indent, text in _stripped(lines):
        if found := _SECTION.match(text):
            yield number, indent, "section", found[1]


def _yaml(lines: Sequence[str]) -> Iterator[Found]:
    for number, indent, text in _stripped(lines):
        if indent <= 4 and text[0] != "#" and (found := _YAML.match(text)):
            yield number, indent, "key", found[1]


def _sql(lines: Sequence[str]) -> Iterator[Found]:
    for number, indent, text in _stripped(lines):
        if found := _SQL.match(text):
            yield number, indent, found[1].lower(), found[2]


def _style(lines: Sequence[str]) -> Iterator[Found]:
    for number, indent, text in _stripped(lines):
        if text[0] not in "/*}" and (found := _RULE.match(text)):
            yield number, indent, "rule", found[1]


def _targets(lines: Sequence[str]) -> Iterator[Found]:
    for number, line in enumerate(lines, 1):
        if line[:1] not in ("", "\t", " ", "#") and (found := _TARGET.match(line[:_LIMIT])):
            yield number, 0, "target", found[1]


_BY_SUFFIX: Final = {
    **dict.fromkeys(("md", "markdown"), _markdown),
    **dict.fromkeys(("html", "htm", "xhtml", "j2", "jinja", "jinja2", "djhtml", "twig", "vue", "svelte"), _template),
    **dict.fromkeys(("toml", "ini", "cfg", "conf", "service", "properties"), _settings),
    **dict.fromkeys(("yaml", "yml"), _yaml),
    **dict.fromkeys(("css", "scss", "less"), _style),
    "sql": _sql,
}
