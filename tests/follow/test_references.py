"""References and callers: confirmed by following each name back."""

from reviewtui.follow.references import Reference, in_order, references
from tests.follow.worlds import ask, marked, world

FILES = {
    "p/a.py": "def <|>run(x): ...\n\ndef here():\n    run(1)\n    run = 2\n    return run\n",
    "p/b.py": "from .a import run as go\n\nclass C:\n    def m(self):\n        return go(2)\n",
    "p/c.py": "class D:\n    def run(self): ...\n    def n(self):\n        self.run()\n\n# run\nTEXT = 'run'\n",
    "q/d.py": "import p.a\n\n@p.a.run\ndef decorated(): ...\n\nhandler = p.a.run\n",
}


def found(files: dict[str, str], *, calls_only: bool = False) -> list[Reference]:
    clean, path, _, _ = marked(files)
    texts = {name: text.encode() for name, text in clean.items()}
    batches = references(world(clean), ask(files), path, texts.get, calls_only=calls_only)
    return [reference for _, _, batch in batches for reference in batch]


def short(references_found: list[Reference]) -> list[str]:
    return [f"{r.path}:{r.line}:{r.column} {r.around or '-'}{'' if r.is_sure else ' ?'}" for r in references_found]


def test_references_are_confirmed_across_files() -> None:
    assert short(found(FILES)) == [
        "p/a.py:1:4 -",
        "p/b.py:1:15 -",
        "p/b.py:1:22 -",
        "p/b.py:5:15 C.m",
        "q/d.py:3:5 decorated",
        "q/d.py:6:14 -",
    ]


def test_callers_are_calls_and_decorators() -> None:
    assert short(found(FILES, calls_only=True)) == ["p/b.py:5:15 C.m", "q/d.py:3:5 decorated"]


def test_a_method_of_an_unknown_object_is_marked() -> None:
    files = {
        "a.py": "class C:\n    def <|>save(self): ...\n\nclass D:\n    def save(self): ...\n",
        "b.py": "from a import C, D\n\ndef f(x):\n    x.save()\n    C().save()\n    D().save()\n",
    }
    assert short(found(files, calls_only=True)) == ["b.py:4:6 f ?", "b.py:5:8 f"]


def test_a_local_name_is_looked_for_in_its_file_only() -> None:
    files = {"a.py": "def f():\n    value = 1\n    return <|>value\n", "b.py": "value = 2\n"}
    clean, path, _, _ = marked(files)
    batches = list(references(world(clean), ask(files), path, lambda name: clean[name].encode()))
    assert [(done, of, short(batch)) for done, of, batch in batches] == [(1, 1, ["a.py:2:4 f", "a.py:3:11 f"])]


def test_a_parameter_is_named_by_keywords_elsewhere() -> None:
    files = {
        "a.py": "def f(<|>limit): ...\n",
        "b.py": "from a import f\n\nlimit = 3\nf(limit=limit)\ng(limit=1)\n",
    }
    assert short(found(files)) == ["a.py:1:6 f", "b.py:4:2 -"]


def test_uses_of_what_is_outside_are_found_too() -> None:
    files = {
        "a.py": "import subprocess\nfrom flask import redirect\n\nsubprocess.<|>run('ls')\n",
        "b.py": "from subprocess import run\n\nrun('id')\n\ndef run2(): ...\n",
    }
    assert short(found(files, calls_only=True)) == ["a.py:4:11 -", "b.py:3:0 -"]


def test_the_same_package_comes_first() -> None:
    paths = ["z.py", "a/x.py", "m/n/deep/d.py", "m/o/c.py", "m/n/b.py", "m/n/a.py"]
    assert in_order(paths, "m/n/b.py") == ["m/n/b.py", "m/n/a.py", "m/n/deep/d.py", "m/o/c.py", "a/x.py", "z.py"]
