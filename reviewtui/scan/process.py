"""A worker of a scan as the program sees it: asked file by file, and where it ends, why."""

import signal
from collections.abc import Mapping

from reviewtui.errors import SettingsError, WorkerError
from reviewtui.model.place import RepoPath
from reviewtui.scan.answer import A_DAY, Answer
from reviewtui.scan.frames import Setup, candidates_of, hits_of, setup_header
from reviewtui.scan.text_rules.hits import beside_bandit
from reviewtui.scan.worker import MODULE
from reviewtui.workers.inside import OUT_OF_MEMORY
from reviewtui.workers.process import WorkerProcess


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
            SettingsError: Bandit cannot use the configuration that the reviewer named.
        """
        versions = self.exchange(setup_header(self._setup))
        settings = self._setup.bandit
        if settings is not None and (versions is None or "problem" in versions):
            why = "it takes too much time or memory" if versions is None else versions["problem"]
            raise SettingsError(f"{settings.name} cannot be used as Bandit's configuration: {why}")
        if versions is None:
            self.wait()
            raise WorkerError(f"The scan cannot start: {self.last_complaint()}")
        return versions

    def ask(self, path: RepoPath, data: bytes) -> bool:
        """Have it look into a file; False where it has ended. Each file that was asked for is answered, in order."""
        return self.send({"path": path}, data)

    def answer(self, path: RepoPath) -> Answer:
        """What it finds in the file that was asked for first of those without an answer.

        Where it ended instead, what was known until then and why there is no more.
        """
        first = self.read()
        if first is None:
            return Answer(0, "", (), (), self._why_it_ended(), is_last=True, holds_for=self._how_long())
        candidates, ours = candidates_of(first["candidates"], path), hits_of(first["text"], path)
        second = self.read()
        if second is None:
            why, how_long = self._why_it_ended(), self._how_long()
            return Answer(first["lines"], first["blob"], candidates, ours, why, is_last=True, holds_for=how_long)
        bandits = hits_of(second["hits"], path)
        hits = tuple(sorted((*beside_bandit(ours, bandits), *bandits), key=lambda hit: hit.order))
        return Answer(first["lines"], first["blob"], candidates, hits, second["blind"])

    def _how_long(self) -> float:
        """Seconds for which the end of the worker says something of the file: not where somebody killed it."""
        return A_DAY if self.ran_out_of_time or self.wait() == OUT_OF_MEMORY else 0

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
