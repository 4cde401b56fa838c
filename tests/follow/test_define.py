"""Definitions: scopes, imports, attributes, types; and silence where nothing is known."""

import pytest

from tests.follow.worlds import ask, said

LIBRARY = "the standard library"

ONE_FILE = {
    "a local name": ("def f():\n    x = 1\n    return <|>x\n", ["a.py:2 f.x"]),
    "a parameter": ("def f(x):\n    return <|>x\n", ["a.py:1 f.x"]),
    "the assignment that is in force": ("x = 1\nx = 2\nprint(<|>x)\n", ["a.py:2 x"]),
    "both branches": ("if a:\n    x = 1\nelse:\n    x = 2\n<|>x\n", ["a.py:2 x", "a.py:4 x"]),
    "not the other branch": ("if a:\n    x = 1\nelse:\n    x = 2\n    <|>x\n", ["a.py:4 x"]),
    "not a branch that has left": (
        "def f(x):\n    if not x:\n        x = 1\n        return x\n    return <|>x\n",
        ["a.py:1 f.x"],
    ),
    "the loop's later assignment": (
        "def f(x):\n    while x:\n        g(<|>x)\n        x = x - 1\n",
        ["a.py:1 f.x", "a.py:4 f.x"],
    ),
    "what is read in its own assignment": ("def f(x):\n    x = <|>x + 1\n", ["a.py:1 f.x"]),
    "a name of the class is not one of its methods": (
        "x = 0\nclass C:\n    x = 1\n    def f(self):\n        return <|>x\n",
        ["a.py:1 x"],
    ),
    "a comprehension's own name": ("x = 1\ny = [x for x in z if <|>x]\n", ["a.py:2 x"]),
    "global": ("x = 1\ndef f():\n    global x\n    x = 2\ndef g():\n    return <|>x\n", ["a.py:1 x", "a.py:4 f.x"]),
    "nonlocal": (
        "def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2\n    return <|>x\n",
        ["a.py:2 f.x", "a.py:5 f.g.x"],
    ),
    "an exception": ("try:\n    pass\nexcept E as error:\n    print(<|>error)\n", ["a.py:3 error"]),
    "a walrus in a comprehension": ("y = [z for x in w if (z := x)]\nprint(<|>z)\n", ["a.py:1 z"]),
    "a match capture": ("match v:\n    case [x, *_]:\n        print(<|>x)\n", ["a.py:2 x"]),
    "a name in a string annotation": ("class C: ...\ndef f(x: '<|>C'): ...\n", ["a.py:1 C"]),
    "a keyword argument": ("def f(x, y=1): ...\nf(1, <|>y=2)\n", ["a.py:1 f.y"]),
    "a keyword of a constructor": ("class C:\n    def __init__(self, y): ...\nC(<|>y=2)\n", ["a.py:2 C.__init__.y"]),
    "a field of a dataclass": (
        "from dataclasses import dataclass\n@dataclass\nclass C:\n    y: int\nC(<|>y=2)\n",
        ["a.py:4 C.y"],
    ),
    "a keyword that the rest takes": ("def f(**options): ...\nf(<|>y=2)\n", ["a.py:1 f.options"]),
    "self.name": ("class C:\n    def f(self):\n        self.<|>g()\n    def g(self): ...\n", ["a.py:4 C.g"]),
    "an attribute that a method assigns": (
        "class C:\n    def __init__(self):\n        self.x = 1\n    def f(self):\n        return self.<|>x\n",
        ["a.py:3 C.__init__.x"],
    ),
    "a property in a base goes before an assignment": (
        "class B:\n    @property\n    def x(self): ...\nclass C(B):\n    def f(self):\n        self.x = 1\n"
        "    def g(self):\n        return self.<|>x\n",
        ["a.py:3 B.x"],
    ),
    "a method of the base": (
        "class B:\n    def f(self): ...\nclass C(B):\n    def g(self):\n        self.<|>f()\n",
        ["a.py:2 B.f"],
    ),
    "the order of bases is Python's": (
        "class A:\n    def f(self): ...\nclass B(A): ...\nclass C(A):\n    def f(self): ...\n"
        "class D(B, C): ...\nD().<|>f()\n",
        ["a.py:5 C.f"],
    ),
    "super": (
        "class B:\n    def f(self): ...\nclass C(B):\n    def f(self):\n        super().<|>f()\n",
        ["a.py:2 B.f"],
    ),
    "an annotated parameter": ("class C:\n    def f(self): ...\ndef g(c: C | None):\n    c.<|>f()\n", ["a.py:2 C.f"]),
    "what a function returns": (
        "class C:\n    def f(self): ...\ndef make():\n    return C()\nmake().<|>f()\n",
        ["a.py:2 C.f"],
    ),
    "return self of a base": (
        "class B:\n    def me(self):\n        return self\nclass C(B):\n    def f(self): ...\nC().me().<|>f()\n",
        ["a.py:5 C.f"],
    ),
    "elements of a list": (
        "class C:\n    def f(self): ...\ndef g(cs: list[C]):\n    for c in cs:\n        c.<|>f()\n",
        ["a.py:2 C.f"],
    ),
    "elements of a dictionary": (
        "class C:\n    def f(self): ...\ncs: dict[str, C] = {}\nfor name, c in cs.items():\n    c.<|>f()\n",
        ["a.py:2 C.f"],
    ),
    "unpacking": ("class C:\n    def f(self): ...\na, (b, c) = 1, (2, C())\nc.<|>f()\n", ["a.py:2 C.f"]),
    "a context manager": (
        "class C:\n    def __enter__(self):\n        return self\n    def f(self): ...\nwith C() as c:\n    c.<|>f()\n",
        ["a.py:4 C.f"],
    ),
    "a generator as a context manager": (
        "import contextlib\nclass C:\n    def f(self): ...\n@contextlib.contextmanager\ndef g():\n    yield C()\n"
        "with g() as c:\n    c.<|>f()\n",
        ["a.py:3 C.f"],
    ),
    "await": (
        "class C:\n    def f(self): ...\nasync def g():\n    return C()\nasync def h():\n    (await g()).<|>f()\n",
        ["a.py:2 C.f"],
    ),
    "isinstance": (
        "class C:\n    def f(self): ...\ndef g(x):\n    if isinstance(x, C):\n        x.<|>f()\n",
        ["a.py:2 C.f"],
    ),
    "not isinstance, left": (
        "class C:\n    def f(self): ...\ndef g(x):\n    if not isinstance(x, C):\n        return\n    x.<|>f()\n",
        ["a.py:2 C.f"],
    ),
    "a descriptor": (
        "class C:\n    def f(self): ...\nclass D:\n    def __get__(self, obj, owner) -> C: ...\nclass E:\n    d = D()\n"
        "E().d.<|>f()\n",
        ["a.py:2 C.f"],
    ),
    "a type variable": (
        "from typing import TypeVar\nT = TypeVar('T')\nclass C:\n    def f(self): ...\ndef same(x: T) -> T: ...\n"
        "same(C()).<|>f()\n",
        ["a.py:4 C.f"],
    ),
    "a generic class": (
        "from typing import Generic, TypeVar\nT = TypeVar('T')\nclass Box(Generic[T]):\n    def get(self) -> T: ...\n"
        "class C:\n    def f(self): ...\ndef g(box: Box[C]):\n    box.get().<|>f()\n",
        ["a.py:6 C.f"],
    ),
    "a parameter of an overriding method": (
        "class C:\n    def f(self): ...\nclass B:\n    def g(self, c: C): ...\nclass D(B):\n    def g(self, c):\n"
        "        c.<|>f()\n",
        ["a.py:2 C.f"],
    ),
    "a builtin": ("<|>len([])\n", [f"len ({LIBRARY})"]),
    "a method of a text": ("'x'.<|>join([])\n", [f"str.join ({LIBRARY})"]),
    "a function of the library": ("import os.path\nos.path.<|>join('a')\n", [f"join ({LIBRARY})"]),
    "a package that is not there": (
        "from werkzeug.utils import redirect\n<|>redirect('/')\n",
        ["werkzeug.utils.redirect (package werkzeug, which is not in this repository)"],
    ),
    "a decorated function": ("import functools\n@functools.cache\ndef f(): ...\n<|>f()\n", ["a.py:3 f"]),
}


@pytest.mark.parametrize("case", ONE_FILE)
def test_names_in_one_file(case: str) -> None:
    text, expected = ONE_FILE[case]
    assert said(ask({"a.py": text})) == expected


FILES = {
    "an alias": ({"a.py": "from b import f as g\n<|>g()\n", "b.py": "def f(): ...\n"}, ["b.py:1 f"]),
    "a re-export": (
        {"a.py": "from p import f\n<|>f()\n", "p/__init__.py": "from .q import f\n", "p/q.py": "def f(): ...\n"},
        ["p/q.py:1 f"],
    ),
    "a star": (
        {"a.py": "from p import *\n<|>f()\n", "p/__init__.py": "from .q import *\n", "p/q.py": "def f(): ...\n"},
        ["p/q.py:1 f"],
    ),
    "relative imports": (
        {
            "p/__init__.py": "",
            "p/r/__init__.py": "",
            "p/r/a.py": "from ..q import f\n<|>f()\n",
            "p/q.py": "def f(): ...\n",
        },
        ["p/q.py:1 f"],
    ),
    "an attribute of a module": ({"a.py": "import p.q\np.q.<|>f()\n", "p/q.py": "def f(): ...\n"}, ["p/q.py:1 f"]),
    "a package below src": (
        {"tests/a.py": "import shop\nshop.<|>f()\n", "src/shop/__init__.py": "def f(): ...\n"},
        ["src/shop/__init__.py:1 f"],
    ),
    "a part of an import": ({"a.py": "from p.<|>q import f\n", "p/q.py": "f = 1\n"}, ["p/q.py:1 q"]),
    "both of a try": (
        {
            "a.py": "try:\n    from b import f\nexcept ImportError:\n    from c import f\n<|>f()\n",
            "b.py": "f = 1\n",
            "c.py": "f = 2\n",
        },
        ["b.py:1 f", "c.py:1 f"],
    ),
    "a module of a package does not stand for the library": (
        {"p/__init__.py": "", "p/a.py": "import json\njson.<|>loads('')\n", "p/json.py": "def loads(s): ...\n"},
        [f"loads ({LIBRARY})"],
    ),
    "a far module does not stand for the library": (
        {"a.py": "import json\njson.<|>loads('')\n", "tools/evil/json.py": "def loads(s): ...\n"},
        [f"loads ({LIBRARY})"],
    ),
    "a class of another file": (
        {"a.py": "from b import C\nclass D(C): ...\nD().<|>f()\n", "b.py": "class C:\n    def f(self): ...\n"},
        ["b.py:2 C.f"],
    ),
}


@pytest.mark.parametrize("case", FILES)
def test_names_across_files(case: str) -> None:
    files, expected = FILES[case]
    assert said(ask(files)) == expected


SILENT = {
    "an unknown parameter": "def f(x):\n    x.<|>g()\n",
    "what an unknown function gives": "f().<|>g()\n",
    "a name that nothing binds": "<|>nothing\n",
    "an attribute that no class has": "class C: ...\nC().<|>g\n",
    "a class that derives from itself": "class C(C):\n    def f(self):\n        self.<|>g()\n",
    "a value that is made of itself": "def f(): return g()\ndef g(): return f()\nf().<|>x\n",
}


@pytest.mark.parametrize("case", SILENT)
def test_what_is_not_known_has_no_answer(case: str) -> None:
    assert said(ask({"a.py": SILENT[case]})) == []


def test_an_unknown_base_makes_unsure() -> None:
    text = "from away import A\nclass B(A): ...\nclass C:\n    def f(self): ...\nclass D(B, C): ...\nD().<|>f()\n"
    assert (said(ask({"a.py": text})), ask({"a.py": text}).is_sure) == (["a.py:4 C.f"], False)


def test_imports_in_a_circle_end() -> None:
    assert said(ask({"a.py": "from b import f\n<|>f\n", "b.py": "from a import f\n"})) == ["b.py:1 f"]


def test_columns_are_characters() -> None:
    assert said(ask({"a.py": "ä = 'ö'\nprint('é', <|>ä)\n"})) == ["a.py:1 ä"]


def test_a_question_that_takes_too_much_is_given_up() -> None:
    lines = [f"def f{n}(x):\n    return f{n + 1}(f{n + 1}(x), f{n + 2}(x))\n" for n in range(2000)]
    found = ask({"a.py": "".join(lines) + "f0(1).<|>x\n"})
    assert found.targets == ()
