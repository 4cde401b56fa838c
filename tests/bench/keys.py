"""From a key to the screen, with and without a scan beside it, against a bare Textual program."""

from tests.bench.trees import BARE, REVIEWTUI, repository
from tests.terminal import Terminal

PRESSES = 40
KEYS = (("j", ("j",)), ("page down", ("<pagedown>",)), ("G and gg in turn", ("G", "gg")), ("search on", ("n",)))


def main() -> None:
    """Print the table."""
    print(f"\nKey to screen, ms, {PRESSES} presses each      median     p99    settled median")
    with Terminal(BARE) as terminal:
        terminal.wait_for("bare")
        _row("bare Textual app, a label", terminal, "x")
    with repository(900, copies=60) as root:
        big = root / "package_000" / "aaa_big.py"
        big.write_text(
            "".join(f"def f{n}(value):\n    return [value, {n}, 'text {n}']  # {n}\n\n" for n in range(33_000))
        )
        with Terminal([*REVIEWTUI, str(big)], timeout=300) as terminal:
            terminal.wait_for("def f0(value)")
            _measure(terminal, "scan running")
            terminal.wait_gone("scan ")
            terminal.settle(1.0, limit=60)
            _measure(terminal, "at rest")


def _measure(terminal: Terminal, when: str) -> None:
    terminal.press("gg/return<enter>")
    for name, keys in KEYS:
        _row(f"{name}, {when}", terminal, *keys)
    print(f"  memory with 99,000 lines open, {when}: {terminal.memory():.1f} MB")


def _row(name: str, terminal: Terminal, *keys: str) -> None:
    found = [times for n in range(PRESSES) if (times := terminal.latency(keys[n % len(keys)]))]
    if not found:
        print(f"  {name:34} nothing changed")
        return
    first = sorted(times[0] * 1000 for times in found)
    last = sorted(times[1] * 1000 for times in found)
    p99 = first[min(len(first) - 1, round(len(first) * 0.99))]
    print(f"  {name:34} {first[len(first) // 2]:8.1f} {p99:8.1f} {last[len(last) // 2]:10.1f}")
