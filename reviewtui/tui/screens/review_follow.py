"""Following code: to the definition of a name, its references and callers, what is known of it, symbols by name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from keyword import iskeyword
from typing import TYPE_CHECKING, Final

from reviewtui.errors import ReviewTuiError
from reviewtui.follow.define import Target
from reviewtui.follow.frames import Defined, Hovered, Uses
from reviewtui.follow.modules import WORD, word_at
from reviewtui.follow.process import Following
from reviewtui.follow.references import Reference
from reviewtui.follow.symbols import Symbol
from reviewtui.model.place import RepoPath
from reviewtui.tui import jobs

if TYPE_CHECKING:
    from reviewtui.tui.screens.places import ListedPlace, Places
    from reviewtui.tui.screens.review import ReviewScreen
    from reviewtui.tui.screens.symbol_finder import SymbolFinder

_READ_LIMIT: Final = 5_000_000
"""Bytes of a file that is shown below a list of places."""
_NO_NAME: Final = "There is no name under the cursor"


@dataclass
class UsesList:
    """A list of references or callers, as it was left."""

    heading: str
    calls_only: bool
    name: str = ""
    places: "list[ListedPlace]" = field(default_factory=list)
    cursor: int = 0
    by_name: bool = False
    is_done: bool = False
    files: tuple[int, int] = (0, 0)
    """Looked through, and in all."""

    def below(self) -> str:
        """How many there are."""
        count = len(self.places)
        unsure = sum(not place.is_sure for place in self.places)
        said = f"{count:,} by name" if self.by_name else f"{count:,}"
        said += f", {unsure:,} of them only by name" if unsure and not self.by_name else ""
        return said if self.is_done else f"{said}, looking on: {self.files[0]:,} of {self.files[1]:,} files…"


class Follow:
    """What leads from a name to where it is defined and used."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self._following: Following | None = None
        self._paths: tuple[RepoPath, ...] = ()
        self._uses: UsesList | None = None
        self._open: Places | None = None
        self._finder: SymbolFinder | None = None
        self._asked = 0
        """Counts questions for uses: what an older one finds is dropped."""

    @property
    def following(self) -> Following:
        """The processes that follow code in the files that are listed now."""
        paths = self.screen.desk.paths
        if self._following is None or self._paths is not paths:
            self.stop()
            self._paths = paths
            self._following = Following(str(self.screen.repository.root), tuple(map(str, paths)))
        return self._following

    def stop(self) -> None:
        """End the processes."""
        if self._following is not None:
            self._following.stop()
            self._following = None

    def _place(self, *, forward: bool = True) -> tuple[str, int, int] | None:
        """File, line and column of the cursor, or of the next name on the line where it is on none.

        Where there can be no question, that is said.
        """
        source = self.screen.source
        if source.path is None or source.notice or not source.row_count:
            self.screen.say("Open a file first")
        elif source.revision:
            self.screen.say("Names are followed in the file on disk, not in an older version")
        else:
            column = source.cursor_column
            if forward:
                column = _name_from(source.line_text, column)
            return source.path, source.cursor + 1, column
        return None

    # Definition

    def do_definition(self, _count: int | None) -> None:
        """Action `definition`."""
        place = self._place()
        if place is not None:
            following = self.following
            self.screen.ask(lambda: following.define(*place, jobs.stopped), self._defined, "follow")

    def _defined(self, found: Defined | None) -> None:
        screen = self.screen
        if found is None:
            return
        inside = [target for target in found.targets if target.is_inside]
        if not found.name:
            screen.say(_NO_NAME)
        elif found.is_here:
            screen.say(f"This is the definition of {found.name}: {screen.key('references')} lists its uses")
        elif not found.targets:
            screen.say(f"Where {found.name} is defined is not known" + (f": {found.problem}" if found.problem else ""))
        elif not inside:
            target = found.targets[0]
            screen.say(
                f"{target.name}: {target.kind if target.kind != 'outside' else ''} of {target.note}".replace(
                    ":  ", ": "
                )
            )
        elif len(found.targets) == 1 and found.is_sure and not found.by_name:
            self._go(inside[0].path, inside[0].line, inside[0].column)
        else:
            heading = f"Of the name {found.name}" if found.by_name else f"Definitions of {found.name}"
            below = "by name only: this language is not understood" if found.by_name else ""
            self._choose(heading, found, below)

    def _choose(self, heading: str, found: Defined, below: str) -> None:
        from reviewtui.tui.screens.places import ListedPlace, Places

        def listed(target: Target) -> ListedPlace:
            is_sure = found.is_sure and not found.by_name
            if not target.is_inside:
                return ListedPlace(None, 0, 0, f"of {target.note}", target.name, is_sure)
            return ListedPlace(RepoPath(target.path), target.line, target.column, target.kind, target.name, is_sure)

        places = [listed(target) for target in found.targets]
        self.screen.app.push_screen(
            Places(heading, places, self._read, below=below), lambda index: self._chosen(places, index)
        )

    def _chosen(self, places: "list[ListedPlace]", index: int | None) -> None:
        if index is not None and (path := places[index].path) is not None:
            self._go(path, places[index].line, places[index].column)

    def _go(self, path: str, line: int, column: int | None) -> None:
        self.screen.going.to(RepoPath(path), line, column)

    def _read(self, path: RepoPath) -> bytes:
        return self.screen.repository.read(path, _READ_LIMIT)

    # References and callers

    def do_references(self, _count: int | None) -> None:
        """Action `references`."""
        self._look_for_uses(calls_only=False)

    def do_callers(self, _count: int | None) -> None:
        """Action `callers`."""
        self._look_for_uses(calls_only=True)

    def _look_for_uses(self, *, calls_only: bool) -> None:
        place = self._place(forward=not calls_only)
        if place is None:
            return
        if self._reopened(place, calls_only=calls_only):
            return
        following, screen = self.following, self.screen
        following.drop_search()
        self._asked += 1
        asked = self._asked
        self._uses = UsesList("Callers of" if calls_only else "References to", calls_only)
        screen.say("Looking for " + ("callers…" if calls_only else "references…"))

        def job() -> None:
            try:
                for found in following.uses(*place, jobs.stopped, calls_only=calls_only):
                    self._tell(lambda found=found: self._took(asked, found))  # type: ignore[misc]  # bound now
            except ReviewTuiError as error:
                text = str(error)
                self._tell(lambda: self._failed(asked, text))

        screen.work(job, "follow uses")

    def _tell(self, then: Callable[[], None]) -> None:
        self.screen.post_message(jobs.Answered(then))

    def _reopened(self, place: tuple[str, int, int], *, calls_only: bool) -> bool:
        """Show the last list again where the cursor is on one of its places: it is being worked through."""
        uses = self._uses
        if uses is None or uses.calls_only is not calls_only or not uses.places:
            return False
        path, line, column = place
        for index, listed in enumerate(uses.places):
            if listed.path == path and listed.line == line and listed.column <= column < listed.column + len(uses.name):
                uses.cursor = index
                self._show()
                return True
        return False

    def _took(self, asked: int, found: Uses) -> None:
        """Some uses were found."""
        uses, screen = self._uses, self.screen
        if asked != self._asked or uses is None:
            return
        uses.name, uses.by_name, uses.is_done = found.name, found.by_name, found.is_last
        uses.files = (found.done, found.files)
        places = [_listed(reference) for reference in found.found]
        uses.places += places
        if self._open is not None:
            self._open.add(places)
            self._open.say_below(uses.below())
        elif places and len(uses.places) == len(places):
            self._show()
        elif found.is_last and not uses.places:
            screen.say(_nothing(found, calls_only=uses.calls_only))

    def _failed(self, asked: int, text: str) -> None:
        if asked == self._asked and self._uses is not None:
            self._uses.is_done = True
            self.screen.say(text, error=True)

    def _show(self) -> None:
        from reviewtui.tui.screens.places import Places

        uses = self._uses
        if uses is None:
            return

        def moved(index: int) -> None:
            uses.cursor = index

        def closed(index: int | None) -> None:
            self._open = None
            self._chosen(uses.places, index)

        heading = f"{uses.heading} {uses.name}"
        self._open = Places(heading, uses.places, self._read, cursor=uses.cursor, below=uses.below(), moved=moved)
        self.screen.cards.message = None
        self.screen.cards.refresh_status()
        self.screen.app.push_screen(self._open, closed)

    # Hover

    def do_hover(self, _count: int | None) -> None:
        """Action `hover`."""
        place = self._place()
        if place is not None:
            following = self.following
            self.screen.ask(lambda: following.hover(*place, jobs.stopped), self._hovered, "follow")

    def _hovered(self, found: Hovered | None) -> None:
        from reviewtui.tui.screens.hover import HoverCard

        if found is None:
            return
        card = found.card
        if card is None:
            why = f": {found.problem}" if found.problem else ""
            self.screen.say(f"Nothing is known of {found.name}{why}" if found.name else _NO_NAME)
            return

        def closed(goes: bool | None) -> None:
            if goes and card.target is not None:
                self._go(card.target.path, card.target.line, card.target.column)

        self.screen.app.push_screen(HoverCard(card), closed)

    # Symbols

    def warm(self) -> None:
        """Bring the index of symbols up to date in the background."""
        following = self.following

        def job() -> None:
            try:
                following.look_through(jobs.stopped, lambda: self._tell(self._refind))
            except ReviewTuiError as error:
                text = str(error)
                self._tell(lambda: self.screen.say(text, error=True))

        self.screen.work(job, "follow index")

    def _refind(self) -> None:
        if self._finder is not None:
            self._find(self._finder.query_text)

    def do_find_symbol(self, _count: int | None) -> None:
        """Action `find_symbol`."""
        from reviewtui.tui.screens.symbol_finder import SymbolFinder

        def picked(symbol: Symbol | None) -> None:
            self._finder = None
            if symbol is not None:
                self._go(symbol.path, symbol.line, None)

        self._finder = SymbolFinder(self._find)
        self.screen.app.push_screen(self._finder, picked)
        self.warm()

    def _find(self, query: str) -> None:
        following, finder = self.following, self._finder
        if finder is not None:
            self.screen.ask(
                lambda: following.symbols(query, jobs.stopped),
                lambda found: finder.show(found) if found is not None else None,
                "follow symbols",
            )


def _name_from(line: str, column: int) -> int:
    """Where the name under the cursor is, or else the next one: a line is often entered at its `def` or `return`."""
    word, start = word_at(line, column)
    if word and not iskeyword(word):
        return column
    for found in WORD.finditer(line, start):
        if not iskeyword(found.group()):
            return found.start()
    return column


def _listed(reference: Reference) -> "ListedPlace":
    from reviewtui.tui.screens.places import ListedPlace

    around = f"{reference.around}" if reference.around else ""
    return ListedPlace(
        RepoPath(reference.path), reference.line, reference.column, around, reference.text, reference.is_sure
    )


def _nothing(found: Uses, *, calls_only: bool) -> str:
    if not found.name:
        return _NO_NAME
    if found.problem:
        return f"{found.name}: {found.problem}"
    return f"Nothing in this repository calls {found.name}" if calls_only else f"No reference to {found.name}"
