"""Keys of a findings file that this version does not know: kept, and written back."""

from collections.abc import Mapping
from typing import TypeAlias

Extra: TypeAlias = Mapping[str, object]
"""Key to a TOML value, untouched."""
