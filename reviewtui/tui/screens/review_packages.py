"""The packages that the code rests on: known vulnerabilities as hits on their lines, and how each package stands."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from reviewtui.model.place import RepoPath
from reviewtui.text.safe import safe
from reviewtui.tui import jobs
from reviewtui.tui.screens.layers import take_layer

if TYPE_CHECKING:
    from reviewtui.auditing import Audit
    from reviewtui.dependencies.checking import Checked
    from reviewtui.tui.screens.review import ReviewScreen

LAYER: Final = "dependencies"


class Packages:
    """What is known against the packages, looked up beside the screen without a network."""

    def __init__(self, screen: "ReviewScreen") -> None:
        self.screen = screen
        self.audit: Audit | None = None
        """None until they were looked up."""

    def look(self, changed: Iterable[RepoPath] | None = None) -> None:
        """Look all of them up, in the background; after a change on disk only where it concerns a manifest."""
        if changed is not None and self.audit:
            from reviewtui.dependencies.manifests import find

            touched = tuple(changed)
            if not find(touched) and not {m.path for m in self.audit.manifests}.intersection(touched):
                return
        repository = self.screen.repository

        def job() -> "Audit | None":
            # Loaded beside the screen: databases, versions and YAML take longer than the first file.
            from reviewtui.auditing import audit

            return audit(repository, should_stop=jobs.stopped)

        self.screen.ask(job, self._took, LAYER)

    def _took(self, found: "Audit | None") -> None:
        if found is None:
            return
        from reviewtui.dependencies.hits import TOOL

        screen = self.screen
        self.audit = found
        take_layer(screen, LAYER, found.hits, (TOOL,), found.blind)
        if found.problems:
            screen.say(found.problems[0], error=True)

    def do_list_packages(self, _count: int | None) -> None:
        """Action `list_packages`: how each package stands; the picked one's line is gone to."""
        screen, found = self.screen, self.audit
        if found is None:
            screen.say("The packages are being looked up")
            return
        if not found.checks:
            screen.say("No manifest names a package here: requirements files, pyproject.toml, lock files")
            return
        from reviewtui.tui.screens.picker import Picker, PickRow

        checks = sorted(found.checks, key=lambda check: (check.outcome.rank, check.pinned is not None))
        rows = [PickRow(safe(_name(check)), safe(_standing(check))) for check in checks]

        def chosen(index: int | None) -> None:
            if index is not None:
                entry = checks[index].requirement
                screen.going.to(entry.path, entry.line)

        databases = ", ".join(source.said for source in found.sources)
        screen.app.push_screen(
            Picker(f"Packages, by {databases}", rows, "any part of a name", empty="No such package"), chosen
        )


def _name(check: "Checked") -> str:
    entry = check.requirement
    return f"{entry.shown} {entry.version or entry.specifier}".rstrip() + f"  {entry.path}:{entry.line}"


def _standing(check: "Checked") -> str:
    from reviewtui.dependencies.checking import Outcome

    if check.outcome is Outcome.VULNERABLE:
        fixed = f", {check.fixed_by} has none" if check.fixed_by else ""
        return f"{len(check.vulnerabilities)} known{fixed}"
    if check.outcome is Outcome.CLEAN:
        return "nothing known"
    return f"not checked: {check.reason}"
