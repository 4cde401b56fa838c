"""The data that is shipped with the program: in the wheel, or at the top of a checkout."""

from pathlib import Path


def shipped(name: str) -> Path:
    """The folder `checklists` or `sample_repo`, wherever this copy of the program keeps it."""
    package = Path(__file__).resolve().parent
    installed = package / "_shipped" / name
    return installed if installed.is_dir() else package.parent / name
