"""A repository that tries to draw on its reviewer's terminal wherever a text is shown, and the proof it failed.

Every hostile text carries a marker of its own, `mk` and a number between `q`s, behind each way to begin a control
sequence. A marker on the screen shows that the text was drawn at all; one in a control sequence, that it was obeyed.
"""

import base64
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from reviewtui.model.anchor import make_place
from reviewtui.model.checklist import Answer, Evidence, Result
from reviewtui.model.finding import Finding, FindingId, HistoryEntry, Kind
from reviewtui.model.hit import Fingerprint
from reviewtui.model.mark import Mark
from reviewtui.model.place import LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Severity
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict
from reviewtui.store.findings import dumps
from tests.gitrepo import GitRepo

NUMBER: Final = "77077"
"""Stands in hostile sequences where a colour would; the program itself never says it."""
_AT: Final = datetime(2024, 1, 1, tzinfo=UTC)


@dataclass
class Markers:
    """Makes hostile texts, each with another marker."""

    made: dict[str, str] = field(default_factory=dict)
    """Marker to the place that it was put into."""

    def marker(self, where: str) -> str:
        """A new marker."""
        marker = f"qmk{len(self.made)}q"
        self.made[marker] = where
        return marker

    def text(self, where: str, *, short: bool = False) -> str:
        """A text that begins with its marker and then tries everything, or in few cells the worst."""
        m = self.marker(where)
        if short:
            return f"{m}\x1b[{NUMBER}m{m}\x9b{NUMBER}m{m}"
        return (
            f"{m}[/{m}][@click=app.quit]{m}[/]\x1b]0;{m}\x07{m}\x1b[{NUMBER}m{m}\x9b{NUMBER}m{m}\x1bP{m}\x1b\\{m}"
            f"\x1b]52;c;{m}\x9c\x90{m}\x9f{m}\x1b[2J\x1bc{m}\x0e\x08\x7f\x05\u202e{m}\u2066\u200b\udc9b{NUMBER}m{m}"
            f"\U000e0041\u2028{m}"
        )

    def lines(self, where: str) -> str:
        """The same over several lines, one of which ends with a carriage return."""
        return f"{self.text(where)}\n{self.text(where)}\r{self.text(where)}\n\n{self.text(where)}"

    def name(self, where: str, end: str = ".py") -> str:
        """A name of a file; on the disk its bytes are not UTF-8."""
        m = self.marker(where)
        return f"{m}\x1b[{NUMBER}m{m}\udc9b{NUMBER}m\x9b{NUMBER}m\n[red]\u202e{m}[@click=app.quit]\x1b]0;{m}\x07{end}"


@dataclass(frozen=True)
class HostileRepository:
    """A repository in which every text is hostile."""

    root: Path
    markers: Mapping[str, str]
    sources: tuple[str, ...]
    """Names of its Python files."""


def hostile_repository(folder: Path) -> HostileRepository:
    """Names, sources, findings, verdicts, answers and marks that try to draw; made in `folder`."""
    markers = Markers()
    root = folder / markers.name("project", "")
    repo = GitRepo.create(root)
    sources = (markers.name("file"), f"{markers.name('folder', '')}/{markers.name('file in folder')}", "plain.py")
    code = "\n".join(
        (
            f"# {markers.text('comment')}",
            "import subprocess, hashlib",
            f"class {markers.marker('class')}:",
            f"    def {markers.marker('function')}(self):",
            f"        password = '{markers.text('literal that Bandit repeats')}'",
            "        subprocess.call('ls', shell=True)",
            "        eval(input())",
            f"        return hashlib.md5(password)  # nosec {markers.text('nosec')}",
            f"def follow_me(x='{markers.text('signature')}'):",
            f'    """{markers.text("docstring")}"""',
            f"follow_me('{markers.text('argument of a call')}')",
            f"# {markers.text('last line')}",
            "",
        )
    ).encode("utf-8", "replace")
    broken = f"def {markers.text('what Python cannot read')}".encode("utf-8", "surrogateescape")
    for name in sources:
        _write(root, name, code)
    _write(root, markers.name("broken file"), broken)
    _write(root, markers.name("template", ".html"), f"<a {markers.text('markup')}>{{{{ x|safe }}}}".encode(**_ESCAPED))
    (root / markers.name("link")).symlink_to(f"/{markers.name('link target')}")
    os.mkfifo(os.fsencode(root / markers.name("pipe")))
    paths = [RepoPath.parse(name) for name in sources]
    review = hostile_review(markers, paths, code.decode(errors="replace"), _fingerprint(root))
    _write(root, ".reviewtui/findings.toml", dumps(review).encode())
    repo.set("user.name", markers.text("user of the repository").replace("\udc9b", ""))
    _commit(repo, markers)
    (root / "plain.py").write_bytes(b"# not committed\n" + code + b"# of the second commit\n")
    return HostileRepository(root, markers.made, sources)


def _commit(repo: GitRepo, markers: Markers) -> None:
    """Two commits by hostile people, with all that git lets into names of branches and tags."""

    def git(*args: str, **people: str) -> None:
        text = {f"GIT_{key.upper()}": value.replace("\udc9b", "\x9b") for key, value in people.items()}
        subprocess.run(["git", *args], cwd=repo.root, check=True, capture_output=True, env={**os.environ, **text})

    def person(where: str) -> dict[str, str]:
        names = {key: markers.text(f"{key} {where}") for key in ("author_name", "committer_name")}
        return {**names, "author_email": markers.text("mail", short=True), "committer_email": "x"}

    git("add", "plain.py")
    git("commit", "-q", "--no-verify", "-m", markers.lines("message").replace("\udc9b", "\x9b"), **person("first"))
    with (repo.root / "plain.py").open("ab") as file:
        file.write(f"# {markers.text('old line')}\n# of the second commit\n".encode("utf-8", "replace"))
    git("add", "--all", "--", ":!.reviewtui")
    git("commit", "-q", "--no-verify", "-m", markers.text("subject").replace("\udc9b", "\x9b"), **person("of it"))
    git("branch", "-m", f"{markers.marker('branch')}\u202e\u200b\x9b")
    git("tag", f"{markers.marker('tag')}\u202e\u2066\x9b")


def _fingerprint(root: Path) -> Fingerprint:
    """Of some hit, so that a decision is shown with it."""
    command = [sys.executable, "-P", "-m", "reviewtui", "scan", "--format", "json", str(root / "plain.py")]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return Fingerprint(answer["hits"][0]["fingerprint"])


_ESCAPED: Final[Mapping[str, str]] = {"encoding": "utf-8", "errors": "surrogateescape"}


def _write(root: Path, name: str, data: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(root / name)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def hostile_review(markers: Markers, paths: list[RepoPath], text: str, fingerprint: Fingerprint) -> Review:
    """A review whose every text is hostile, on the first lines of three files."""
    lines = text.split("\n")

    def place(path: RepoPath, line: int) -> Place:
        role, note = markers.text("role", short=True), markers.text("note of a place")
        return make_place(path, LineSpan(line, line), lines, role=role, note=note)

    findings = [
        Finding(
            FindingId(f"hostile{number}"),
            markers.text("title"),
            markers.text("author", short=True),
            _AT,
            _AT,
            kind=kind,
            severity=Severity.HIGH,
            cvss=markers.text("cvss"),
            topic=markers.text("topic"),
            description=markers.lines("description"),
            exploit=markers.lines("exploit"),
            recommendation=markers.lines("recommendation"),
            owner=markers.text("owner"),
            tags=(markers.text("tag"),),
            hit=markers.text("hit"),
            items=(markers.text("item"),),
            places=(place(path, 1), place(path, 6)),
            history=(HistoryEntry(_AT, markers.text("by"), "state", markers.text("from"), markers.text("to")),),
        )
        for number, (path, kind) in enumerate(zip(paths, (Kind.FINDING, Kind.NOTE, Kind.QUESTION), strict=True))
    ]
    verdict = Verdict(
        fingerprint=fingerprint,
        tool=markers.text("tool"),
        rule=markers.text("rule", short=True),
        state=State.FALSE_POSITIVE,
        reason=markers.text("reason"),
        by=markers.text("decided by"),
        at=_AT,
        place=place(paths[0], 6),
    )
    answer = Answer(
        item="AUTH-01",
        checklist=markers.text("checklist"),
        result=Result.PASS,
        reason=markers.text("reason of an answer"),
        by=markers.text("answered by"),
        at=_AT,
        evidence=(Evidence(place(paths[1], 2), markers.text("evidence")),),
    )
    mark = Mark(paths[2], markers.text("marked by"), _AT, (LineSpan(1, 3),), len(lines), "", markers.text("topics"))
    return Review(
        title=markers.text("title of the review"),
        scope=(markers.text("scope"),),
        reviewers=(markers.text("reviewer"),),
        findings={finding.id: finding for finding in findings},
        verdicts={verdict.fingerprint: verdict},
        answers={answer.item: answer},
        marks={mark.key: mark},
        extra={markers.text("unknown key", short=True): markers.text("unknown value")},
    )


# The proof

# What Textual and the terminal's own protocols need: cursor, colours, modes, sizes; and the clipboard, looked at below.
_OWN: Final = re.compile(
    rb"\x1b\[[0-9;:]*m"
    rb"|\x1b\[[0-9;]*[HJKABCDGd]"
    rb"|\x1b\[\?[0-9;]*(?:[hl]|\$p)"
    rb"|\x1b\[[<>=][0-9;]*u"
    rb"|\x1b\[[0-9;]* q"
    rb"|\x1b\[\?u"
    rb"|\x1b\[[0-9;]*t"
    rb"|\x1b\[[0-9]*[lh]"
    rb"|\x1b\[>[0-9;]*m"
    rb"|\x1b\]22;[a-z]*\x07"
    rb"|\x1b\]52;c;(?P<copied>[A-Za-z0-9+/=]*)\x07"
    rb"|\x1bP=[12]s\x1b\\"
    rb"|\x1b[78=>]"
    rb"|\x1b_G[-A-Za-z0-9+/=,;]*\x1b\\"
)
_ANY: Final = re.compile(_OWN.pattern + rb"|(?P<alien>\x1b)")
_STEP: Final = re.compile(rb"\x1b\[[0-9;:]*m")
_CUT_OFF: Final = re.compile(rb"\x1b(?:\[[0-9;]{0,20})?(?=\x1b\[)")
"""The beginning of a colour, cut off by the next frame: on a busy machine the terminal loses the end of a frame now and
then. A terminal drops it, and no text can stand in it."""


def check_raw(raw: bytes, markers: Iterable[str]) -> None:
    """Assert that nothing in the bytes that went to a terminal is a repository's own: no sequence, no control."""
    raw = _CUT_OFF.sub(b"", raw)
    alien = next((found for found in _ANY.finditer(raw) if found["alien"]), None)
    assert alien is None, f"a sequence that is not the program's: {_around(raw, alien.start())}"
    copied = [base64.b64decode(found["copied"]) for found in _OWN.finditer(raw) if found["copied"]]
    for text in (_OWN.sub(b"", raw), *copied):
        assert b"\x1b" not in text, f"a sequence that is not the program's: {_around(text, text.index(0x1B))}"
        drawn = text.decode()  # strictly: a byte of a name that is not UTF-8 must not get through
        odd = {char for char in drawn if not char.isprintable() and char not in "\r\n"}
        assert not odd, f"{odd} in {[_around(drawn, drawn.index(char)) for char in odd]}"
    for found in _OWN.finditer(raw):
        sequence = found[0]
        assert NUMBER.encode() not in sequence, _around(raw, found.start())
        assert not any(marker.encode() in sequence for marker in markers), _around(raw, found.start())


def seen(raw: bytes, markers: Mapping[str, str]) -> set[str]:
    """The places whose markers were drawn."""
    text = _STEP.sub(b"", raw).decode(errors="replace")
    return {where for marker, where in markers.items() if marker in text}


def _around(text: bytes | str, index: int) -> str:
    return repr(text[max(0, index - 40) : index + 60])
