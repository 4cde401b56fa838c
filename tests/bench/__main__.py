"""Run the benchmarks: `make bench`, or `python -m tests.bench [NAME] …` for some of them."""

import compileall
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import reviewtui
from tests.bench import (
    colours,
    definitions,
    diffs,
    histories,
    keys,
    mutations,
    places,
    reading,
    scanning,
    search,
    start,
)

BENCHES: Final[Mapping[str, Callable[[], None]]] = {
    "start": start.main,
    "keys": keys.main,
    "diffs": diffs.main,
    "reading": reading.main,
    "colours": colours.main,
    "definitions": definitions.main,
    "search": search.main,
    "bandit": scanning.main,
    "mutations": mutations.main,
    "places": places.main,
    "histories": histories.main,
}


def main() -> int:
    """Run those that are named, or all."""
    names = sys.argv[1:] or list(BENCHES)
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    # As an installed copy is: pip compiles, a checkout may not have been.
    compileall.compile_dir(str(Path(reviewtui.__file__).parent), quiet=1)
    for name in names:
        BENCHES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
