"""The walk through the checklist: an item, its candidate places one after the other, and an answer with evidence."""

from typing import TYPE_CHECKING

from reviewtui.model.checklist import Answer, Candidate, Checklist, Evidence, Item, Result
from reviewtui.model.drafts import from_item
from reviewtui.model.finding import Finding
from reviewtui.model.place import Place, RepoPath
from reviewtui.model.review import Review
from reviewtui.text.safe import safe

if TYPE_CHECKING:
    from reviewtui.session import Session
    from reviewtui.tui.screens.reason import Reason
    from reviewtui.tui.screens.review import ReviewScreen


class Walking:
    """The item that is being answered, and the places that were read for it."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.item: Item | None = None
        self.at: int | None = None
        """Index of the candidate that the reader stands on."""
        self._seen: dict[str, dict[tuple[RepoPath, int], Candidate]] = {}
        self._kept: dict[str, list[Place]] = {}

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The candidates of the item."""
        return self.screen.desk.candidates(self.item.id) if self.item else ()

    def lines_in(self, path: RepoPath) -> frozenset[int]:
        """The lines of a file that are candidates of the item."""
        return frozenset(candidate.span.start for candidate in self.candidates if candidate.path == path)

    def index_here(self) -> int | None:
        """Which candidate the cursor is on."""
        here = self.screen.here
        if here is None:
            return None
        return next((i for i, c in enumerate(self.candidates) if c.path == here[0] and here[1] in c.span), None)

    def resume(self, item: Item) -> None:
        """Go on with an item, and stay where the reader is."""
        self.item, self.at = item, None
        self.screen.checklist_pane.walking = item.id
        self.screen.checklist_pane.redraw()
        self.screen.refresh_marks()

    def begin(self, item: Item) -> None:
        """Walk this item: to its first candidate, if there is one."""
        self.item, self.at = item, None
        self.screen.checklist_pane.walking = item.id
        self.screen.checklist_pane.redraw()
        self.screen.refresh_marks()
        if self.candidates:
            self._to(0)
        else:
            self.screen.say(f"{item.id}: no candidate place here; {self._answer_keys()}")

    def _choose_first(self) -> str:
        return f"Choose an item of the checklist first: {self.screen.key('pane_checklist')}"

    def _answer_keys(self) -> str:
        key = self.screen.key
        return f"{key('answer_pass')} pass, {key('answer_fail')} fail, {key('answer_na')} n/a"

    def _to(self, index: int) -> None:
        candidate = self.candidates[index]
        self.at = index
        if self.item:
            self._seen.setdefault(self.item.id, {})[candidate.path, candidate.span.start] = candidate
        self.screen.going.to(candidate.path, candidate.span.start)
        self.screen.say(f"{index + 1} of {len(self.candidates)}")

    def _step(self, by: int) -> None:
        count = len(self.candidates)
        if self.item is None:
            self.screen.say(self._choose_first())
        elif not count:
            self.screen.say(f"{self.item.id} has no candidate place in this repository")
        else:
            # A scan that goes on may have put others before it: what the cursor is on decides.
            here = self.index_here()
            now = here if here is not None else self.at
            index = (0 if by > 0 else count - 1) if now is None else now + by
            if 0 <= index < count:
                self._to(index)
            else:
                self.screen.say(f"That was the {'last' if by > 0 else 'first'} of {count}: {self._answer_keys()}")

    def do_next_candidate(self, count: int | None) -> None:
        """Action `next_candidate`."""
        self._step(count or 1)

    def do_previous_candidate(self, count: int | None) -> None:
        """Action `previous_candidate`."""
        self._step(-(count or 1))

    def do_first_candidate(self, count: int | None) -> None:
        """Action `first_candidate`."""
        self._to_end(count or 1)

    def do_last_candidate(self, count: int | None) -> None:
        """Action `last_candidate`."""
        self._to_end(-(count or 1))

    def _to_end(self, by: int) -> None:
        count = len(self.candidates)
        if count:
            self._to(min(by - 1, count - 1) if by > 0 else max(count + by, 0))
        else:
            self._step(by)

    def _item_step(self, by: int) -> None:
        items = [item for checklist in self.screen.desk.checklists for item in checklist.items]
        current = self.screen.current_item
        start = next(
            (i for i, item in enumerate(items) if current and item.id == current.id), -1 if by > 0 else len(items)
        )
        way = range(start + 1, len(items)) if by > 0 else range(start - 1, -1, -1)
        left = [index for index in way if items[index].id not in self.screen.desk.review.answers]
        if left:
            item = items[left[min(abs(by), len(left)) - 1]]
            self.screen.checklist_pane.select_item(item)
            self.begin(item)
        else:
            self.screen.say("No further item without an answer")

    def do_next_item(self, count: int | None) -> None:
        """Action `next_item`."""
        self._item_step(count or 1)

    def do_previous_item(self, count: int | None) -> None:
        """Action `previous_item`."""
        self._item_step(-(count or 1))

    # Evidence and answers

    def do_add_evidence(self, _count: int | None) -> None:
        """Action `add_evidence`."""
        screen, source = self.screen, self.screen.source
        if self.item is None or (source.path is None and screen.context != "found"):
            screen.say(self._choose_first())
            return
        kept = self._kept.setdefault(self.item.id, [])
        if screen.context == "found":
            places = screen.looking.places()
            screen.looking.took_places()
        elif source.path is not None:
            places = (screen.files.place(source.path, source.current_lines),)
            source.clear_selection()
        else:
            return
        kept += places
        what = f"{places[0]} is" if len(places) == 1 else f"{len(places)} places are"
        screen.say(f"{what} kept as evidence for {self.item.id}; {self._answer_keys()}")

    def _places(self, item: Item) -> list[Evidence]:
        """What was kept by hand, and the candidates that were gone to."""
        kept = self._kept.get(item.id, [])
        evidence = [Evidence(place, "read") for place in kept]
        covered = [(place.path, place.span) for place in kept]
        seen = self._seen.get(item.id, {}).values()
        alone = [c for c in seen if not any(p == c.path and s and s.overlaps(c.span) for p, s in covered)]
        return evidence + [Evidence(self.screen.files.place(c.path, c.span), "read") for c in alone]

    def do_answer_pass(self, _count: int | None) -> None:
        """Action `answer_pass`."""
        self._answer(Result.PASS)

    def do_answer_na(self, _count: int | None) -> None:
        """Action `answer_na`."""
        self._answer(Result.NOT_APPLICABLE)

    def do_answer_fail(self, _count: int | None) -> None:
        """Action `answer_fail`: the finding's form, with the lines under the cursor as its place."""
        item, session = self._asked()
        if item is None or session is None:
            return
        from reviewtui.tui.screens.finding_form import FindingForm

        draft = from_item(item, self._fail_places(item), session.by, session.now())

        def written(finding: Finding | None) -> None:
            if finding is None:
                self.screen.say("Not answered")
                return
            answer = self._made(item, session, Result.FAIL, finding.title, (finding.id,))

            def transition(review: Review) -> Review:
                return review.with_finding(finding).with_answer(answer)

            if self.screen.apply(f"{item.id} fails", transition):
                self._answered(item, f"{item.id} fails: {finding.title}")

        topics = [checklist.id for checklist in self.screen.desk.checklists]
        form = FindingForm(draft, heading=f"{item.id} fails", by=session.by, now=session.now(), topics=topics)
        self.screen.app.push_screen(form, written)

    def _fail_places(self, item: Item) -> tuple[Place, ...]:
        """What was kept as evidence, else the selection or the candidate under the cursor."""
        if self._kept.get(item.id):
            return tuple(self._kept[item.id])
        source = self.screen.source
        if source.path is None:
            return ()
        if source.selection:
            return (self.screen.files.place(source.path, source.selection),)
        index = self.index_here()
        if index is not None:
            return (self.screen.files.place(source.path, self.candidates[index].span),)
        return ()

    def _answer(self, result: Result) -> None:
        item, session = self._asked()
        if item is None or session is None:
            return
        from reviewtui.tui.screens.reason import ReasonDialog

        def given(reason: "Reason | None") -> None:
            if reason is None:
                self.screen.say("Not answered")
                return
            answer = self._made(item, session, result, reason.text, ())
            if self.screen.apply(f"{item.id} {result.label}", lambda review: review.with_answer(answer)):
                self._answered(item, f"{item.id}: {result.label}")

        about = f"{item.question}  ({self._evidence_words(item)})"
        heading = "Passes" if result is Result.PASS else "Not applicable"
        dialog = ReasonDialog(safe(f"{item.id} {heading}"), safe(about), self._picks(item, result))
        self.screen.app.push_screen(dialog, given)

    def _picks(self, item: Item, result: Result) -> list[str]:
        seen, all_of_them = len(self._seen.get(item.id, {})), len(self.screen.desk.candidates(item.id))
        searched = f"Searched: {seen} of {all_of_them} candidate places read, nothing found"
        if result is Result.NOT_APPLICABLE:
            return ["The application has no such feature", "Done by the platform in front of it", searched]
        return ["Done right at every place that was read", searched]

    def _evidence_words(self, item: Item) -> str:
        kept, seen = len(self._kept.get(item.id, [])), len(self._seen.get(item.id, {}))
        return f"evidence: {kept} kept, {seen} of {len(self.screen.desk.candidates(item.id))} candidates read"

    def _asked(self) -> "tuple[Item | None, Session | None]":
        item = self.screen.current_item
        if item is None:
            self.screen.say(self._choose_first())
        return item, self.screen.session

    def _made(self, item: Item, session: "Session", result: Result, reason: str, findings: tuple[str, ...]) -> Answer:
        return Answer(
            item=item.id,
            checklist=item.checklist,
            result=result,
            reason=reason,
            by=session.by,
            at=session.now(),
            commit=self.screen.commit,
            findings=findings,
            evidence=tuple(self._places(item)),
        )

    def _answered(self, item: Item, message: str) -> None:
        self._kept.pop(item.id, None)
        self.screen.checklist_pane.update_rows()
        checklist = next((c for c in self.screen.desk.checklists if c.id == item.checklist), None)
        left = (
            f" · {self._left(checklist)} left in {checklist.title}; {self.screen.key('next_item')} goes to the next"
            if checklist
            else ""
        )
        self.screen.say(message + left)

    def _left(self, checklist: Checklist) -> int:
        done, all_items = self.screen.desk.progress(checklist)
        return all_items - done
