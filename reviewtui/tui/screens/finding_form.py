"""The form of a finding: everything that a person says about it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Label, Static

from reviewtui.errors import InvalidReviewError
from reviewtui.model.finding import Finding, Kind
from reviewtui.model.place import Place
from reviewtui.model.risk import Level, Severity, severity_of
from reviewtui.model.state import State
from reviewtui.text.safe import safe
from reviewtui.tui.screens.dialog import CANCEL, Hint, Trouble
from reviewtui.tui.screens.fields import LineField, LongField, parse_cwe, parse_date
from reviewtui.tui.screens.writing import WritingDialog
from reviewtui.tui.widgets.choice import Choice, options_of

_PLACES_SHOWN: Final = 4
_LONG: Final = ("description", "exploit", "recommendation")
_FOLLOWS: Final = "as rated below"


class FindingForm(WritingDialog[Finding]):
    """A finding to be written or changed: the same one with what was changed, its history untouched.

    The state is offered as far as it needs no reason; the others are decisions of their own. What was not touched
    comes back exactly as it was, also where it could not be drawn as it is.
    """

    DEFAULT_CSS = """
    FindingForm {
        & > #box { width: 108; height: 94%; max-height: 46; padding: 1 1 0 2; }
        & #fields {
            height: 1fr;
            padding-right: 1;
            scrollbar-gutter: stable;
            scrollbar-size-vertical: 1;
            scrollbar-background: $surface;
            scrollbar-color: $line-number;
        }
        & #places { height: auto; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & .row { height: 1; }
        & .first { margin-top: 1; }
        & .row Label { width: 15; color: $text-muted; }
        & .row Label.second { width: 12; padding-left: 2; }
        & .row .note { width: auto; padding-left: 2; color: $text-muted; }
        & .row:focus-within Label { color: $foreground; }
        & .row:focus-within Label.note { color: $text-muted; }
        & #severity { width: auto; }
        & .over { margin-top: 1; height: 1; color: $text-muted; }
        & .problem { margin-left: 17; }
        & #trouble { margin: 1 0 0 0; }
        &.-tall LongField { min-height: 6; max-height: 16; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-low"), (46, "-tall")]  # noqa: RUF012 (as Textual declares it)
    HINTS: ClassVar[tuple[Hint, ...]] = (
        Hint("Ctrl-s", "save", "accept"),
        Hint("Tab", "next", "next"),
        Hint("← →", "choose"),
        Hint("F4", "text in $EDITOR", "external"),
        CANCEL,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "next", "Next field", show=False, id="form.next"),
        Binding("up", "previous", "Field before", show=False, id="form.previous"),
        Binding("pagedown", "page(1)", "Scroll down", show=False, id="form.page_down"),
        Binding("pageup", "page(-1)", "Scroll up", show=False, id="form.page_up"),
        Binding("f4", "external", "Edit in $EDITOR", show=False, id="form.external"),
    ]

    def __init__(self, finding: Finding, *, heading: str, by: str, now: datetime, topics: Sequence[str]) -> None:
        super().__init__(heading, f"{finding.id} · {finding.author} · {finding.created:%Y-%m-%d}")
        self._finding = finding
        self._by = by
        self._today = now.date()
        self._topics = tuple(topics)
        self._severity_follows = _follows(finding)

    # What it looks like

    def body(self) -> Iterable[Widget]:
        """Places and fields, which scroll; below them what is wrong with all of it together."""
        with VerticalScroll(id="fields", can_focus=False):
            yield Static(_places(self._finding.places), markup=False, id="places")
            yield from self._short_fields()
            yield from self._rated_fields()
            for name in _LONG:
                yield Label(name.capitalize(), classes="over", markup=False)
                yield LongField(getattr(self._finding, name), id=name)
            yield from self._people_fields()
        yield Trouble(id="trouble")

    def _short_fields(self) -> Iterable[Widget]:
        finding = self._finding
        yield _row(
            "Title", LineField(finding.title, placeholder="What is wrong, in a few words", id="title"), first=True
        )
        yield Trouble(id="title-problem")
        yield _row("Kind", Choice(options_of(list(Kind)), finding.kind, may_be_empty=False, id="kind"))
        states = list(dict.fromkeys((State.OPEN, State.CONFIRMED, finding.state)))
        yield _row("State", Choice(options_of(states), finding.state, may_be_empty=False, id="state"))

    def _rated_fields(self) -> Iterable[Widget]:
        finding = self._finding
        levels = options_of(list(Level))
        severity = Choice(options_of(list(Severity)), finding.severity or "", id="severity")
        yield _row("Severity", severity, Label("", classes="note", id="follows", markup=False), first=True)
        yield _row(
            "Likelihood",
            Choice(levels, finding.likelihood or "", id="likelihood"),
            Label("Impact", classes="second", markup=False),
            Choice(levels, finding.impact or "", id="impact"),
        )
        yield _row(
            "CWE",
            LineField(", ".join(map(str, finding.cwe)), placeholder="89, 564", id="cwe"),
            Label("Topic", classes="second", markup=False),
            LineField(finding.topic, placeholder=" ".join(self._topics), suggestions=self._topics, id="topic"),
            first=True,
        )
        yield Trouble(id="cwe-problem")

    def _people_fields(self) -> Iterable[Widget]:
        due = self._finding.due.isoformat() if self._finding.due else ""
        yield _row(
            "Owner",
            LineField(self._finding.owner, placeholder="who repairs it", suggestions=(self._by,), id="owner"),
            Label("Due", classes="second", markup=False),
            LineField(due, placeholder="2026-03-31, or +30 days", id="due"),
            first=True,
        )
        yield Trouble(id="due-problem")

    def on_mount(self) -> None:
        """Say from the start where the severity comes from."""
        self._say_where_severity_comes_from()

    # Severity

    @on(Choice.Changed, "#likelihood")
    @on(Choice.Changed, "#impact")
    def _rated(self) -> None:
        likelihood, impact = self._choice("likelihood").value, self._choice("impact").value
        severity = self._choice("severity")
        follows = (self._severity_follows and not severity.is_chosen) or not severity.value
        if likelihood and impact and follows:
            severity.value = severity_of(Level(likelihood), Level(impact))
            self._severity_follows = True
        self._say_where_severity_comes_from()

    @on(Choice.Changed, "#severity")
    def _say_where_severity_comes_from(self) -> None:
        severity = self._choice("severity")
        rated = self._choice("likelihood").value and self._choice("impact").value and severity.value
        follows = rated and self._severity_follows and not severity.is_chosen
        self.query_one("#follows", Label).update(_FOLLOWS if follows else "")

    # Moving

    @on(LineField.Submitted)
    def action_next(self) -> None:
        """To the next field."""
        self.focus_next()

    def action_previous(self) -> None:
        """To the field before."""
        self.focus_previous()

    def action_page(self, pages: int) -> None:
        """Scroll the fields."""
        fields = self.query_one("#fields")
        fields.scroll_relative(y=pages * max(1, fields.size.height - 2), animate=False)

    def action_external(self) -> None:
        """The long text in the user's editor; from any other field, the description."""
        field = self.focused if isinstance(self.focused, LongField) else self._long("description")
        field.focus()
        field.action_external()

    # Saving

    @property
    def is_changed(self) -> bool:
        """Whether anything was written or chosen that closing would lose."""
        return (
            super().is_changed
            or any(field.is_changed for field in self.query(LineField))
            or any(choice.value != (getattr(self._finding, choice.id or "") or "") for choice in self.query(Choice))
        )

    def action_accept(self) -> None:
        """Close with the finding; where something is wrong, say so beside it and go there."""
        problems = self._problems()
        for name in ("title", "cwe", "due"):
            self._line(name).set_class(name in problems, "-wrong")
            self.query_one(f"#{name}-problem", Trouble).say(problems.get(name, ""))
        if problems:
            self._line(next(iter(problems))).focus()
            return
        result = self._result()
        try:
            result.check()
        except InvalidReviewError as error:
            self.query_one("#trouble", Trouble).say(str(error))
        else:
            self.dismiss(result)

    def _problems(self) -> dict[str, str]:
        """What keeps the form from closing, by the id of the field."""
        problems = {}
        if not self._line("title").text.strip():
            problems["title"] = "A finding needs a title"
        if self._line("cwe").is_changed and parse_cwe(self._line("cwe").text) is None:
            problems["cwe"] = "CWE numbers are written 89, or CWE-89, with commas between them"
        try:
            parse_date(self._line("due").text, self._today)
        except ValueError:
            problems["due"] = "A date is written 2026-03-31, or +30 for days from today"
        return problems

    def _result(self) -> Finding:
        """The finding with what was changed; to be asked for only when there are no problems."""
        old, chosen = self._finding, self._choice
        cwe = self._line("cwe")
        return replace(
            old,
            title=self._line("title").trimmed,
            kind=Kind(chosen("kind").value),
            state=State(chosen("state").value),
            severity=Severity(value) if (value := chosen("severity").value) else None,
            likelihood=Level(value) if (value := chosen("likelihood").value) else None,
            impact=Level(value) if (value := chosen("impact").value) else None,
            cwe=parse_cwe(cwe.text) or () if cwe.is_changed else old.cwe,
            topic=self._line("topic").trimmed,
            description=self._long("description").written,
            exploit=self._long("exploit").written,
            recommendation=self._long("recommendation").written,
            owner=self._line("owner").trimmed,
            due=parse_date(self._line("due").text, self._today),
        )

    def _line(self, name: str) -> LineField:
        return self.query_one(f"#{name}", LineField)

    def _long(self, name: str) -> LongField:
        return self.query_one(f"#{name}", LongField)

    def _choice(self, name: str) -> Choice:
        return self.query_one(f"#{name}", Choice)


def _row(label: str, *widgets: Widget, first: bool = False) -> Horizontal:
    return Horizontal(Label(label, markup=False), *widgets, classes="row first" if first else "row")


def _follows(finding: Finding) -> bool:
    """Whether the severity may be set from likelihood and impact: nobody has set it otherwise on purpose."""
    if finding.severity is None or finding.likelihood is None or finding.impact is None:
        return True
    return finding.severity is severity_of(finding.likelihood, finding.impact)


def _places(places: Sequence[Place]) -> Content:
    """Where it is, each place with the first line of its code."""
    lines: list[Content] = []
    for place in places[:_PLACES_SHOWN]:
        note = safe(f"  {place.note}") if place.note else ""
        lines.append(Content.assemble((safe(str(place)), "$primary"), f"  {safe(place.role)}", (note, "$foreground")))
        code = next((line for line in place.anchor.text.split("\n") if line.strip()), "")
        if code:
            lines.append(Content(f"  {safe(code.strip())}"))
    if len(places) > _PLACES_SHOWN:
        lines.append(Content(f"and {len(places) - _PLACES_SHOWN} more places"))
    return Content("\n").join(lines) if lines else Content("On the whole review")
