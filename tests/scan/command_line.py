"""What Bandit's own command line says of a folder: the measure of ours."""

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from reviewtui.model.hit import Hit


class Said(NamedTuple):
    """One result, as far as both ways of scanning must agree; columns are compared on their own."""

    path: str
    rule: str
    message: str
    severity: str
    confidence: str
    cwe: tuple[int, ...]
    line: int
    first: int
    last: int
    url: str


def report_of(folder: Path, *options: str) -> dict[str, Any]:
    """The JSON report of `bandit -r` with its default configuration; no `.bandit` of the folder is read."""
    ini = folder.parent / "empty.ini"
    ini.write_text("[bandit]\n")
    done = subprocess.run(
        [
            sys.executable,
            "-P",
            "-m",
            "bandit",
            "-q",
            "-r",
            "-f",
            "json",
            *([] if "--ini" in options else ["--ini", str(ini)]),
            *options,
            ".",
        ],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def said_by_report(report: dict[str, Any]) -> Counter[Said]:
    """The results of a report."""
    return Counter(_said(result) for result in report["results"])


def said_by_hits(hits: list[Hit]) -> Counter[Said]:
    """Our hits, without those that a comment hides."""
    return Counter(
        Said(
            hit.path,
            hit.rule,
            hit.message,
            hit.severity.value,
            hit.confidence,
            hit.cwe,
            hit.line,
            hit.span.start,
            hit.span.end,
            hit.url,
        )
        for hit in hits
        if not hit.suppressed
    )


def skipped_by_report(report: dict[str, Any]) -> set[str]:
    """The files that Bandit left out."""
    return {error["filename"].removeprefix("./") for error in report["errors"]}


def columns_of_report(report: dict[str, Any]) -> set[tuple[str, str, int, int, int]]:
    """Path, rule, line, first and last column of each result, in bytes."""
    return {
        (r["filename"].removeprefix("./"), r["test_id"], r["line_number"], r["col_offset"], r["end_col_offset"])
        for r in report["results"]
    }


def _said(result: dict[str, Any]) -> Said:
    line, lines = result["line_number"], result["line_range"]
    assert lines == list(range(lines[0], lines[-1] + 1))
    return Said(
        result["filename"].removeprefix("./"),
        result["test_id"],
        re.sub(r"(?<=object) at 0x[0-9a-f]+(?=>)", "", result["issue_text"]),
        result["issue_severity"].lower(),
        result["issue_confidence"].lower(),
        (result["issue_cwe"]["id"],) if result["issue_cwe"] else (),
        line,
        min(line, lines[0]),
        max(line, lines[-1]),
        result["more_info"],
    )
