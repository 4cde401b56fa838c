"""A worker of a scan as the program sees it: asked file by file, and where it ends, why."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass

from reviewtui.errors import WorkerError
from reviewtui.model.checklist import Candidate
from reviewtui.model.hit import Hit
from reviewtui.model.place import RepoPath
from reviewtui.scan.frames import Setup, candidates_of, hits_of, setup_header
from reviewtui.scan.text_rules.hits import beside_bandit
from reviewtui.scan.worker import MODULE
from reviewtui.workers.inside import OUT_OF_MEMORY
from reviewtui.workers.process import WorkerProcess


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker says of one file."""

    lines: int
    blob: str
    candidates: tuple[Candidate, ...]
    hits: tuple[Hit, ...]
    blind: str
    is_last: bool
    """Whether the worker ended over this file."""


class ScanWorker(WorkerProcess):
    """A worker of a scan; its methods are called by one thread, `kill` by any."""

    def __init__(self, setup: Setup) -> None:
        """Start it.

        Raises:
            WorkerError: it cannot be started.
        """
        self._setup = setup
        super().__init__(MODULE, "The scan")

    def set_up(self) -> Mapping[str, str]:
        """Wait until it is ready; its versions of Bandit and Python.

        Raises:
            WorkerError: it ended instead, for example because Bandit cannot be imported.
        """
        versions = self.exchange(setup_header(self._setup))
        if versions is None:
            self.wait()
            raise WorkerError(f"The scan cannot start: {self.last_complaint()}")
        return versions

    def ask(self, path: RepoPath, data: bytes) -> Answer:
        """What it finds in a file; where it ended instead, what was known until then and why there is no more."""
        first = self.exchange({"path": path}, data)
        if first is None:
            return Answer(0, "", (), (), self._why_it_ended(), is_last=True)
        candidates, ours = candidates_of(first["candidates"], path), hits_of(first["text"], path)
        second = self.read()
        if second is None:
            return Answer(first["lines"], first["blob"], candidates, ours, self._why_it_ended(), is_last=True)
        bandits = hits_of(second["hits"], path)
        hits = tuple(sorted((*beside_bandit(ours, bandits), *bandits), key=lambda hit: hit.order))
        return Answer(first["lines"], first["blob"], candidates, hits, second["blind"], is_last=False)

    def _why_it_ended(self) -> str:
        status = self.wait()
        if self.ran_out_of_time:
            return f"it took longer than {self._setup.time_limit:g} s"
        if status == OUT_OF_MEMORY:
            limit = self._setup.memory_limit / 2**30
            return f"it is nested too deeply, or takes more than {limit:.2g} GB of memory"
        if status < 0:
            return f"the scanner crashed over it ({signal.Signals(-status).name})"
        return f"the scanner failed over it ({self.last_complaint()})"
