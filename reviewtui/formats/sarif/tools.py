"""The tool of a run: its name, its parts, and the rule that a result means, however it points to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reviewtui.formats.problems import shortened
from reviewtui.formats.record import Record
from reviewtui.formats.sarif.messages import plain
from reviewtui.formats.sarif.weaknesses import CweNames, advisories, cwes_of_rule

UNNAMED_TOOL: Final = "unnamed tool"
UNNAMED_RULE: Final = "no rule named"
_NAME_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class Rule:
    """What a tool says of a rule in general."""

    id: str
    name: str
    explanation: str
    url: str
    level: str
    """Of its default configuration; empty where it says none."""
    cwe: tuple[int, ...]
    ids: tuple[str, ...]
    properties: Record
    texts: tuple[Record, ...]
    """The tables in which its messages are looked up."""


class Tool:
    """The driver and extensions of one run."""

    def __init__(self, run: Record) -> None:
        tool = run.record("tool")
        self._driver = tool.record("driver")
        self._extensions = list(tool.records("extensions"))
        shown = " ".join(self._driver.text("name").split())
        if not shown:
            self._driver.problem("the tool has no name")
        shown = shortened(shown, _NAME_LENGTH) or UNNAMED_TOOL
        version = self._driver.text("semanticVersion") or self._driver.text("version")
        self.name = shown.lower().replace(" ", "-")
        self.shown = shortened(f"{shown} {version}".strip(), _NAME_LENGTH)
        self._components = [self._driver, *self._extensions]
        self._rules = [list(_at_their_index(component)) for component in self._components]
        self._by_id: list[dict[str, int]] = []
        for rules in self._rules:
            table: dict[str, int] = {}
            for index, rule in enumerate(rules):
                table.setdefault(rule.text("id"), index)
            self._by_id.append(table)
        self._cwe_names = CweNames(run)
        self._levels = dict(_overridden(run))
        self._read: dict[tuple[int, int, str], Rule] = {}

    @property
    def cwe_names(self) -> CweNames:
        """Tells the references to weaknesses from others."""
        return self._cwe_names

    def rule_of(self, result: Record) -> Rule:
        """The rule of a result, with what little the result says where the tool does not describe it."""
        reference = result.record("rule")
        name = result.text("ruleId") or reference.text("id")
        component, index = self._found(result, reference, name)
        key = (component, index, name)
        if key not in self._read:
            self._read[key] = self._described(component, index, name)
        return self._read[key]

    def _found(self, result: Record, reference: Record, name: str) -> tuple[int, int]:
        """The numbers of the component and of the rule in it; -1 where nothing describes it."""
        component = self._component(reference.record("toolComponent"))
        given = result.integer("ruleIndex")
        if given is None:
            given = reference.integer("index")
        if given is not None and 0 <= given < len(self._rules[component]):
            if _names(self._rules[component][given].text("id"), name):
                return component, given
            result.problem(f"its rule index {given} is another rule than {name[:100]}: the name counts")
        guid = reference.text("guid")
        order = [component, *(number for number in range(len(self._components)) if number != component)]
        if guid:
            for number in order:
                for index, rule in enumerate(self._rules[number]):
                    if rule.text("guid").lower() == guid.lower():
                        return number, index
        for part in _parents(name):
            for number in order:
                if part in self._by_id[number]:
                    return number, self._by_id[number][part]
        return -1, -1

    def _component(self, reference: Record) -> int:
        index = reference.integer("index")
        if index is not None and 0 <= index < len(self._extensions):
            return index + 1
        for key in ("guid", "name"):
            wanted = reference.text(key).lower()
            for number, component in enumerate(self._components):
                if wanted and component.text(key).lower() == wanted:
                    return number
        return 0

    def _described(self, component: int, index: int, name: str) -> Rule:
        if component < 0:
            nothing = Record({}, self._driver.problems)
            messages = self._driver.record("globalMessageStrings")
            shown = name or UNNAMED_RULE
            return Rule(shown, shown, "", "", self._levels.get(name, ""), (), advisories([name]), nothing, (messages,))
        record = self._rules[component][index]
        own = record.text("id")
        short = plain(record.record("shortDescription"), length=_NAME_LENGTH)
        title = record.text("name")
        if not title or title in (own, name):
            title = " ".join(short.split()) or title
        full, help_text = plain(record.record("fullDescription")), plain(record.record("help"))
        tables = (
            record.record("messageStrings"),
            self._components[component].record("globalMessageStrings"),
            self._driver.record("globalMessageStrings"),
        )
        return Rule(
            id=name or own or UNNAMED_RULE,
            name=shortened(title, _NAME_LENGTH) or own or name or UNNAMED_RULE,
            explanation=help_text or full or short,
            url=address(record.text("helpUri")),
            level=self._levels.get(own) or record.record("defaultConfiguration").text("level"),
            cwe=tuple(dict.fromkeys(cwes_of_rule(record, self._cwe_names))),
            ids=advisories((name, own, title, short)),
            properties=record.record("properties"),
            texts=tables,
        )


def _at_their_index(component: Record) -> Iterator[Record]:
    """Every rule at its own number, whatever stands between."""
    for index in range(_length(component, "rules")):
        yield component.record_at("rules", index)


def _length(record: Record, name: str) -> int:
    for _ in record.records(name):
        pass  # so that what is no rule is told
    value = record.values.get(name)
    return len(value) if isinstance(value, list) else 0


def _names(rule: str, name: str) -> bool:
    """Whether a result that names `name` can mean this rule: `CA1000/1` is a case of `CA1000`."""
    return not name or not rule or name == rule or name.startswith(f"{rule}/")


def _parents(name: str) -> Iterator[str]:
    """`a/b/c`, `a/b`, `a`."""
    while name:
        yield name
        name = name.rpartition("/")[0]


def _overridden(run: Record) -> Iterator[tuple[str, str]]:
    """The levels that this run was told to use instead of those of the rules."""
    for invocation in run.records("invocations"):
        for override in invocation.records("ruleConfigurationOverrides"):
            level = override.record("configuration").text("level")
            name = override.record("descriptor").text("id")
            if name and level:
                yield name, level


def address(text: str) -> str:
    """An address that may be opened; empty for anything else."""
    return (
        text
        if text.startswith(("https://", "http://")) and len(text) < 2_000 and not set(text) & set(" \r\n\t")
        else ""
    )
