"""The two looks of the program, and the colours that its panes name."""

from typing import Final

from textual.theme import Theme

_DARK: Final = {
    "syntax-keyword": "#c792ea",
    "syntax-name": "#82aaff",
    "syntax-class": "#ffcb6b",
    "syntax-builtin": "#7fdbca",
    "syntax-string": "#a5d6a7",
    "syntax-doc": "#7f9f86",
    "syntax-number": "#f7a072",
    "syntax-comment": "#7a8394",
    "syntax-operator": "#89a3c2",
    "syntax-tag": "#ff8f9c",
    "severity-critical": "#ff5c7a",
    "severity-high": "#ff7b72",
    "severity-medium": "#f2b35e",
    "severity-low": "#8fb8de",
    "severity-info": "#9aa4b5",
    "line-cursor": "#232a38",
    "line-selected": "#2d3f5e",
    "line-number": "#566073",
    "match": "#6b5a1f",
    "reviewed": "#5fb37a",
    "border-blurred": "#2f3644",
    "footer-background": "#171b24",
}
_LIGHT: Final = {
    "syntax-keyword": "#8839b0",
    "syntax-name": "#2159c9",
    "syntax-class": "#9a6200",
    "syntax-builtin": "#00756b",
    "syntax-string": "#2e7d32",
    "syntax-doc": "#5d7a61",
    "syntax-number": "#b3541e",
    "syntax-comment": "#6f7682",
    "syntax-operator": "#4a5f7a",
    "syntax-tag": "#b3243a",
    "severity-critical": "#b00033",
    "severity-high": "#c62828",
    "severity-medium": "#a35c00",
    "severity-low": "#2f6299",
    "severity-info": "#5b6573",
    "line-cursor": "#e8edf6",
    "line-selected": "#cfdff7",
    "line-number": "#9aa1ad",
    "match": "#ffe69a",
    "reviewed": "#2e8b4f",
    "border-blurred": "#d5d9e0",
    "footer-background": "#eef0f4",
}

DARK: Final = Theme(
    name="reviewtui-dark",
    primary="#7aa2f7",
    secondary="#7fdbca",
    accent="#c792ea",
    foreground="#d5dbe8",
    background="#12151c",
    surface="#171b24",
    panel="#1e2430",
    success="#5fb37a",
    warning="#f2b35e",
    error="#ff7b72",
    dark=True,
    variables=_DARK,
)
LIGHT: Final = Theme(
    name="reviewtui-light",
    primary="#2159c9",
    secondary="#00756b",
    accent="#8839b0",
    foreground="#23272f",
    background="#fbfbf9",
    surface="#f4f5f7",
    panel="#e9ebef",
    success="#2e8b4f",
    warning="#a35c00",
    error="#c62828",
    dark=False,
    variables=_LIGHT,
)
VARIABLES: Final = _DARK
"""What every theme must name; a foreign theme falls back to these."""
