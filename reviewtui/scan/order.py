"""In which order files are scanned: where it is most likely that something matters first.

Names alone decide, so that anybody can see why. Size does not: it would have to be asked for file by file, and whoever
reviews waits for what matters, not for the last file.
"""

import re
from collections.abc import Iterable
from typing import Final

from reviewtui.model.place import RepoPath

_PYTHON: Final = (".py", ".pyw")
_CODE: Final = (".html", ".htm", ".jinja", ".jinja2", ".j2", ".js", ".ts", ".jsx", ".tsx", ".vue", ".sql", ".sh")
_ASIDE: Final = re.compile(
    r"(?:^|/)(?:tests?|testing|test_[^/]*|[^/]*_tests?\.pyw?|conftest\.py|migrations|docs?|examples?|benchmarks?|locale)"
    r"(?:/|$)"
)
"""Files, or folders of files, that hardly ever run where it matters."""
_MATTERS: Final = re.compile(
    r"(?:^|[/_.-])(?:views?|auth\w*|api|apis|settings|config\w*|routes?|router|routing|urls|admin|login|account\w*|users?"
    r"|password\w*|session\w*|token\w*|jwt|oauth\w*|permissions?|security|crypto\w*|secrets?|middleware|forms?"
    r"|serializers?|handlers?|controllers?|endpoints?|upload\w*|download\w*|files?|storage|payment\w*|db|database|sql"
    r"|quer(?:y|ies)|models?|tasks?|webhooks?|commands?|shell|exec\w*|subprocess\w*|templates?|render\w*|app|main|server"
    r"|wsgi|asgi|manage)(?=[/_.-]|$)"
)
"""A part of a name that says: here input comes in, or something is decided or done with it."""


def by_interest(paths: Iterable[RepoPath]) -> list[RepoPath]:
    """The files that are most likely to matter first, and otherwise in the order in which they come."""
    return sorted(paths, key=_rank)


def _rank(path: RepoPath) -> int:
    lower = path.lower()
    if lower.endswith(_PYTHON):
        if _ASIDE.search(lower):
            return 3
        return 0 if _MATTERS.search(lower) else 1
    if lower.endswith(_CODE) and not _ASIDE.search(lower):
        return 2
    return 4
