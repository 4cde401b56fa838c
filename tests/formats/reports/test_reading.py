"""Which format a report has is told from what is in it."""

import json

import pytest

from reviewtui.errors import ReportError
from reviewtui.formats.reading import read_report
from tests.formats.reports.world import FILES, result_of, run_of, tree_of


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        ({"version": "2.1.0", "runs": [run_of(result_of())]}, "sarif"),
        ({"runs": None, "$schema": "https://example.org/sarif-2.1.0.json"}, "sarif"),
        ({"results": [], "errors": [], "generated_at": "x", "metrics": {}}, "bandit"),
        ({"results": [{"test_id": "B101"}]}, "bandit"),
        ({"dependencies": [], "fixes": []}, "pip-audit"),
        ([{"name": "flask", "version": "1", "vulns": []}], "pip-audit"),
        ({"results": [{"source": {}, "packages": []}]}, "osv-scanner"),
        ({"results": [], "experimental_config": {}}, "osv-scanner"),
    ],
)
def test_every_known_format_is_recognised(document: object, kind: str) -> None:
    assert read_report(json.dumps(document).encode(), "x.json", tree_of(FILES)).format == kind


@pytest.mark.parametrize(
    ("document", "seen"),
    [
        ({}, "an empty record"),
        ({"a": 1, "b\ud800": 2}, "a record with 'a', 'b"),
        ({str(number): 0 for number in range(9)}, "a record with '0', '1', '2', '3', '4', '5' …"),
        ({"dependencies": {"react": "^18"}, "name": "shop"}, "a record with 'dependencies', 'name'"),
        ([1, 2, 3], "a list of 3"),
        ("x", "the value 'x'"),
        (None, "the value 'None'"),
    ],
)
def test_what_is_none_of_them_is_refused_with_what_was_seen(document: object, seen: str) -> None:
    with pytest.raises(ReportError) as caught:
        read_report(json.dumps(document).encode(), "x.json", tree_of(FILES))
    assert str(caught.value).startswith("x.json is of no format that is known (SARIF 2.1.0, ")
    assert seen in str(caught.value)
    str(caught.value).encode()


def test_a_report_that_breaks_off_gives_what_is_complete_of_it() -> None:
    data = json.dumps({"version": "2.1.0", "runs": [run_of(*[result_of()] * 10)]}).encode()
    found = read_report(data[:-150], "x.sarif", tree_of(FILES))
    assert 0 < len(found.hits) < 10
    assert found.problems[0].endswith("; only what stands before it was read")
