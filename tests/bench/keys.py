"""From a key to the screen, with and without a scan beside it, against a bare Textual program."""

from pathlib import Path

from tests.bench.trees import BARE, REVIEWTUI, repository
from tests.terminal import Terminal

PRESSES = 60
KEYS = (("j", "j"), ("Ctrl-d", "<ctrl+d>"), ("page up", "<pageup>"), ("G", "G"), ("gg", "gg"))


def main() -> None:
    """Print the table."""
    print(f"\nKey to screen, ms, {PRESSES} presses each      median     p99    settled median")
    with Terminal(BARE) as terminal:
        terminal.wait_for("bare")
        _row("bare Textual app, a label", terminal, "x")
    with repository(3_000, copies=40) as root:
        big = root / "package_000" / "aaa_big.py"
        big.write_text(
            "".join(f"def f{n}(value):\n    return [value, {n}, 'text {n}']  # {n}\n\n" for n in range(33_000))
        )
        _measure(root, big, scanning=True)
        _measure(root, big, scanning=False)


def _measure(root: Path, big: Path, *, scanning: bool) -> None:
    with Terminal([*REVIEWTUI, str(big)], timeout=300) as terminal:
        terminal.wait_for("def f0(value)")
        if not scanning:
            terminal.press("<ctrl+c>")
            terminal.wait_for("cancelled")
            terminal.settle(1.0, limit=30)
        for name, keys in KEYS:
            _row(f"{name}, {'scan running' if scanning else 'at rest'}", terminal, keys)
        print(f"  memory with {big.name} open, {'scan running' if scanning else 'at rest'}: {terminal.memory():.1f} MB")


def _row(name: str, terminal: Terminal, keys: str) -> None:
    found = [times for _ in range(PRESSES) if (times := terminal.latency(keys))]
    if not found:
        print(f"  {name:34} nothing changed")
        return
    first = sorted(times[0] * 1000 for times in found)
    last = sorted(times[1] * 1000 for times in found)
    p99 = first[min(len(first) - 1, round(len(first) * 0.99))]
    print(f"  {name:34} {first[len(first) // 2]:8.1f} {p99:8.1f} {last[len(last) // 2]:10.1f}")
