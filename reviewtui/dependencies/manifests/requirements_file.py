"""Requirements and constraints files, read as pip reads them."""

import re
from dataclasses import replace
from typing import Final

from reviewtui.dependencies.manifests.compiled import add_ways
from reviewtui.dependencies.manifests.entries import Entries, Include
from reviewtui.dependencies.manifests.pip_lines import PipLine, decoded, pip_lines
from reviewtui.dependencies.manifests.pip_options import pip_options
from reviewtui.dependencies.manifests.specifiers import UnreadableError
from reviewtui.dependencies.manifests.urls import egg, is_url, quoted
from reviewtui.dependencies.manifests.wanted import LONGEST, Wanted, direct, wanted

_OPTIONS: Final = re.compile(r"(?:^| )-")
_ARCHIVES: Final = (".zip", ".whl", ".tar.bz2", ".tbz", ".tar.gz", ".tgz", ".tar", ".tar.xz", ".txz", ".tlz", ".tar.lz")
_FEW: Final = 3
"""Problems that are told of a file of which more cannot be read than can."""
_EXTRAS: Final = re.compile(r"\[([^\[\]]+)\]\Z")
# pip asks the disk whether there is such a folder, which is not for us to do.
_PATH: Final = re.compile(r"\.{0,2}/|\.|[^\s<>=!~,;()]++\Z")
_NAMED_URL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*+\s*+(?:\[[^\]]*+\]\s*+)?@")


def read_requirements(data: bytes, entries: Entries) -> None:
    """Every line of the file as a package, an include or a problem."""
    text, trouble = decoded(data)
    if trouble:
        entries.problem(1, trouble)
    for line in pip_lines(text):
        if entries.is_full:
            break
        add_line(line, entries)
    if len(entries.problems) > max(_FEW, len(entries.requirements)):
        _doubt(entries)
    add_ways(text, entries)


def pip_requirement(text: str) -> Wanted:
    """What a line without options asks for: PEP 508, a URL or a path, with a marker behind.

    Raises:
        UnreadableError: nobody can read it.
    """
    if len(text) > LONGEST:
        raise UnreadableError(f"a requirement of {len(text):,} characters: {quoted(text, 40)}")
    address, marker = _split_marker(text)
    if is_url(address):
        return _from_address(address, marker)
    if _is_path(address):
        try:
            # `name @ file.whl` and `name[x]==1 ; marker`: the slash may stand in a URL behind the name.
            return wanted(text)
        except UnreadableError:
            if _NAMED_URL.match(address) or not _PATH.match(address):
                raise
        return _from_address(address, marker)
    return wanted(text)


def pip_editable(text: str) -> Wanted:
    """What `-e` asks for: a folder, a repository, or a name with one of them.

    Raises:
        UnreadableError: nobody can read it.
    """
    if len(text) > LONGEST:
        raise UnreadableError(f"a requirement of {len(text):,} characters: {quoted(text, 40)}")
    if _NAMED_URL.match(text):
        return wanted(text)
    return _from_address(*_split_marker(text))


def add_line(line: PipLine, entries: Entries) -> None:
    """Take in what one line asks for or includes; what pip would refuse or pass over is told."""
    found = _OPTIONS.search(line.text)
    asked = (line.text[: found.start()] if found else line.text).strip()
    number = line.span.start
    try:
        options = pip_options(line.text[found.start() :].strip() if found else "")
    except UnreadableError as error:
        entries.problem(number, f"pip refuses the options of this line: {error}")
        if asked:
            _add(asked, line, entries)
        return
    ignored = list(options.leftover)
    if asked:
        _add(asked, line, entries)
        ignored += [*options.editables, *options.requirements, *options.constraints]
    elif options.editables:
        _add(options.editables[0], line, entries, is_editable=True)
        ignored += [*options.editables[1:], *options.requirements, *options.constraints]
    else:
        included = [*options.requirements, *options.constraints]
        if included:
            entries.includes.append(Include(included[0], number, is_constraint=not options.requirements))
        ignored += included[1:]
    for word in ignored:
        entries.problem(number, f"pip passes over {quoted(word)} on this line")


def _doubt(entries: Entries) -> None:
    """Say in one word that a file is hardly what its name promises, a page of a manual perhaps.

    What names a version or a place is kept all the same; words that stand alone are not taken for packages.
    """
    told = sorted(entries.problems)
    words = [found for found in entries.requirements if not found.specifier and not found.url]
    entries.requirements = [found for found in entries.requirements if found.specifier or found.url]
    more = f"and {len(told) - _FEW} more lines that nobody can read: hardly a requirements file"
    if words:
        more += f", so {len(words)} words that stand alone are not taken for packages"
    entries.problems = [*told[:_FEW], (told[_FEW][0], more)]


def _add(text: str, line: PipLine, entries: Entries, *, is_editable: bool = False) -> None:
    try:
        found = pip_editable(text) if is_editable else pip_requirement(text)
    except UnreadableError as error:
        entries.problem(line.span.start, str(error))
        return
    entries.add(found, line.span.start, line.span)


def _split_marker(text: str) -> tuple[str, str]:
    """The text before the marker and the marker; behind a URL, a blank has to follow the semicolon."""
    address, _, marker = text.partition("; " if is_url(text) else ";")
    return address.strip(), marker.strip()


def _is_path(text: str) -> bool:
    return "/" in text or text.startswith(".") or _EXTRAS.sub("", text).lower().endswith(_ARCHIVES)


def _from_address(address: str, marker: str) -> Wanted:
    """A URL or path, with the name that its fragment or the name of its wheel gives it."""
    extras: tuple[str, ...] = ()
    if not is_url(address) and (found := _EXTRAS.search(address)):
        extras = tuple(sorted(part.strip() for part in found[1].split(",") if part.strip()))
        address = address[: found.start()]
    named = egg(address)
    if not named:
        return _marked(direct(address, extras=extras), marker)
    try:
        by_egg = wanted(named)
    except UnreadableError:
        raise UnreadableError(f"no name of a package: {quoted(named)} behind egg=") from None
    return _marked(direct(address, by_egg.shown, tuple(sorted({*extras, *by_egg.extras}))), marker)


def _marked(found: Wanted, marker: str) -> Wanted:
    if not marker:
        return found
    # Read once, so that a marker that is none is a problem as it is for pip.
    wanted(f"x ; {marker}")
    return replace(found, marker=marker)
