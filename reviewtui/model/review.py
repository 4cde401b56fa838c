"""The review: all that people said, with the transitions that keep it whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from reviewtui.errors import InvalidReviewError
from reviewtui.model.checklist import Answer
from reviewtui.model.extra import Extra
from reviewtui.model.finding import Finding, FindingId, HistoryEntry
from reviewtui.model.hit import Fingerprint
from reviewtui.model.mark import Mark
from reviewtui.model.state import State
from reviewtui.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Review:
    """Findings, verdicts, answers and marks; every change gives a new one."""

    title: str = ""
    scope: tuple[str, ...] = ()
    """Globs of what is to be reviewed; empty: everything."""
    commit: str = ""
    """Where the review began."""
    reviewers: tuple[str, ...] = ()
    findings: Mapping[FindingId, Finding] = field(default_factory=dict)
    verdicts: Mapping[Fingerprint, Verdict] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By item id."""
    marks: Mapping[tuple[str, str, str], Mark] = field(default_factory=dict)
    """By Mark.key."""
    extra: Extra = field(default_factory=dict)
    """Unknown tables and keys at the top of the file."""
    review_extra: Extra = field(default_factory=dict)
    """Unknown keys of `[review]`."""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has said anything yet."""
        return not (self.findings or self.verdicts or self.answers or self.marks)

    def with_finding(self, finding: Finding) -> "Review":
        """With this finding added, or in place of the one with its id."""
        finding.check()
        return replace(self, findings={**self.findings, finding.id: finding})

    def without_finding(self, finding_id: FindingId) -> "Review":
        """Without it; verdicts and answers that named it keep their words but lose the reference."""
        if finding_id not in self.findings:
            raise InvalidReviewError(f"There is no finding {finding_id}")
        return replace(
            self,
            findings={key: value for key, value in self.findings.items() if key != finding_id},
            verdicts={
                key: replace(v, finding="") if v.finding == finding_id else v for key, v in self.verdicts.items()
            },
            answers={
                key: replace(a, findings=tuple(f for f in a.findings if f != finding_id))
                if finding_id in a.findings
                else a
                for key, a in self.answers.items()
            },
        )

    def with_verdict(self, verdict: Verdict) -> "Review":
        """With this decision; an earlier one on the same hit goes into its history, with who said it, when and why."""
        return self.with_verdicts((verdict,))

    def with_verdicts(self, verdicts: Iterable[Verdict]) -> "Review":
        """With all these decisions, each as `with_verdict` takes it."""
        decided = dict(self.verdicts)
        for verdict in verdicts:
            verdict.check()
            old = decided.get(verdict.fingerprint)
            decided[verdict.fingerprint] = verdict if old is None else verdict.following(old)
        return replace(self, verdicts=decided)

    def with_answer(self, answer: Answer) -> "Review":
        """With this answer; an earlier one to the same item goes into its history, with who gave it, when and why."""
        answer.check()
        old = self.answers.get(answer.item)
        if old is not None:
            before = old.history[-1].new if old.history else ""
            entry = HistoryEntry(old.at, old.by, "result", before, old.result, old.reason)
            answer = replace(answer, history=(*old.history, entry), extra=old.extra)
        return replace(self, answers={**self.answers, answer.item: answer})

    def with_mark(self, mark: Mark) -> "Review":
        """With this mark in place of the one for its path, reviewer and topic."""
        return replace(self, marks={**self.marks, mark.key: mark})

    def without_mark(self, key: tuple[str, str, str]) -> "Review":
        """Without it."""
        return replace(self, marks={k: m for k, m in self.marks.items() if k != key})

    def with_reviewer(self, name: str) -> "Review":
        """With this name among the reviewers."""
        return self if name in self.reviewers else replace(self, reviewers=(*self.reviewers, name))

    def state_of(self, fingerprint: Fingerprint) -> State:
        """What was decided on this hit; open where nothing was."""
        verdict = self.verdicts.get(fingerprint)
        return verdict.state if verdict else State.OPEN

    def first_at(self) -> datetime | None:
        """The time of the oldest entry."""
        times = [f.created for f in self.findings.values()]
        times += [v.at for v in self.verdicts.values()]
        times += [a.at for a in self.answers.values()]
        times += [m.at for m in self.marks.values()]
        return min(times, default=None)
