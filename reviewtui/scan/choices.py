"""What the reviewer chose for all scans of a run."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reviewtui.scan.settings import BanditSettings

if TYPE_CHECKING:
    from reviewtui.scan.cache import ScanCache


@dataclass(frozen=True, slots=True)
class ScanChoices:
    """Bandit's defaults and kept results, unless somebody said otherwise."""

    bandit: BanditSettings | None = None
    """None: Bandit's defaults."""
    keeps_results: bool = True

    def cache(self) -> "ScanCache | None":
        """Where results are kept; None where they are not."""
        # A database is nothing that the first frame has to wait for.
        from reviewtui.scan.cache import user_cache

        return user_cache() if self.keeps_results else None
