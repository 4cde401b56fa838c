"""Text that misleads is found, whatever comment stands beside it; honest text of any language is left alone."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reviewtui.model.hit import Hit
from reviewtui.model.place import LineSpan, RepoPath
from reviewtui.model.risk import Severity
from reviewtui.scan.pool import Scan
from reviewtui.scan.text_rules.catalogue import RULES, rule_of
from reviewtui.scan.text_rules.hits import HIT_LIMIT, beside_bandit, is_plain, text_hits
from reviewtui.scan.text_rules.paths import path_hits
from reviewtui.text.source import decode

C, H, M, L = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW


def hits(name: str, text: str | bytes) -> tuple[Hit, ...]:
    """The hits in a file of that name."""
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    return text_hits(RepoPath(name), decode(data, name), data)


MISLEADING = (
    ("a.py", 'if x != "user\u202e \u2066// admin\u2069 \u2066":\n', (1, 13, 14, H, "T001")),
    ("a.py", "x = 1  # nosec \u202e } \u2066if admin\n", (1, 15, 16, H, "T001")),
    ("a.c", "/* \u202e } \u2066if (admin)\u2069 \u2066 begin admins only */\n", (1, 3, 4, H, "T001")),
    ("a.js", "x = \u202eb\n", (1, 4, 5, H, "T001")),
    ("a.py", 'say("\u2068{}\u2069")\n', (1, 5, 6, M, "T002")),
    ("readme.md", "by \u202eelpoep\n", (1, 3, 4, L, "T001")),
    ("a.py", 'path = "C:\u200e\\x"\n', (1, 10, 11, L, "T003")),
    ("a.py", "pass\u200bword = 1\n", (1, 4, 5, H, "T004")),
    ("a.sh", "rm -rf \u200b/\n", (1, 7, 8, M, "T004")),
    ("a.py", 'x = "ad\u200bmin"\n', (1, 7, 8, M, "T004")),
    ("a.py", 'x = "admin\u200b"\n', (1, 10, 11, L, "T004")),
    ("a.py", "# ad\u200bmin\n", (1, 4, 5, L, "T004")),
    ("a.js", "const { timeout,\u3164} = req.query;\n", (1, 16, 17, H, "T005")),
    ("a.js", "s(`" + "\ufe01\U000e0101" * 4 + "`)\n", (1, 3, 11, C, "T006")),
    ("a.py", "x = 1  # " + "\u200b\u200c" * 5 + "\n", (1, 9, 19, C, "T006")),
    ("readme.md", "Hello\U000e0041\U000e0042\n", (1, 5, 7, H, "T007")),
    ("a.py", "# \x1b[2K\x1b[1A hidden\n", (1, 2, 6, H, "T008")),
    ("a.py", 'x = "\x1b]0;title"\n', (1, 5, 7, H, "T008")),
    ("a.log", "\x1b[31mred\x1b[0m\n", (1, 0, 5, L, "T008")),
    ("a.py", "x = 1  # evil()\b\b\b\b\b\b\n", (1, 15, 16, H, "T009")),
    ("a.yml", "a: b\x7f\n", (1, 4, 5, L, "T009")),
    ("a.js", "// comment\u2028evil()\n", (1, 10, 11, H, "T010")),
    ("a.py", b"# comment\rprint(1)\nx\n", (1, 8, 9, H, "T010")),
    ("a.py", b"x = 1\ry = 2\nx\n", (1, 4, 5, M, "T010")),
    ("old.txt", b"a\rb\rc\r", (1, 0, 0, L, "T010")),
    ("a.py", "p\u0430ssword = 1\n", (1, 0, 8, H, "T011")),
    ("a.py", 'if user == "\u0430dmin":\n', (1, 12, 17, M, "T011")),
    ("a.py", 'x = "\\n\u0430dmin"\n', (1, 7, 12, M, "T011")),
    ("readme.md", "pip install r\u0435quests\n", (1, 12, 20, L, "T011")),
    ("a.py", "ex\u03bfc = 1\n", (1, 0, 4, H, "T011")),
    ("a.py", "copy = 1\n\u0441\u043e\u0440\u0443 = 2\n", (2, 0, 4, H, "T012")),
    ("a.py", "\uff45val(x)\n", (1, 0, 4, H, "T013")),
    ("a.js", "\U0001d41aval(x)\n", (1, 0, 4, M, "T013")),
    ("a.py", b"# coding: utf-7\nx\n", (1, 0, 0, H, "T014")),
    ("a.py", "e" + "\u0301" * 20 + " = 1\n", (1, 1, 21, M, "T015")),
    ("a.js", "if(environment\u01c3=PRODUCTION){}\n", (1, 3, 15, H, "T016")),
)


@pytest.mark.parametrize(("name", "text", "expected"), MISLEADING, ids=ascii)
def test_what_misleads_is_a_hit(name: str, text: str | bytes, expected: tuple[int, int, int, Severity, str]) -> None:
    found = hits(name, text)
    assert [(hit.line, hit.column, hit.end_column, hit.severity, hit.rule) for hit in found] == [expected]
    assert found[0].tool == "text"
    assert found[0].cwe == RULES[found[0].rule].cwe


def test_every_rule_is_proved_and_says_what_it_means() -> None:
    assert {expected[-1] for _, _, expected in MISLEADING} | {"T101", "T102", "T103"} == set(RULES)
    for rule in RULES.values():
        assert rule.cwe
        assert all(len(text) > 30 for text in (rule.means, rule.real, rule.look)), rule.id
    assert rule_of("text", "T001") is RULES["T001"]
    assert rule_of("bandit", "T001") is None


HONEST = (
    ("a.py", "x = 1\n\f\ndef f():\n    return 'naïve café ½ µs 10 000'\n"),
    ("maths.py", "Δx = α_max * ρ0 + dν - σ_x / Ωm\nλ = 2\nx² = 1\n"),
    ("a.py", "# Привет, мир: JSONом, XSS-атака, 3D-модель\nИмя = 'сору'\nдлина_слова = len(Имя)\n"),
    ("a.py", "変数x = 'テスト'\n한글abc = 1\nמשתנה = 'שלום'\n"),
    ("a.py", "x = '👨‍👩‍👧 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🧑🏽‍🚀'\n"),
    ("a.py", "x = 'می‌خواهم क्‍ष ស្ទឹង\u200bត្រែង'\n"),
    ("a.py", "x = 'ⵣ ı İstanbul kızıl ɡəˈrɑːʒ'\n"),
    ("a.py", "spin = '⠋⠙⠹⠸⠀'\n"),
    ("locale/he/x.po", 'msgstr "\u200fשלום \u202b%s"\nmsgstr "Cкрипт"\n'),
    ("locale/ckb/formats.py", "A = '\u202b%s'\n"),
    ("guide.txt", "word\u00adbreak zero\u200bwidth\f\nΑθήνα AΒΓ\n"),
    ("win.txt", b"\x93quoted\x94 \x85 caf\xe9\r\nend\x1a"),
    ("a.txt", "one\r\ntwo\r\n"),
    ("a.css", ".icon:before{content:'\ue001'}\n"),
    ("a.py", "\ufeffx = 1\n"),
    ("a.py", b"# -*- coding: latin-1 -*-\nx = '\xe9'\n"),
    ("pic.pdf", bytes(range(1, 32)) * 3 + b"\x80\x9b\xad"),
    ("pic.bin", b"\0\1\2\3\4\5\6\7" * 50),
    ("empty.py", b""),
)


@pytest.mark.parametrize(("name", "text"), HONEST, ids=ascii)
def test_honest_text_is_left_alone(name: str, text: str | bytes) -> None:
    assert hits(name, text) == ()


def test_a_message_names_the_characters_and_holds_only_ascii() -> None:
    (hit,) = hits("a.py", 'if user == "\u0430dmin\u0455":\n')
    assert hit.message == (
        "`<U+0430>dmin<U+0455>` mixes Latin and Cyrillic: U+0430 CYRILLIC SMALL LETTER A, U+0455 CYRILLIC SMALL LETTER "
        "DZE in what looks like `admins` (CVE-2021-42694)"
    )
    (tag,) = hits("a.md", "x\U000e0072\U000e006d\U000e001b\n")
    assert tag.message == "3 tag characters are drawn as nothing; they spell: rm."


def test_one_rule_is_reported_once_a_line_and_not_without_end() -> None:
    (hit,) = hits("a.py", "x\u200by = p\u200bq\n")
    assert hit.message.endswith("(2 of the kind on this line)")
    many = hits("a.py", "# \b\n" * 500 + "x\u200by = 1\n")
    assert [hit.rule for hit in many] == ["T009"] * HIT_LIMIT + ["T004"]
    assert many[HIT_LIMIT - 1].message.endswith(f"(and on {500 - HIT_LIMIT} more lines of this file)")


def test_plain_ascii_is_told_at_once() -> None:
    assert is_plain(b"x = 1\r\n\ty\n")
    for odd in (b"\x1b", b"a\rb", b"\x0c", b"\x7f", "é".encode(), b"# coding: utf-7\n"):
        assert not is_plain(odd), odd


LONG = {
    "letters": "a" * 400_000,
    "accents": "é" * 400_000,
    "invisible": "\u200b" * 100_000,
    "quotes": "'" * 400_000,
    "comments": "/*" * 200_000,
    "mixed": "\u0430a" * 200_000,
    "bidi": "\u202e" * 100_000,
    "escapes": "`\\" * 200_000,
    "tags": "<a " * 100_000,
    "marks": "e" + "\u0301" * 400_000,
}


@pytest.mark.parametrize("kind", LONG)
def test_a_long_line_takes_no_more_than_its_length(kind: str) -> None:
    # A quadratic walk over any of these would take minutes, and the suite its patience.
    for name in ("a.py", "a.js", "a.html"):
        assert hits(name, LONG[kind] + "\u200b x\u0430b \x1b[2J\n")


def test_where_bandit_shouts_ours_do_not_unless_it_is_silenced() -> None:
    ours = hits("a.py", "x = 1  # \u202e\n")
    bandits = (replace(ours[0], tool="bandit", rule="B613"),)
    (quiet,) = beside_bandit(ours, bandits)
    assert (quiet.severity, quiet.message) == (L, f"{ours[0].message}; Bandit reports it as B613")
    assert beside_bandit(ours, (replace(bandits[0], suppressed="# nosec"),)) == ours
    assert beside_bandit(ours, ()) == ours


NAMES = (
    ("photo\u202egnp.exe", [(H, "T101")]),
    ("a\x1b[2J.py", [(H, "T101")]),
    ("a\u200b.py", [(M, "T102")]),
    ("setup.py ", [(L, "T102")]),
    ("d\u3164/x.py", [(H, "T103"), (M, "T102")]),
    ("c\u043enfig.py", [(H, "T103")]),
    ("\uff45vil.py", [(H, "T103")]),
    ("p\u0430ss.py", [(M, "T103")]),
    ("cafe\u0301.py", [(M, "T103")]),
)


@pytest.mark.parametrize(("name", "expected"), NAMES, ids=ascii)
def test_a_misleading_name_is_a_hit_on_the_first_line(name: str, expected: list[tuple[Severity, str]]) -> None:
    others = ("config.py", "plain/é.py", "файл.txt", "数据.csv", "evil.py", "x", "d/y.py", "café.py")
    found = path_hits(map(RepoPath, (name, *others)))
    assert {path: [(hit.severity, hit.rule) for hit in of] for path, of in found.items()} == {name: expected}
    assert found[RepoPath(name)][0].span == LineSpan(1, 1)
    assert re.fullmatch("[0-9a-f]{32}", found[RepoPath(name)][0].fingerprint)


def test_a_misleading_folder_is_reported_at_its_first_file() -> None:
    found = path_hits(map(RepoPath, ("x\u202ey/b.py", "x\u202ey/a.py", "x\u202ey/c/d.py")))
    assert {path: [hit.rule for hit in of] for path, of in found.items()} == {"x\u202ey/a.py": ["T101"]}


def test_a_scan_has_them_in_one_stream_with_bandits(tmp_path: Path) -> None:
    name = RepoPath("a\u202e.py")
    files = {
        name: "import os  # nosec\neval(x)  # \u200b\u200b\u200b\u200b\u200b\u200b nosec\n".encode(),
        RepoPath("b.js"): "x\u200by = 1\n".encode(),
        RepoPath("big.txt"): b"x" * 1_500_000 + "p\u0430ss".encode(),
        RepoPath("broken.py"): "def (: \u202e\n".encode(),
        RepoPath("node_modules/c.js"): "x\u200by = 1\n".encode(),
    }
    found = {one.path: one for one in Scan(tmp_path, list(files), files.__getitem__, jobs=1)}
    assert [(hit.tool, hit.rule) for hit in found[name].hits] == [
        ("text", "T101"),
        ("text", "T006"),
        ("bandit", "B307"),
    ]
    assert [hit.rule for hit in found[RepoPath("b.js")].hits] == ["T004"]
    assert [hit.rule for hit in found[RepoPath("broken.py")].hits] == ["T001"]
    assert found[RepoPath("big.txt")].hits == ()
    assert found[RepoPath("node_modules/c.js")].hits == ()
    assert all(hit.fingerprint for one in found.values() for hit in one.hits)
