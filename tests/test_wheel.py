"""The wheel holds all that Curbcut needs: installed in an empty environment, it works from any folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PACKAGES = ("scanner", "rules", "reports")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True)
    return next(folder.glob("curbcut-*.whl"))


@pytest.fixture(scope="module")
def installed_curbcut(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the wheel; what Curbcut depends on is borrowed from this one."""
    environment = tmp_path_factory.mktemp("environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    paths = sysconfig.get_paths("venv", vars={"base": str(environment), "platbase": str(environment)})
    programs = Path(paths["scripts"])
    python = programs / Path(sys.executable).name
    install = ["install", "--quiet", "--no-index", "--no-deps", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *install], check=True)
    # A folder named in a .pth file comes last and brings no .pth files of its own: not this checkout's either.
    (Path(paths["purelib"]) / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return programs


def files_of_packages() -> Iterator[str]:
    for package in PACKAGES:
        for path in (REPOSITORY / package).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(REPOSITORY).as_posix()


def start(program: Path, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run([program, *arguments], cwd=cwd, env=environment, capture_output=True, text=True)


def test_wheel_holds_every_file_of_the_three_packages_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    expected = set(files_of_packages())
    assert any(name.endswith(".html") for name in expected), "the demo service's pages belong to it"
    assert expected - names == set(), "left out by .gitignore or by the build's settings"
    assert {name for name in names - expected if ".dist-info/" not in name} == set()


def test_wheel_carries_licences_and_the_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        parts = {name.partition(".dist-info/")[2]: name for name in archive.namelist() if ".dist-info/" in name}
        commands = archive.read(parts["entry_points.txt"]).decode()
    assert {"licenses/LICENSE", "licenses/NOTICE"} <= parts.keys()
    assert "curbcut = scanner.__main__:main" in commands


def test_command_comes_from_the_wheel(installed_curbcut: Path, tmp_path: Path) -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    result = start(installed_curbcut / "curbcut", "--version", cwd=tmp_path)
    assert (result.stdout.split(), result.stderr) == (["curbcut", project["version"]], "")
    ask = "import rules, reports, scanner; print(rules.__file__, reports.__file__, scanner.__file__)"
    places = start(installed_curbcut / Path(sys.executable).name, "-c", ask, cwd=tmp_path).stdout
    assert str(REPOSITORY) not in places
    assert places.count("site-packages") == len(PACKAGES)


def test_demo_runs_from_another_folder(installed_curbcut: Path, tmp_path: Path) -> None:
    result = start(installed_curbcut / "curbcut", "demo", "--plain", "--output", "report", cwd=tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    results = json.loads((tmp_path / "report" / "results.json").read_text("utf-8"))
    assert [site["name"] for site in results["sites"]] == ["Demo service"]
    pages = results["sites"][0]["pages"]
    assert len(pages) >= 10
    assert any(outcome["verdict"] == "failed" for page in pages for outcome in page["outcomes"])
    assert (tmp_path / "report" / "index.html").stat().st_size > 1000
