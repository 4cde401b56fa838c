"""Save without end in a child, kill it wherever it is, and look at the file: run as a program by test_file."""

import os
import random
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from reviewtui.model.change import Change
from reviewtui.model.finding import Finding, FindingId
from reviewtui.model.review import Review
from reviewtui.store.file import FindingsFile

AT = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
ROUNDS = 20
BULK = {
    FindingId(name): Finding(FindingId(name), name, "mira", AT, AT, description=f"{name}\n" * 10_000)
    for name in "abcdefgh"
}


def version(number: int) -> Review:
    """A review of half a megabyte whose first and last lines say which version it is."""
    return Review(str(number), findings=BULK, extra={"version": {"number": number}})


def save_for_ever(path: Path, say: int) -> None:
    """Save version after version, and say the number of each once it is saved."""
    file = FindingsFile(path)
    review = file.load()
    number = int(review.title or 0)
    while True:
        number += 1
        review = file.update(Change.between(review, version(number)))
        os.write(say, f"{number}\n".encode())


def main(path: Path) -> None:
    """Kill a saver again and again; the file is always whole, and never older than what was said to be saved."""
    chance = random.Random(1)
    for _ in range(ROUNDS):
        hear, say = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(hear)
                save_for_ever(path, say)
            finally:
                os._exit(1)
        os.close(say)
        with os.fdopen(hear) as heard:
            said = 0
            for _ in range(chance.randrange(1, 4)):
                said = int(heard.readline())
            for _ in range(chance.randrange(150_000)):
                pass
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            said = max([said, *(int(line) for line in heard if line.endswith("\n"))])
        review = FindingsFile(path).load()
        number = int(review.title)
        if number not in (said, said + 1):
            raise SystemExit(f"version {number} is on disk, but {said} was said to be saved")
        if review != version(number):
            raise SystemExit(f"version {number} is not whole")
    print(len(list(path.parent.glob(".*.tmp"))), "were killed in the middle")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
