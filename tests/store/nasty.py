"""Random reviews full of whatever breaks files: the same seed gives the same review."""

import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from reviewtui.model.checklist import Answer, Evidence, Result
from reviewtui.model.finding import Finding, FindingId, HistoryEntry, Kind
from reviewtui.model.hit import Fingerprint
from reviewtui.model.mark import ALL_TOPICS, Mark, joined
from reviewtui.model.place import Anchor, LineSpan, Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.model.risk import Level, Severity
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict

_SCRAPS: Final = (
    *("plain words", "x", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", '"', '"""', '""""""', "'", "'''", "\\", "\\\\"),
    *("\\n", "\\u0041", "\\udc80", "\\u005c", "\\UDC80", "\\u", "\udce9", "\ud83d", "\udc00", "\x00", "\x1b[31m"),
    *("\x7f", "\x85", "\u2028", "\u202e", "\u200b", "\ufeff", "\U000e0041", "é", "日本語", "👩‍💻", "\U0010ffff"),
    *("[[finding]]", "[review]", "# no comment", "= 1", "a.b.c", "<<<<<<< HEAD", "=======", ">>>>>>> theirs"),
    *("||||||| base", "\n<<<<<<< HEAD\n", "\n=======\n", "\n>>>>>>> theirs\n", " \n", "\t\n", "\n ", "format = 2"),
    *("1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19", "../../etc/passwd", "x" * 200, "nan", "true", "{", "}"),
)
_KEYS: Final = ("zeta", "with blank", "a.b", "", "ünï", '"', "\\", "line\nend", "\u202e", "-", "0")


class Nasty:
    """A source of nasty values."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def text(self) -> str:
        """Possibly empty, possibly hostile, possibly long."""
        return "".join(self.random.choices(_SCRAPS, k=self.random.choice((0, 1, 1, 2, 5, 12))))

    def texts(self) -> tuple[str, ...]:
        """A few of them."""
        return tuple(self.text() for _ in range(self.random.choice((0, 0, 1, 3, 9))))

    def name(self, letters: str = "abcxyz0189") -> str:
        """An id."""
        return "".join(self.random.choices(letters, k=8))

    def object_id(self) -> str:
        """A commit or blob, or none."""
        return self.random.choice(("", self.name("0123456789abcdef") * 5))

    def path(self) -> RepoPath:
        """A path with any characters that a file system takes."""
        raw = self.random.choice((b"a/b.py", b"caf\xe9/\xff.py", "é/日本.py".encode(), b'a b\n"\\"\x1b.py', b"\\udce9"))
        return RepoPath.parse(raw.decode("utf-8", "surrogateescape") + self.random.choice(("", " ", "\t", "\u202e")))

    def moment(self) -> datetime:
        """A time in any zone that a file can hold."""
        zone = self.random.choice((UTC, UTC, timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=-11))))
        at = datetime(2024, 2, 29, 23, 59, 59, tzinfo=zone) + timedelta(seconds=self.random.randrange(10**8))
        return at.replace(microsecond=self.random.choice((0, 0, 123456, 500000)))

    def day(self) -> date | None:
        """A date, or none."""
        return self.random.choice((None, date(2026, 1, 31) + timedelta(days=self.random.randrange(999))))

    def value(self, depth: int = 0) -> object:
        """Any TOML value."""
        kinds = ("text", "number", "real", "truth", "moment", "day", "naive", "list", "table", "tables", "mixed")
        kind = self.random.choice(kinds[: 7 if depth > 2 else None])
        if kind == "number":
            return self.random.choice((0, -1, 2**63 - 1, -(2**63)))
        if kind == "real":
            return self.random.choice((0.0, -1.5, 1e300, 5e-324, float("inf"), 1e16))
        if kind == "truth":
            return self.random.choice((False, True))
        if kind == "moment":
            return self.moment()
        if kind == "day":
            return date(1, 1, 1)
        if kind == "naive":
            return datetime(2024, 1, 1, 12, 0, 0)  # noqa: DTZ001 (a local time is a value of TOML)
        if kind == "list":
            return [self.value(depth + 1) for _ in range(self.random.randrange(4))]
        if kind == "table":
            return self.extra(depth + 1)
        if kind == "tables":
            return [self.extra(depth + 1) for _ in range(1, 3)]
        if kind == "mixed":
            return [self.extra(depth + 1), 1, [], {}]
        return self.text()

    def extra(self, depth: int = 0) -> dict[str, object]:
        """Keys that this version does not know; mostly none."""
        keys = self.random.sample(_KEYS, self.random.choice((0, 0, 0, 1, 3)))
        return {key: self.value(depth) for key in keys}

    def span(self) -> LineSpan:
        """Some lines."""
        start = self.random.choice((1, 2, 40, 99999))
        return LineSpan(start, start + self.random.choice((0, 0, 1, 50)))

    def place(self) -> Place:
        """A place with an anchor, or without."""
        anchor = Anchor(
            self.object_id(),
            self.object_id(),
            self.text(),
            self.text(),
            self.text(),
            self.text(),
            self.random.randrange(3),
        )
        span = self.random.choice((None, self.span()))
        return Place(self.path(), span, self.text(), self.text(), self.random.choice((anchor, Anchor())), self.extra())

    def history(self) -> tuple[HistoryEntry, ...]:
        """A few entries."""
        return tuple(
            HistoryEntry(self.moment(), self.text(), self.text(), self.text(), self.text(), self.text(), self.extra())
            for _ in range(self.random.choice((0, 0, 1, 3)))
        )

    def finding(self) -> Finding:
        """A finding."""
        created = self.moment()
        return Finding(
            FindingId(self.name()),
            self.text(),
            self.text(),
            created,
            self.random.choice((created, self.moment())),
            self.random.choice(list(Kind)),
            self.random.choice(list(State)),
            self.random.choice((None, *Severity)),
            self.random.choice((None, *Level)),
            self.random.choice((None, *Level)),
            self.text(),
            tuple(self.random.sample(range(1, 2000), self.random.randrange(4))),
            self.text(),
            self.text(),
            self.text(),
            self.text(),
            self.text(),
            self.day(),
            self.day(),
            self.text(),
            self.texts(),
            self.text(),
            self.texts(),
            tuple(self.place() for _ in range(self.random.randrange(3))),
            self.history(),
            self.extra(),
        )

    def verdict(self) -> Verdict:
        """A verdict."""
        return Verdict(
            Fingerprint(self.name("0123456789abcdef") * 4),
            self.text(),
            self.text(),
            self.random.choice(list(State)),
            self.text(),
            self.text(),
            self.moment(),
            self.place(),
            self.text(),
            self.day(),
            self.text(),
            self.history(),
            self.random.choice((0, 0, 1, 12)),
            self.extra(),
        )

    def answer(self) -> Answer:
        """An answer."""
        return Answer(
            self.name("ABC-012"),
            self.text(),
            self.random.choice(list(Result)),
            self.text(),
            self.text(),
            self.moment(),
            self.object_id(),
            self.texts(),
            tuple(Evidence(self.place(), self.text(), self.extra()) for _ in range(self.random.randrange(3))),
            self.history(),
            self.extra(),
        )

    def mark(self) -> Mark:
        """A mark."""
        return Mark(
            self.path(),
            self.text(),
            self.moment(),
            joined(self.span() for _ in range(self.random.choice((0, 1, 2, 40)))),
            self.random.choice((0, 1, 12345)),
            self.object_id(),
            self.random.choice((ALL_TOPICS, self.text() or ALL_TOPICS)),
            self.object_id(),
            self.extra(),
        )

    def review(self) -> Review:
        """A whole review."""
        findings = [self.finding() for _ in range(self.random.randrange(4))]
        verdicts = [self.verdict() for _ in range(self.random.randrange(3))]
        answers = [self.answer() for _ in range(self.random.randrange(3))]
        marks = [self.mark() for _ in range(self.random.randrange(3))]
        return Review(
            self.text(),
            self.texts(),
            self.object_id(),
            self.texts(),
            {finding.id: finding for finding in findings},
            {verdict.fingerprint: verdict for verdict in verdicts},
            {answer.item: answer for answer in answers},
            {mark.key: mark for mark in marks},
            self.extra(),
            self.extra(),
        )
