"""What the arguments of a command say of the scan that it makes."""

from argparse import Namespace
from pathlib import Path

from reviewtui.scan.choices import ScanChoices
from reviewtui.scan.settings import BanditSettings


def choices_of(arguments: Namespace) -> ScanChoices:
    """What the arguments say of the scan.

    Raises:
        ReviewTuiError: the configuration that they name cannot be read.
    """
    named: Path | None = arguments.bandit_config
    return ScanChoices(None if named is None else BanditSettings.read(named), arguments.cache)
