"""Try to save one finding under hard conditions, and print what happened: run as a program by test_file."""

import os
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

from reviewtui.errors import StoreError
from reviewtui.model.change import Change
from reviewtui.model.finding import Finding, FindingId
from reviewtui.store.file import FindingsFile

NOBODY = 65534


def main(condition: str, path: Path) -> None:
    """Save with a small limit for files (`full`), or without the rights of root (`nobody`)."""
    file = FindingsFile(path)
    review = file.load()
    at = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)
    finding = Finding(FindingId("f1"), "x" * 5000, "mira", at, at)
    if condition == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    elif os.geteuid() == 0:
        os.seteuid(NOBODY)
    try:
        file.update(Change.between(review, review.with_finding(finding)))
    except StoreError as error:
        print(error)
    else:
        print("saved")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
