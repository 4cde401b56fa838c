"""Many thousands of reports with something wrong in them, read one after the other; none may end in an exception."""

import time
import traceback
from collections import Counter
from typing import Final

from tests.formats.reports.mutants import SAMPLES, checked, mutants, tree

COUNT: Final = 10_000
SEED: Final = 20_261_126


def main() -> None:
    """Print how many were read, refused and went wrong."""
    if not SAMPLES.exists():
        print("\nMutations: ../shared/samples is not there")
        return
    over = tree()
    ends: Counter[str] = Counter()
    slowest = (0.0, "")
    begun = time.perf_counter()
    for name, data in mutants(COUNT, SEED):
        started = time.perf_counter()
        try:
            ends[checked(data, over)] += 1
        except Exception:  # noqa: BLE001 (to count them)
            ends["wrong"] += 1
            print(f"  {name}\n{traceback.format_exc(limit=-3)}")
        slowest = max(slowest, (time.perf_counter() - started, name))
    seconds = time.perf_counter() - begun
    print(f"\nMutations of reports: {COUNT:,} in {seconds:,.0f} s, slowest {slowest[0] * 1e3:,.0f} ms ({slowest[1]})")
    print(f"  read {ends['read']:,}, refused {ends['refused']:,}, ended in an exception {ends['wrong']:,}")
