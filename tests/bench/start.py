"""From the command to the first paint and to the whole tree, against a bare Textual program; and memory."""

from tests.bench.trees import BARE, REVIEWTUI, middle, repository
from tests.terminal import Terminal

RUNS = 7


def main() -> None:
    """Print the table."""
    first, text, memory = _bare()
    print(f"\nStart, median of {RUNS} runs          first paint      x bare   tree shown   memory MB")
    print(f"  bare Textual app               {first:8.3f} s        1.00   {text:8.3f} s   {memory:9.1f}")
    for files in (5_000, 36_000):
        with repository(files) as root:
            runs = [_start(str(root)) for _ in range(RUNS)]
        paint, tree, used = (middle([run[i] for run in runs]) for i in range(3))
        print(
            f"  reviewtui, {files:6,} files        {paint:8.3f} s  {paint / first:10.2f}   {tree:8.3f} s   {used:9.1f}"
        )


def _bare() -> tuple[float, float, float]:
    runs = []
    for _ in range(RUNS):
        with Terminal(BARE) as terminal:
            paint = terminal.wait_until(lambda screen: bool(screen.strip()), "the first paint")
            shown = terminal.wait_for("bare")
            runs.append((paint, shown, terminal.memory()))
    return middle([r[0] for r in runs]), middle([r[1] for r in runs]), middle([r[2] for r in runs])


def _start(root: str) -> tuple[float, float, float]:
    with Terminal([*REVIEWTUI, root]) as terminal:
        paint = terminal.wait_until(lambda screen: bool(screen.strip()), "the first paint")
        tree = terminal.wait_for("package_000")
        terminal.settle(0.5, limit=3)
        return paint, tree, terminal.memory()
