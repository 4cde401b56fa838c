"""A configuration that the reviewer named, read by Bandit's own code, in the worker."""

import fnmatch
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reviewtui.scan.bandit.library import config, extension_loader, manager, utils
from reviewtui.scan.settings import BanditSettings

_INI_ENDS: Final = (".bandit", ".ini", ".cfg")


class ConfigurationError(Exception):
    """Bandit cannot use it; the message says why."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What Bandit makes of it."""

    manager: Any
    """Bandit's own (it has no types), with the tests to run."""
    includes: tuple[str, ...]
    """Globs, of which one has to match."""
    excludes: tuple[str, ...]
    """Globs and parts of paths, of which none may match."""

    def left_out(self, name: str) -> str:
        """Why Bandit would not look at a file of this name; empty where it would."""
        path = f"./{name}"
        if any(fnmatch.fnmatch(path, glob) or glob in path for glob in self.excludes):
            return "Bandit's configuration excludes it"
        if not any(fnmatch.fnmatch(path, glob) for glob in self.includes):
            return "Bandit's configuration does not include it"
        return ""


def configured(settings: BanditSettings | None) -> Configuration:
    """Bandit with these settings, or with its defaults.

    Raises:
        ConfigurationError: it cannot use them.
    """
    if settings is None:
        default = config.BanditConfig()
        return Configuration(manager.BanditManager(default, "file"), tuple(default.get_option("include")), ())
    try:
        return _ini(settings) if settings.name.endswith(_INI_ENDS) else _file(settings)
    except ConfigurationError:
        raise
    except utils.ConfigError as error:
        raise ConfigurationError(str(error.message).rpartition(" : ")[2]) from error
    except MemoryError:
        raise
    except Exception as error:  # what a wrong type anywhere in it makes of Bandit's code
        raise ConfigurationError(f"{type(error).__name__}: {error}") from error


def _file(settings: BanditSettings) -> Configuration:
    """YAML, or TOML where its name ends so."""
    with tempfile.TemporaryDirectory(prefix="reviewtui-") as folder:
        path = Path(folder) / ("bandit.toml" if settings.name.endswith(".toml") else "bandit.yaml")
        path.write_bytes(settings.data)
        read = config.BanditConfig(str(path))
    if not read.config:
        raise ConfigurationError("it holds nothing for Bandit (in TOML, the table [tool.bandit])")
    tests, skips = (_names(read, option) for option in ("tests", "skips"))
    includes = _names(read, "include") or ("*.py",)
    return Configuration(_manager(read, tests, skips), includes, _names(read, "exclude_dirs"))


def _ini(settings: BanditSettings) -> Configuration:
    """The section [bandit], of which tests, skips and exclude count."""
    with tempfile.TemporaryDirectory(prefix="reviewtui-") as folder:
        path = Path(folder) / "bandit.ini"
        path.write_bytes(settings.data)
        options = utils.parse_ini_file(str(path))
    if options is None:
        raise ConfigurationError("it is no INI file with a section [bandit]")
    tests, skips, excludes = (
        tuple(part for part in options.get(option, "").split(",") if part) for option in ("tests", "skips", "exclude")
    )
    default = config.BanditConfig()
    whole = (*excludes, *(f"./{part.removeprefix('./').rstrip('/')}/*" for part in excludes))
    return Configuration(_manager(default, tests, skips), tuple(default.get_option("include")), whole)


def _names(read: Any, option: str) -> tuple[str, ...]:
    value = read.get_option(option) or ()
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise ConfigurationError(f"{option} is no list of texts")
    return tuple(value)


def _manager(read: Any, tests: Iterable[str], skips: Iterable[str]) -> Any:
    profile = {"include": set(tests), "exclude": set(skips)}
    extension_loader.MANAGER.validate_profile(profile)
    made = manager.BanditManager(read, "file", profile=profile)
    if not made.b_ts.tests:
        raise ConfigurationError("no test is left to run")
    return made
