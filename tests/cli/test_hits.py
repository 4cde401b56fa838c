"""`reviewtui hits`, and `--filter` of `scan` and `export`."""

import json
from dataclasses import replace

import pytest

from reviewtui.model.hit import Fingerprint
from reviewtui.model.review import Review
from reviewtui.model.state import State
from tests.cli.conftest import Run, save
from tests.formats.example import review
from tests.gitrepo import GitRepo

SHELL = (
    "shop/db.py:5: HIGH B602 subprocess_popen_with_shell_equals_true: subprocess call with shell=True identified, "
    "security issue. [bandit]"
)
SILENCED = (
    "shop/quiet.py:1: MEDIUM B307 eval: Use of possibly insecure function - consider using safer ast.literal_eval. "
    "[bandit] (silenced: # nosec)"
)


def decide(shop: GitRepo, cli: Run) -> Review:
    """The shell is a false positive."""
    (shell,) = json.loads(cli("hits", "rule:B602", "--format", "json", shop.root).out)["hits"]
    verdict = replace(
        next(iter(review().verdicts.values())),
        fingerprint=Fingerprint(shell["fingerprint"]),
        rule="B602",
        state=State.FALSE_POSITIVE,
        reason="constant",
        by="Rita",
    )
    decided = Review().with_verdict(verdict)
    save(shop, decided)
    return decided


def test_without_a_filter_all_hits_are_printed_with_their_tool(cli: Run, shop: GitRepo) -> None:
    done = cli("hits", shop.root)
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[1:4] == [SHELL, "", SILENCED]
    assert "Not looked at (1):" in lines
    assert lines[-1] == "5 hits, 5 undecided"


def test_terms_stand_by_themselves_beside_the_path_and_in_options(cli: Run, shop: GitRepo) -> None:
    ways: tuple[tuple[object, ...], ...] = (
        ("sev:high", shop.root),
        (shop.root, "sev:>medium"),
        ("--filter", "sev:high", shop.root),
        (shop.root, "--filter", "path:shop", "--filter", "-sev:medium !sev:low"),
        ("-sev:low", "!sev:medium", shop.root),
        ("text:shell=true", "rule:B6*", shop.root, "--no-cache"),
    )
    for arguments in ways:
        done = cli("hits", *arguments)
        assert done.out.splitlines()[0] == SHELL, arguments
        assert done.out.splitlines()[-1].startswith("1 of 5 hits fit "), arguments


def test_what_was_not_looked_at_is_said_as_far_as_the_paths_reach(cli: Run, shop: GitRepo) -> None:
    out = cli("hits", "sev:critical", shop.root).out.splitlines()
    assert out[0] == "Not looked at (1):"
    assert out[1].startswith("  shop/broken.py: ")
    assert out[-1] == "0 of 5 hits fit sev:critical, 0 undecided"
    assert (
        cli("hits", "sev:critical", "path:views", shop.root).out
        == "0 of 5 hits fit sev:critical path:views, 0 undecided\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sev:hgih",), "reviewtui: unknown severity 'hgih' at 5 (did you mean high?): critical, high,"),
        (("--filter", "sve:high"), "reviewtui: unknown key 'sve' at 1 (did you mean sev?): sev, path, rule"),
        (("a", "b"), "there are two paths, 'a' and 'b'; a word to look for is written text:WORD"),
        (("--format", "sarif", "--group", "rule"), "reviewtui: SARIF has no groups and no counts"),
        (("--group", "colour"), "argument --group: invalid choice: 'colour'"),
    ],
)
def test_what_cannot_be_understood_is_an_error_in_words(
    cli: Run, shop: GitRepo, arguments: tuple[str, ...], said: str
) -> None:
    paths = () if "a" in arguments else (shop.root,)
    done = cli("hits", *arguments, *paths)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_groups_are_counted_worst_first(cli: Run, shop: GitRepo) -> None:
    decide(shop, cli)
    lines = cli("hits", "--group", "severity", shop.root).out.splitlines()
    assert [line for line in lines if line and not line.startswith(" ")][:3] == [
        "high  (1, 0 undecided)",
        "medium  (2, 2 undecided)",
        "low  (2, 2 undecided)",
    ]
    assert lines[1] == f"  {SHELL} (false positive)"
    assert cli("hits", "--group", "file", "--count", shop.root).out.splitlines() == [
        "     2  shop/db.py",
        "     1  shop/quiet.py",
        "     2  shop/views.py",
    ]
    assert cli("hits", "--count", "state:open", shop.root).out == "4\n"


def test_json_has_the_filter_and_what_fits_it(cli: Run, shop: GitRepo) -> None:
    decide(shop, cli)
    done = cli("hits", "path:db", "--format", "json", "--group", "rule", shop.root)
    found = json.loads(done.out)
    assert (found["schema"], found["schema_version"], found["filter"]) == ("reviewtui-hits", 1, "path:db")
    assert found["counts"] == {"all": 5, "fitting": 2, "undecided": 1}
    assert [(group["title"], group["count"], group["undecided"]) for group in found["groups"]] == [
        ("B602", 1, 0),
        ("B404", 1, 1),
    ]
    assert [(hit["rule"], hit["decision"]) for hit in found["hits"]] == [
        ("B404", "undecided"),
        ("B602", "false_positive"),
    ]
    assert found["blind_spots"] == []


def test_sarif_has_what_fits_and_reads_back(cli: Run, shop: GitRepo) -> None:
    log = json.loads(cli("hits", "sev:high", "--format", "sarif", shop.root).out)
    (run,) = log["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["B602"]
    assert json.loads(cli("hits", "sev:critical", "--format", "sarif", shop.root).out)["runs"] == []


def test_scan_lists_all_that_fit_decided_or_not(cli: Run, shop: GitRepo) -> None:
    decide(shop, cli)
    lines = cli("scan", "--filter", "path:db", shop.root).out.splitlines()
    assert lines[1].endswith("(false positive)")
    assert lines[-2:] == [
        "2 hits that fit path:db in 5 files: 1 high, 1 low",
        "Decisions: 1 undecided, 1 false positive",
    ]
    found = json.loads(cli("scan", "--filter", "state:fp", "--format", "json", shop.root).out)
    assert (found["filter"], [hit["rule"] for hit in found["hits"]]) == ("state:false_positive", ["B602"])


def test_a_report_has_what_fits_and_says_which_filter_was_used(cli: Run, shop: GitRepo) -> None:
    verdicts = decide(shop, cli)
    full = review()
    save(shop, replace(full, verdicts={**full.verdicts, **verdicts.verdicts}))
    text = cli("export", "markdown", "--scan", "--filter", "sev:high path:db", shop.root).out
    assert "| Filter | only what fits `sev:high path:db`; checklists and coverage are of the whole review |" in text
    assert "### False positives" in text
    report = json.loads(cli("export", "json", "--scan", "--filter", "sev:high path:db", shop.root).out)
    assert report["filter"] == "sev:high path:db"
    assert [hit["rule"] for hit in report["scan"]["hits"]] == ["B602"]
    assert [verdict["rule"] for verdict in report["verdicts"]] == ["B602"]
    assert [finding["id"] for finding in report["findings"]] == []
    severities = {f.id for f in full.findings.values() if f.severity and f.severity.value == "high"}
    chosen = json.loads(cli("export", "json", "--filter", "sev:high", shop.root).out)["findings"]
    assert severities
    assert {finding["id"] for finding in chosen} == severities
    assert json.loads(cli("export", "json", shop.root).out)["filter"] is None


def test_names_and_messages_of_the_reviewed_code_stay_on_their_line(cli: Run, shop: GitRepo) -> None:
    name = "shop/\x1b[2J\nevil\u202e.py"
    shop.commit("evil", {name: "exec(input())\n"})
    done = cli("hits", "rule:B102", shop.root)
    assert done.out.splitlines()[0].startswith("shop/␛[2J")
    assert [
        line for line in done.out.splitlines() if "HIGH B102" in line or "MEDIUM B102" in line
    ] == done.out.splitlines()[:1]
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out
