import pytest

from reviewtui.colour.process import Colourer
from reviewtui.text.source import decode
from reviewtui.text.tokens import language
from tests.bench.colours import compared, sample


def test_windows_of_real_files_have_the_colours_of_the_whole_file() -> None:
    colourer = Colourer()
    languages = set()
    windows = refused = 0
    try:
        for path in sample(24, seed=3):
            source = decode(path.read_bytes(), path.name)
            if source.is_binary or not source.lines:
                continue
            for _, shown, expected in compared(path.name, source, colourer, windows=6):
                languages.add(language(path.name, source.lines[0]))
                windows += 1
                refused += shown is None
                if shown is not None and shown != expected:
                    pytest.fail(f"{path} is coloured otherwise")
    finally:
        colourer.stop()
    assert windows > 60
    assert refused < windows // 20
    assert len(languages) >= 4
