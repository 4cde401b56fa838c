"""Every kind of Python manifest: which files are manifests, and which packages they name on which line."""

from reviewtui.dependencies.manifests.finding import find
from reviewtui.dependencies.manifests.reading import read, read_all

__all__ = ["find", "read", "read_all"]
