"""Reports of tools of which no sample is at hand."""

import json
from collections.abc import Mapping

from reviewtui.formats.imported import Imported
from reviewtui.formats.reading import read_report
from reviewtui.model.hit import HitPlace
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from tests.formats.reports import producers
from tests.formats.reports.world import FILES, tree_of


def read(document: object, files: Mapping[str, str]) -> Imported:
    found = read_report(json.dumps(document).encode(), "x.sarif", tree_of(files))
    assert found.problems == ()
    return found


def test_gitleaks_names_no_secret() -> None:
    found = read(producers.gitleaks(), {"config.py": f'import os\nKEY = "{producers.SECRET}"\n'})
    assert [(hit.rule, hit.path, hit.line, hit.message, hit.facts) for hit in found.hits] == [
        ("aws-access-token", "config.py", 2, "aws-access-token has detected secret for file config.py.", ()),
        ("no rule named", "config.py", 2, "AWS Access Key secret detected", ()),
    ]
    assert found.tools == ("Gitleaks v7.6.1", "gitleaks v8.0.0")
    assert producers.SECRET not in repr(found)
    assert "example.org" not in repr(found)


def test_gitleaks_on_a_line_that_moved_names_no_secret_either() -> None:
    found = read(producers.gitleaks(), {"config.py": f'\n\n\n\nKEY = "{producers.SECRET}"\n'})
    assert [(hit.line, hit.facts) for hit in found.hits] == [(5, (("moved", "line 2 in the report"),))] * 2
    gone = read(producers.gitleaks(), {"config.py": "import os\nKEY = os.environ\n"})
    assert [hit.facts for hit in gone.hits] == [(("code", "the lines here are not what the tool saw"),)] * 2
    assert producers.SECRET not in repr((found, gone))


def test_an_older_codeql() -> None:
    (hit,) = read(producers.old_codeql(), FILES).hits
    assert (hit.tool, hit.rule, hit.name) == (
        "codeql-command-line-toolchain",
        "py/path-injection",
        "Uncontrolled data used in path expression",
    )
    assert (hit.path, hit.line, hit.column, hit.end_column, hit.severity) == ("app.py", 5, 14, 18, Severity.HIGH)
    assert (hit.cwe, hit.message) == ((22, 23), "This path depends on a user-provided value.")
    assert hit.places == (HitPlace(RepoPath("app.py"), LineSpan(4, 4), "related", "a user-provided value"),)


def test_spotbugs() -> None:
    files = {"src/main/java/org/shop/Dao.java": "a\nb\nc\n", "test/org/shop/Dao.java": "a\n"}
    found = read(producers.spotbugs(), files)
    (hit,) = found.hits
    assert (hit.path, hit.line, hit.cwe, hit.severity) == (
        "src/main/java/org/shop/Dao.java",
        3,
        (89,),
        Severity.MEDIUM,
    )
    assert hit.message == "This use of java/sql/Statement.execute can be vulnerable in org.shop.Dao.find."
    assert hit.facts == (("level", "warning"), ("symbol", "org.shop.Dao.find()"))
    assert found.notes == ("SpotBugs 4.8.3: Classes needed for analysis were missing: [a.B]",)


def test_eslint() -> None:
    files = {"web/main.js": "// x\nlet \U0001f600=1;  eval(x)\n", "main.js": ""}
    found = read(producers.eslint(), files)
    (hit,) = found.hits
    assert (hit.path, hit.line, hit.column, hit.end_column) == ("web/main.js", 2, 10, 14)
    assert found.notes == (
        "ESLint 8.57.0 says that its run failed: what it did not report may be there all the same",
        "ESLint 8.57.0: Parsing error: Unexpected token < (/C:/agent/_work/1/s/web/odd.js)",
    )


def test_kics() -> None:
    (hit,) = read(producers.kics(), {"Dockerfile": "FROM alpine\n"}).hits
    assert (hit.name, hit.severity, hit.cwe, hit.span) == (
        "Missing User Instruction",
        Severity.HIGH,
        (250,),
        LineSpan(1, 1),
    )
    assert hit.url == "https://docs.docker.com/engine/reference/builder/#user"


def test_checkov() -> None:
    files = {"main.tf": "# moved down\n\nresource {\n    open   = true\n}\n"}
    (hit,) = read(producers.checkov(), files).hits
    assert (hit.span, hit.line, hit.suppressed) == (
        LineSpan(3, 5),
        3,
        "suppressed outside the source: Public on purpose",
    )
    assert hit.facts == (("level", "error"), ("moved", "line 1 in the report"))
