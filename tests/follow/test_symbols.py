"""The index of symbols: what it takes for one, and how it is searched."""

import pytest

from reviewtui.follow.symbols import Index, symbols_of

PYTHON = b'''\
"""def in_a_docstring(): ...
class Nothing:
"""
LIMIT = 3
timeout: float = 1.0
LIMIT == 4

class Shop(Base):
    text = """
def in_a_string(): ...
"""
    async def buy(self): # def in_a_comment
        def inner(): ...

    def sell(self): ...

def main(): ...
'''


def test_python_symbols_without_those_in_strings() -> None:
    assert [(s.line, s.kind, s.qualified) for s in symbols_of("a.py", PYTHON)] == [
        (4, "constant", "LIMIT"),
        (5, "variable", "timeout"),
        (8, "class", "Shop"),
        (12, "method", "Shop.buy"),
        (13, "function", "Shop.buy.inner"),
        (15, "method", "Shop.sell"),
        (17, "function", "main"),
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.js", "export async function load() {\n  const inner = 1\n}\nconst top = () => {}\n", ["load", "top"]),
        ("a.ts", "export class Shop {\n}\ninterface Goods {}\n", ["Shop", "Goods"]),
        ("a.go", "func (s *Shop) Buy() {}\ntype Shop struct {\n", ["Buy", "Shop"]),
        ("a.rs", "pub fn buy() {}\nstruct Shop;\n", ["buy", "Shop"]),
        ("a.html", "{% block title %}{% macro field(x) %}\n", ["title", "field"]),
        ("a.bin", "def f(): ...\n", []),
        ("a.py", "\x00\x01\x02def f(): ...\n", []),
        ("a.js", "function f(){}" + "x" * 5000, []),
    ],
)
def test_other_languages_by_how_lines_begin(path: str, text: str, expected: list[str]) -> None:
    assert [symbol.name for symbol in symbols_of(path, text.encode())] == expected


def index() -> Index:
    found = Index()
    found.put("shop/views.py", b"class LoginView:\n    def get(self): ...\ndef login(): ...\ndef relogin(): ...\n")
    found.put("shop/db.py", b"def query(): ...\nLOGIN = 1\n")
    return found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("login", ["LOGIN", "login", "LoginView", "relogin"]),
        ("Login", ["LoginView"]),
        ("view get", ["LoginView.get"]),
        ("db", ["query", "LOGIN"]),
        ("shop login", ["LOGIN", "login", "LoginView", "relogin", "LoginView.get"]),
        ("nothing", []),
        ("", ["query", "LOGIN", "LoginView", "LoginView.get", "login", "relogin"]),
        ("\n", ["query", "LOGIN", "LoginView", "LoginView.get", "login", "relogin"]),
    ],
)
def test_any_part_of_a_name_is_found_the_best_first(query: str, expected: list[str]) -> None:
    assert [symbol.qualified for symbol in index().find(query)] == expected


def test_a_changed_file_is_read_again_and_a_gone_one_forgotten() -> None:
    found = index()
    assert not found.put("shop/db.py", b"def query(): ...\nLOGIN = 1\n")
    assert found.put("shop/db.py", b"def other(): ...\n")
    found.keep_only(["shop/db.py"])
    assert [symbol.name for symbol in found.find("")] == ["other"]
    assert found.put("shop/db.py", None)
    assert (len(found), found.find("")) == (0, [])


def test_hostile_text_takes_no_time() -> None:
    for text in (b"export " * 200, b'"' * 1999, b"func (" + b"x" * 1900, b"'''" * 600, b"\\" * 1999):
        assert symbols_of("a.js", text) == symbols_of("a.py", text) == []
