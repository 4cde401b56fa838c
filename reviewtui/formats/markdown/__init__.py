"""The report as Markdown (GitHub's flavour), for people and for the tools that turn it into something else."""

from reviewtui.formats.markdown.report import render

__all__ = ["render"]
