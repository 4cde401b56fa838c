from pathlib import Path

from reviewtui.workers.process import clean_environment

_PARENT = str(Path(__file__).resolve().parents[2])


def test_a_worker_does_not_inherit_where_python_imports_from() -> None:
    environment = {
        "HOME": "/home/ada",
        "PATH": "/usr/bin",
        "PYTHONPATH": "/tree:",
        "PYTHONSTARTUP": "/tree/x.py",
        "PYTHONINSPECT": "1",
        "PYTHONWARNINGS": "error",
        "PYTHONHOME": "/opt/python",
    }
    assert clean_environment(environment) == {
        "HOME": "/home/ada",
        "PATH": "/usr/bin",
        "PYTHONHOME": "/opt/python",
        "PYTHONPATH": _PARENT,
    }


def test_a_worker_finds_this_package_and_nothing_else_is_put_before_the_standard_library() -> None:
    assert clean_environment({}) in ({"PYTHONPATH": _PARENT}, {})
