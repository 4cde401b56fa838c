"""No test is left out of the run without anybody noticing."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.architecture.sources import ROOT, Source, sources

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_every_file_with_tests_has_a_name_that_is_collected() -> None:
    wrong = [
        source.path
        for source in sources("tests")
        if not PurePosixPath(source.path).name.startswith("test_")
        and any(isinstance(node, Function) and node.name.startswith("test") for node in source.tree.body)
    ]
    assert wrong == []


def test_every_folder_of_tests_is_a_package() -> None:
    folders = {(ROOT / source.path).parent for source in sources("tests")}
    assert [str(folder.relative_to(ROOT)) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_no_test_hides_another_of_its_name() -> None:
    wrong = []
    for source in sources("tests"):
        classes = [node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)]
        for body in [source.tree.body, *(found.body for found in classes)]:
            names = Counter(node.name for node in body if isinstance(node, Function | ast.ClassDef))
            wrong += [f"{source.path}: {name}" for name, number in names.items() if number > 1 and name != "_"]
    assert wrong == []


def test_what_asserts_is_a_test_or_is_called_by_one() -> None:
    used = {name for source in sources("tests") for name in _used(source)}
    wrong = [
        f"{source.path}:{node.lineno} {node.name}"
        for source in sources("tests")
        for node in ast.walk(source.tree)
        if isinstance(node, Function)
        and any(isinstance(part, ast.Assert) for part in ast.walk(node))
        and not _is_collected(source, node)
        and node.name not in used
        and not _is_fixture(node)
        and node not in _handlers(source)
    ]
    assert wrong == []


def test_what_is_called_a_test_is_collected() -> None:
    wrong = [
        f"{source.path}:{node.lineno} {node.name}"
        for source in sources("tests")
        for node in ast.walk(source.tree)
        if isinstance(node, Function) and node.name.startswith("test_") and not _is_collected(source, node)
    ]
    assert wrong == []


def _is_collected(source: Source, function: Function) -> bool:
    """Whether pytest takes it as a test: at the top of the file, or in a class whose name says so."""
    if not PurePosixPath(source.path).name.startswith("test_") or not function.name.startswith("test"):
        return False
    classes = [node for node in source.tree.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test")]
    whole = [c for c in classes if not any(isinstance(n, Function) and n.name == "__init__" for n in c.body)]
    return function in source.tree.body or any(function in found.body for found in whole)


def _handlers(source: Source) -> list[Function]:
    """Methods that a framework may call: of classes that inherit from another, and not called tests."""
    classes = (node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef) and node.bases)
    methods = [node for found in classes for node in found.body if isinstance(node, Function)]
    return [method for method in methods if not method.name.startswith("test")]


def _is_fixture(function: Function) -> bool:
    return any("fixture" in ast.unparse(decorator) for decorator in function.decorator_list)


def _used(source: Source) -> Iterator[str]:
    """Every name that is read anywhere: what is called, passed on, or asked for as a fixture."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.arg):
            yield node.arg
