"""A search of SonarQube page by page; one that finds more than can be reached is asked in parts."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from reviewtui.fetch.http import AnswerError

REACHABLE: Final = 10_000
"""No search gives more than so many results."""
_PAGE: Final = 500
_SMALL_PAGE: Final = 100
_PARTS: Final = 1_000
"""A search is not asked in more parts than so many."""

FACET: Final[tuple[str, ...]] = ()
"""Stands for the values that the server itself lists for a parameter, a hundred at most."""

Page = dict[str, Any]
Parameters = Mapping[str, str | int]
Splitting = tuple[str, tuple[str, ...]]
"""A parameter and its values, by which a search falls into parts."""


@dataclass(frozen=True, slots=True)
class Search:
    """One search of the web API."""

    path: str
    name: str
    """Of the list in its answers."""
    parts: tuple[Splitting, ...]


@dataclass(slots=True)
class Asking:
    """Asks, and knows what it was given already."""

    ask: Callable[[str, Parameters], Page]
    progress: Callable[[str], None]
    notes: list[str] = field(default_factory=list)
    """What could not be had."""
    _seen: set[str] = field(default_factory=set)
    _size: int = _PAGE
    _asked_parts: int = 0
    _is_empty: bool = True

    def pages(self, search: Search, parameters: Parameters) -> Iterator[Page]:
        """Every answer with something new in it; where there is nothing at all, the one that says so."""
        first = self._page(search, parameters, 1)
        found = yield from self._part(search, parameters, search.parts, first)
        total = _total(first)
        if len(found) < total:
            self.notes.append(f"cut off: the server has {total:,} {search.name} and gave {len(found):,}")

    def _part(
        self, search: Search, parameters: Parameters, parts: tuple[Splitting, ...], first: Page
    ) -> Generator[Page, None, set[str]]:
        """The answers to a search whose first one is there; the keys of what is in them."""
        total = _total(first)
        parts = tuple(part for part in parts if part[0] not in parameters)
        found: set[str] = set()
        if total > REACHABLE and parts:
            found |= yield from self._in_parts(search, parameters, parts)
            if len(found) >= min(total, REACHABLE):
                return found
        # What no part has may be among the first ones of the whole.
        return found | (yield from self._reachable(search, parameters, first))

    def _reachable(self, search: Search, parameters: Parameters, first: Page) -> Generator[Page, None, set[str]]:
        total = _total(first)
        found: set[str] = set()
        page, number, read = first, 1, 0
        while True:
            keys = _keys(page, search.name, number)
            read += len(keys)
            has_news = not keys <= found
            found |= keys
            self.progress(f"{search.name} {read:,} of {total:,}")
            if self._is_empty or keys - self._seen:
                self._is_empty = False
                self._seen |= keys
                yield page
            number += 1
            if not has_news or read >= total or number * self._size > REACHABLE:
                return found
            page = self._page(search, parameters, number)

    def _in_parts(
        self, search: Search, parameters: Parameters, parts: tuple[Splitting, ...]
    ) -> Generator[Page, None, set[str]]:
        name, values = parts[0]
        found: set[str] = set()
        for value in values or self._values(search, parameters, name):
            if self._asked_parts >= _PARTS:
                break
            self._asked_parts += 1
            part = {**parameters, name: value}
            first = self._page(search, part, 1)
            if _total(first):
                found |= yield from self._part(search, part, parts[1:], first)
        return found

    def _values(self, search: Search, parameters: Parameters, name: str) -> tuple[str, ...]:
        """What the server lists for a parameter."""
        try:
            answer = self.ask(search.path, {**parameters, "facets": name, "ps": 1, "p": 1})
        except AnswerError:
            return ()
        return tuple(value for value in facet_of(answer, name) if value and "," not in value)

    def _page(self, search: Search, parameters: Parameters, number: int) -> Page:
        try:
            return self.ask(search.path, {**parameters, "ps": self._size, "p": number})
        except AnswerError as error:
            if error.status != 400 or self._size == _SMALL_PAGE or not self._is_empty:
                raise
            self._size = _SMALL_PAGE  # some versions give no more of some lists at once
            return self.ask(search.path, {**parameters, "ps": self._size, "p": number})


def facet_of(answer: Page, name: str) -> dict[str, int]:
    """The values of a facet, and how many results have each."""
    counts: dict[str, int] = {}
    facets = answer.get("facets")
    for facet in facets if isinstance(facets, list) else []:
        if isinstance(facet, dict) and facet.get("property") == name and isinstance(facet.get("values"), list):
            for value in facet["values"]:
                if isinstance(value, dict) and isinstance(value.get("val"), str) and type(value.get("count")) is int:
                    counts[value["val"]] = value["count"]
    return counts


def _keys(page: Page, name: str, number: int) -> set[str]:
    items = page.get(name)
    keys = set()
    for index, item in enumerate(items if isinstance(items, list) else []):
        key = item.get("key") if isinstance(item, dict) else None
        keys.add(key if isinstance(key, str) else f"\0{number}/{index}")
    return keys


def _total(page: Page) -> int:
    paging = page.get("paging")
    found = paging.get("total") if isinstance(paging, dict) else None
    found = page.get("total") if found is None else found
    return found if type(found) is int and found > 0 else 0
