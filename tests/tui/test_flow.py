"""The flow of an imported hit as a trail."""

import json
from pathlib import Path

import pytest

from tests.gitrepo import GitRepo, isolate
from tests.tui.opened import opened

FILES = {
    "views.py": "def view(request):\n    name = request.args['name']\n    return show(name)\n",
    "pages.py": "def show(name):\n    page = '<p>' + name\n    return page\n",
}


def at(uri: str, line: int, text: str) -> dict[str, object]:
    """A location in a thread flow."""
    place = {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": {"startLine": line}}}
    return {"location": {**place, "message": {"text": text}}}


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GitRepo:
    isolate(monkeypatch, tmp_path / "home")
    return GitRepo.create(tmp_path / "project", FILES)


async def test_the_flow_of_a_hit_is_walked_as_a_trail(repo: GitRepo, tmp_path: Path) -> None:
    flow = [
        at("views.py", 2, "comes in"),
        at("gone/away.py", 9, "?"),
        at("pages.py", 2, "put together"),
        at("pages.py", 3, "out"),
    ]
    end = {"physicalLocation": {"artifactLocation": {"uri": "pages.py"}, "region": {"startLine": 3}}}
    result = {
        "ruleId": "py/xss",
        "message": {"text": "Cross-site scripting."},
        "locations": [end],
        "codeFlows": [{"threadFlows": [{"locations": flow}]}],
    }
    report = tmp_path / "r.sarif"
    run = {"tool": {"driver": {"name": "CodeQL"}}, "results": [result]}
    report.write_text(json.dumps({"version": "2.1.0", "runs": [run]}))
    async with opened(repo.root) as program:
        await program.press("g", "I", f"={report}", "enter")
        await program.until(lambda: program.screen.desk.hit_count == 1, "the imported hit")
        await program.press("]", "b")
        assert program.place == ("pages.py", 3)
        await program.press("s", "t")
        assert program.place == ("views.py", 2)
        trail = program.screen.trailing.trail
        assert trail is not None
        assert [(step.role, str(step.place), step.place.note) for step in trail.steps] == [
            ("source", "views.py:2", "comes in"),
            ("passes through", "pages.py:2", "put together"),
            ("sink", "pages.py:3", "out"),
        ]
        await program.press("]", "s", "]", "s")
        assert program.place == ("pages.py", 3)
        await program.press("t", "c", "ctrl+s")
        (finding,) = program.screen.desk.review.findings.values()
        assert [(place.role, str(place)) for place in finding.places] == [
            ("sink", "pages.py:3"),
            ("source", "views.py:2"),
            ("passes through", "pages.py:2"),
        ]


async def test_a_hit_with_one_place_has_no_flow(repo: GitRepo) -> None:
    (repo.root / "views.py").write_text("import subprocess\n")
    async with opened(repo.root) as program:
        await program.press("]", "b", "s", "t")
        assert program.said == "The tool names one place only"
        assert program.screen.trailing.trail is None
