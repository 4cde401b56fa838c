"""Keys of a findings file that this version does not know: kept, and written back."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

Extra: TypeAlias = Mapping[str, object]
"""Key to a TOML value, untouched."""

NOTHING: Final[Extra] = MappingProxyType({})
