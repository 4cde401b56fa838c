"""The wheel: it holds the shipped data, and an installed copy finds it from anywhere."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel would install."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def files_below(folder: Path) -> set[str]:
    """Every file of a folder but what Python itself writes there."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_checklists_and_the_sample_shop_with_its_history(installed: Path) -> None:
    shipped = installed / "reviewtui" / "_shipped"
    assert files_below(shipped / "checklists") == files_below(ROOT / "checklists")
    assert files_below(shipped / "sample_repo") == files_below(ROOT / "sample_repo")
    assert (installed / "reviewtui" / "tui" / "screens" / "review.tcss").is_file()


def test_no_test_and_no_development_file_is_in_the_wheel(installed: Path) -> None:
    tops = {path.name for path in installed.iterdir()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"reviewtui"}


def test_an_installed_copy_works_from_anywhere(installed: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed), "HOME": str(tmp_path)}
    shop = tmp_path / "shop"

    def run(*args: str) -> str:
        command = [sys.executable, "-P", "-m", "reviewtui", *args]
        return subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True).stdout

    where = subprocess.run(
        [sys.executable, "-P", "-c", "import reviewtui; print(reviewtui.__file__)"],
        cwd=tmp_path,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert where.startswith(str(installed))
    run("demo", "--to", str(shop), "--no-open")
    assert "B608" in run("scan", str(shop))
    assert "Authentication" in run("status", str(shop))
