"""Which decisions hold for the hits of a command, without a screen."""

from collections.abc import Iterable

from reviewtui.carrying import Looked, carried
from reviewtui.commands.project import Project
from reviewtui.commands.scanning import Scanned
from reviewtui.model.hit import Hit
from reviewtui.model.standing import Standings


def standings_now(
    project: Project, scanned: Scanned, further: Iterable[Hit] = (), tools: Iterable[str] = ()
) -> Standings:
    """What holds for the hits of a scan, and for `further` ones of other tools, whose results were read whole.

    `tools`: whose results those are, also where there is no hit of theirs.
    """
    others = tuple(further)
    looked = Looked(
        scanned.listed,
        scanned.blobs,
        frozenset(hit.tool for hit in others).union(tools),
        project.repository.focus is None,
    )
    return carried(project.repository, project.review.verdicts, (*scanned.hits, *others), looked)
