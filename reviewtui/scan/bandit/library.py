"""Bandit itself, imported once without its warnings."""

import warnings
from typing import Final

with warnings.catch_warnings():
    # Its loader of plugins calls another library in a deprecated way.
    warnings.simplefilter("ignore")
    import bandit
    from bandit.core import config, context, docs_utils, extension_loader, manager, metrics, node_visitor, utils

__all__ = [
    "VERSION",
    "config",
    "context",
    "docs_utils",
    "extension_loader",
    "manager",
    "metrics",
    "node_visitor",
    "utils",
]

VERSION: Final = str(bandit.__version__)
