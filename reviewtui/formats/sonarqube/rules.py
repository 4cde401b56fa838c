"""What a report says of its rules: their names, weaknesses and explanations, and where SonarSource explains them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sonarqube.html_text import text_of_html

_EXPLANATION_LENGTH: Final = 12_000
_NAME_LENGTH: Final = 300
_CWE: Final = re.compile(r"cwe[-:](\d{1,5})", re.IGNORECASE)
_CWE_PAGE: Final = re.compile(r"cwe\.mitre\.org/data/definitions/(\d{1,5})")
_CWES: Final = 20
_SECTIONS: Final = ("introduction", "root_cause", "default", "assess_the_problem")
"""Those that say what a rule is about, in the order in which they are read."""
_HOTSPOT: Final = ("riskDescription", "vulnerabilityDescription")
_KEY: Final = re.compile(r"([A-Za-z.]{1,60}):S(\d{1,6})")

_LANGUAGES: Final = {
    "abap": "abap",
    "ansible": "ansible",
    "apex": "apex",
    "azureresourcemanager": "azureresourcemanager",
    "c": "c",
    "cloudformation": "cloudformation",
    "cobol": "cobol",
    "cpp": "cpp",
    "csharpsquid": "csharp",
    "css": "css",
    "docker": "docker",
    "flex": "flex",
    "go": "go",
    "gosecurity": "go",
    "java": "java",
    "javasecurity": "java",
    "javascript": "javascript",
    "jssecurity": "javascript",
    "kotlin": "kotlin",
    "kotlinsecurity": "kotlin",
    "kubernetes": "kubernetes",
    "objc": "objective-c",
    "php": "php",
    "phpsecurity": "php",
    "plsql": "plsql",
    "python": "python",
    "pythonsecurity": "python",
    "roslyn.sonaranalyzer.security.cs": "csharp",
    "ruby": "ruby",
    "scala": "scala",
    "secrets": "secrets",
    "swift": "swift",
    "terraform": "terraform",
    "text": "text",
    "tsql": "tsql",
    "tssecurity": "typescript",
    "typescript": "typescript",
    "vbnet": "vbnet",
    "Web": "html",
    "xml": "xml",
}
"""The repositories of rules that SonarSource explains on its public pages, and the language there."""

_CATEGORIES: Final = {
    "csrf": 352,
    "http-response-splitting": 113,
    "ldap-injection": 90,
    "log-injection": 117,
    "open-redirect": 601,
    "path-traversal-injection": 22,
    "rce": 94,
    "sql-injection": 89,
    "ssrf": 918,
    "traceability": 778,
    "xpath-injection": 643,
    "xss": 79,
    "xxe": 611,
}
"""SonarSource's categories that are one weakness, or one and its kinds (SonarQube's own mapping of CWEs to categories).

The others, such as `auth` or `weak-cryptography`, hold weaknesses that have little to do with each other.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """What is known of one."""

    name: str = ""
    cwe: tuple[int, ...] = ()
    explanation: str = ""


class Rules:
    """The rules that a report describes."""

    def __init__(self) -> None:
        self._known: dict[str, Rule] = {}

    def add(self, rule: Record) -> None:
        """Learn of one more, or more of one."""
        if key := rule.text("key"):
            known = self._known.get(key, Rule())
            self._known[key] = replace(
                known,
                name=known.name or shortened(" ".join(rule.text("name").split()), _NAME_LENGTH),
                cwe=known.cwe or _weaknesses(rule),
                explanation=known.explanation or _explanation(rule),
            )

    def of(self, key: str) -> Rule:
        """What the report says of it."""
        return self._known.get(key, Rule())


def page_of(key: str) -> str:
    """Where SonarSource explains a rule; empty for rules of others."""
    found = _KEY.fullmatch(key)
    language = _LANGUAGES.get(found[1]) if found else None
    return f"https://rules.sonarsource.com/{language}/RSPEC-{quote(found[2])}/" if found and language else ""


def weakness_of(category: str) -> tuple[int, ...]:
    """The weakness that a category of SonarSource stands for, where it stands for one."""
    return (_CATEGORIES[category],) if category in _CATEGORIES else ()


def _weaknesses(rule: Record) -> tuple[int, ...]:
    found = [int(number) for text in rule.texts("securityStandards") for number in _CWE.findall(text[:40])]
    if not found:
        found = [int(number) for text in _texts(rule) for number in _CWE_PAGE.findall(text[:200_000])]
    return tuple(dict.fromkeys(number for number in found if number))[:_CWES]


def _texts(rule: Record) -> Iterator[str]:
    for section in rule.records("descriptionSections"):
        yield section.text("content")
    for name in ("htmlDesc", "mdDesc", *_HOTSPOT, "fixRecommendations"):
        yield rule.text(name)


def _explanation(rule: Record) -> str:
    sections: dict[str, str] = {}
    for section in rule.records("descriptionSections"):
        sections.setdefault(section.text("key"), section.text("content"))
    texts = [sections[name] for name in _SECTIONS if sections.get(name)]
    texts = texts or [text for name in _HOTSPOT if (text := rule.text(name))]
    texts = texts or [rule.text("htmlDesc") or rule.text("mdDesc")]
    return shortened("\n\n".join(map(text_of_html, texts)).strip(), _EXPLANATION_LENGTH)
