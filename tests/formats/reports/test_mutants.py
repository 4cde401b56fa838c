"""No report, however wrong, does more than be refused or lose what is wrong in it."""

from collections import Counter

import pytest

from tests.formats.reports.mutants import SAMPLES, checked, mutants, tree

_COUNT = 400
_SEED = 1


def test_reports_with_something_wrong_are_read_or_refused_with_a_word() -> None:
    if not SAMPLES.exists():
        pytest.skip("../shared/samples is not there")
    over = tree()
    ends: Counter[str] = Counter()
    for name, data in mutants(_COUNT, _SEED):
        try:
            ends[checked(data, over)] += 1
        except BaseException as error:
            error.add_note(f"reading the mutant {name}")
            raise
    assert ends["read"] > _COUNT // 2
    assert ends["refused"] > 0
