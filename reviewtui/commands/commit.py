"""`reviewtui commit`: the findings file, and nothing else, into the repository."""

from argparse import Namespace

from reviewtui.commands.output import note, say
from reviewtui.commands.project import Project
from reviewtui.committing import commit_review, what_to_commit
from reviewtui.errors import StoreError


def run(arguments: Namespace) -> int:
    """Commit, and print the id of the commit."""
    project = Project.of(arguments)
    proposal = what_to_commit(project.repository, project.findings, project.review)
    if proposal is None:
        if not project.file.exists():
            raise StoreError(f"There is no {project.findings} in {project.repository.root}: nothing was reviewed yet")
        note(f"Nothing to commit: {project.findings} is as it was committed.")
        return 0
    commit = commit_review(project.repository, project.findings, arguments.message or proposal.message)
    for change in proposal.changes:
        note(f"  {change}")
    say(commit)
    return 0
