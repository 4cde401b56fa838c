"""The form of a finding: what is written comes back whole, what is not touched comes back as it was."""

import stat
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from textual.events import Paste
from textual.pilot import Pilot

from reviewtui.model.finding import Finding, FindingId, HistoryEntry, Kind
from reviewtui.model.place import Anchor, LineSpan, Place, RepoPath
from reviewtui.model.risk import Level, Severity
from reviewtui.model.state import State
from reviewtui.tui.screens.fields import LineField, LongField
from reviewtui.tui.screens.finding_form import FindingForm
from reviewtui.tui.widgets.choice import Choice
from tests.tui.host import Host, all_drawn, answers

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOSTILE = "[/x] [@click=app.quit]q[/]\x1b]0;t\x07\u202e"
SHOWN = "[/x] [@click=app.quit]q[/]␛]0;t␇<U+202E>"
FINDING = Finding(
    id=FindingId("7kq2m9xa"),
    title="SQL injection",
    author="Ada",
    created=NOW,
    updated=NOW,
    severity=Severity.MEDIUM,
    cwe=(89,),
    topic="input",
    description="First line\n\tsecond",
    places=(Place(RepoPath.parse("shop/db.py"), LineSpan(3, 4), anchor=Anchor(text="\n    execute(sql)\n")),),
    history=(HistoryEntry(NOW, "Ada", "created"),),
)
NASTY = replace(
    FINDING,
    title=f"{HOSTILE}\nsecond line",
    topic=HOSTILE,
    owner=HOSTILE,
    author=HOSTILE,
    description=f"{HOSTILE}\r\n\t{HOSTILE}\x85",
    places=tuple(
        Place(RepoPath.parse(f"a{n}/{HOSTILE}"), LineSpan(1, 1), role=HOSTILE, anchor=Anchor(text=HOSTILE))
        for n in range(9)
    ),
)


def form(finding: Finding = FINDING) -> FindingForm:
    return FindingForm(finding, heading="Finding", by="Ada", now=NOW, topics=("authentication", "input"))


def line(screen: FindingForm, name: str) -> LineField:
    return screen.query_one(f"#{name}", LineField)


async def test_a_form_that_is_not_touched_gives_the_same_finding() -> None:
    assert await answers(form(), "ctrl+s") == [FINDING]
    assert await answers(form(NASTY), "ctrl+s") == [NASTY]


async def test_every_field_comes_back() -> None:
    asked = form()

    def fill(_pilot: Pilot[None]) -> None:
        line(asked, "title").value = " Login by concatenation "
        line(asked, "cwe").value = "CWE-89, 564 89"
        line(asked, "topic").value = "authentication"
        line(asked, "owner").value = "Grace"
        line(asked, "due").value = "+30"
        for name, text in (("description", "D\n\n"), ("exploit", "E\nE"), ("recommendation", "")):
            asked.query_one(f"#{name}", LongField).rewrite(text)
        for name, value in (
            ("kind", "question"),
            ("state", "confirmed"),
            ("likelihood", "high"),
            ("impact", "low"),
            ("severity", "info"),
        ):
            asked.query_one(f"#{name}", Choice).choose(value)

    expected = replace(
        FINDING,
        title="Login by concatenation",
        kind=Kind.QUESTION,
        state=State.CONFIRMED,
        severity=Severity.INFO,
        likelihood=Level.HIGH,
        impact=Level.LOW,
        cwe=(89, 564),
        topic="authentication",
        description="D",
        exploit="E\nE",
        owner="Grace",
        due=date(2026, 3, 31),
    )
    assert await answers(asked, "ctrl+s", before=fill) == [expected]


async def test_keys_alone_fill_the_form() -> None:
    keys = ["X", "enter", "n", "down", "c", "tab", "delete", "tab", "h", "tab", "h", "ctrl+s"]
    expected = replace(
        FINDING,
        title="SQL injectionX",
        kind=Kind.NOTE,
        state=State.CONFIRMED,
        severity=Severity.CRITICAL,
        likelihood=Level.HIGH,
        impact=Level.HIGH,
    )
    assert await answers(form(), *keys) == [expected]


async def test_severity_follows_likelihood_and_impact_until_somebody_chooses_it() -> None:
    asked = form()
    seen = []

    async def rate(pilot: Pilot[None]) -> None:
        for name, value in (
            ("likelihood", "high"),
            ("impact", "high"),
            ("impact", "low"),
            ("severity", "info"),
            ("impact", "high"),
            ("severity", ""),
            ("impact", "medium"),
        ):
            asked.query_one(f"#{name}", Choice).choose(value)
            await pilot.pause()
            seen.append(asked.query_one("#severity", Choice).value)

    await answers(asked, before=rate)
    assert seen == ["medium", "critical", "medium", "info", "info", "", "high"]


async def test_a_severity_that_was_set_against_the_rating_stays() -> None:
    rated = replace(FINDING, severity=Severity.INFO, likelihood=Level.HIGH, impact=Level.HIGH)
    asked = form(rated)

    def rate(_pilot: Pilot[None]) -> None:
        asked.query_one("#impact", Choice).choose("low")

    assert await answers(asked, "ctrl+s", before=rate) == [replace(rated, impact=Level.LOW)]


async def test_escape_asks_only_when_something_was_changed() -> None:
    assert await answers(form(NASTY), "escape") == [None]
    assert await answers(form(), "X", "escape") == []
    assert await answers(form(), "X", "escape", "n", "ctrl+s") == [replace(FINDING, title="SQL injectionX")]
    assert await answers(form(), "X", "escape", "y") == [None]
    assert await answers(form(), "tab", "n", "escape", "y") == [None]
    assert await answers(form(), "X", "backspace", "escape") == [None]


@pytest.mark.parametrize(
    ("name", "value"), [("title", "  "), ("cwe", "89, SQL"), ("cwe", "0"), ("due", "soon"), ("due", "2026-02-30")]
)
async def test_a_mistake_is_told_beside_its_field_and_nothing_is_lost(name: str, value: str) -> None:
    asked = form()

    def fill(_pilot: Pilot[None]) -> None:
        line(asked, "owner").value = "Grace"
        line(asked, name).value = value

    def told() -> None:
        said = [trouble.id for trouble in asked.query(".problem") if trouble.has_class("-said")]
        assert (said, asked.focused) == ([f"{name}-problem"], line(asked, name))
        assert (line(asked, name).value, line(asked, "owner").value) == (value, "Grace")

    assert await answers(asked, "ctrl+s", before=fill, after=told) == []


async def test_a_rule_of_the_states_that_is_broken_is_told() -> None:
    asked = form(replace(FINDING, state=State.ACCEPTED_RISK))

    def told() -> None:
        assert asked.query_one("#trouble").has_class("-said")

    assert await answers(asked, "ctrl+s", after=told) == []


async def test_hostile_text_is_drawn_as_it_stands() -> None:
    app = Host()
    async with app.run_test(size=(160, 48)) as pilot:
        await app.push_screen(form(NASTY))
        await pilot.pause()
        text = all_drawn(app)
        assert all(
            part in text for part in (f"a0/{SHOWN}:1", f"  {SHOWN}", f"{SHOWN}␊second line", "and 5 more places")
        )


async def test_pasted_text_cannot_hide_anything() -> None:
    asked = form(replace(FINDING, title="", description=""))

    async def paste(pilot: Pilot[None]) -> None:
        for name in ("#title", "#description"):
            asked.query_one(name).focus()
            await pilot.pause()
            pilot.app.post_message(Paste(f"{HOSTILE}\r\n\tx"))
            await pilot.pause()

    expected = replace(FINDING, title=SHOWN, description=f"{SHOWN}\n\tx")
    assert await answers(asked, "ctrl+s", before=paste) == [expected]


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_hints_stay_in_sight_and_every_field_can_be_reached(size: tuple[int, int]) -> None:
    asked = form()
    app = Host()
    async with app.run_test(size=size) as pilot:
        await app.push_screen(asked)
        await pilot.pause()
        reached = []
        for _ in range(12):
            assert "Ctrl-s save" in all_drawn(app)
            assert asked.focused is not None
            assert asked.query_one("#fields").region.contains_region(asked.focused.region)
            reached.append(asked.focused.id)
            await pilot.press("tab")
    assert reached == [
        "title",
        "kind",
        "state",
        "severity",
        "likelihood",
        "impact",
        "cwe",
        "topic",
        "description",
        "exploit",
        "recommendation",
        "owner",
    ]


async def test_without_an_editor_that_is_told_and_nothing_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.delenv("EDITOR", raising=False)
    asked = form()

    def told() -> None:
        assert asked.query_one("#trouble").has_class("-said")
        assert asked.focused is asked.query_one("#description")

    assert await answers(asked, "f4", after=told) == []


async def test_where_the_screen_cannot_be_put_away_that_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho never > $1\n")
    editor.chmod(stat.S_IRWXU)
    monkeypatch.setenv("VISUAL", str(editor))
    asked = form()

    def told() -> None:
        assert asked.query_one("#trouble").has_class("-said")

    async def to_description(pilot: Pilot[None]) -> None:
        asked.query_one("#description").focus()
        await pilot.pause()

    assert await answers(asked, "ctrl+x", "ctrl+e", before=to_description, after=told) == []


async def test_ctrl_x_cuts_a_selection_and_otherwise_waits() -> None:
    asked = form()

    async def select(pilot: Pilot[None]) -> None:
        field = asked.query_one("#description", LongField)
        field.focus()
        await pilot.press("ctrl+x", "x")
        field.select_line(1)

    assert await answers(asked, "ctrl+x", "ctrl+s", before=select) == [replace(FINDING, description="xFirst line")]
