"""What a worker remembers between questions."""

from pathlib import Path

from reviewtui.follow.worker import Follower


def test_an_index_that_is_not_finished_is_gone_on_with(tmp_path: Path) -> None:
    for name in ("a.py", "b.py", "c.py"):
        (tmp_path / name).write_text(f"def {name[0]}(): ...\n")
    follower = Follower(str(tmp_path), ["a.py", "b.py", "c.py"])
    assert follower.look_through(-1.0)
    assert not follower.symbols("").is_complete
    assert not follower.look_through(60.0, begins=False)
    found = follower.symbols("")
    assert (found.is_complete, [symbol.name for symbol in found.found]) == (True, ["a", "b", "c"])
