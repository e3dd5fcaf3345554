"""`run` on small copies of a project: real venvs and real pip, but every package lies in a folder beside it.

The small project has run's file, a lock with one package, a build backend of its own, a `scanner` that prints how it
was started, and a `scanner.browser.discover` that writes down each search.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="scripts and signals of POSIX")

REPOSITORY = Path(__file__).parents[1]

BACKEND = """
import os, pathlib, time, zipfile
HERE = pathlib.Path(__file__).parent
def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    with open(HERE / "builds.log", "a") as log:
        log.write("build\\n")
    while (HERE / "hold").exists():
        time.sleep(0.02)
    name = "small-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        wheel.writestr("small.pth", str(HERE))
        wheel.writestr("small-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: small\\nVersion: 1.0\\n")
        wheel.writestr("small-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("small-1.0.dist-info/RECORD", "")
    return name
"""
MAIN = """
import json, os, sys
import leaf
print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd(), "leaf": leaf.VERSION}))
sys.exit(int(os.environ.get("EXIT_CODE", "0")))
"""
DISCOVER = """
import pathlib, sys
here = pathlib.Path(__file__).parents[2]
with open(here / "searches.log", "a") as log:
    log.write("search\\n")
if (here / "no-browser").exists():
    sys.exit("Install one.")
(here / "browser").touch(0o755)
print(here / "browser")
"""
TOOL = """
import pathlib, sys
def main():
    name = pathlib.Path(sys.argv[0]).name
    print(name, *sys.argv[1:], flush=True)
    return int(pathlib.Path(f"fail-{name}").exists())
"""
TOOLS = ("ruff", "mypy", "lint-imports", "pytest")


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def leaf_wheel(folder: Path, version: str) -> str:
    """Writes a wheel with the module `leaf` and stand-ins for the tools; gives its line of a lock."""
    record = f"leaf-{version}.dist-info"
    files = {
        "leaf.py": f"VERSION = {version!r}\n{TOOL}",
        "pytest/__init__.py": "",
        "pytest/__main__.py": "import sys; print('pytest alone', *sys.argv[1:])",
        f"{record}/METADATA": f"Metadata-Version: 2.1\nName: leaf\nVersion: {version}\n",
        f"{record}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{record}/entry_points.txt": "[console_scripts]\n" + "".join(f"{tool} = leaf:main\n" for tool in TOOLS),
    }
    digests = {name: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()) for name, text in files.items()}
    lines = [f"{name},sha256={digest.rstrip(b'=').decode()},{len(files[name])}" for name, digest in digests.items()]
    wheel = folder / f"leaf-{version}-py3-none-any.whl"
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
        archive.writestr(f"{record}/RECORD", "\n".join([*lines, f"{record}/RECORD,,"]))
    return f"leaf=={version} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


class Project:
    """A small project in a folder, and ways to start its `run`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        write(
            root,
            {
                "pyproject.toml": "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n"
                "[project]\nname = 'small'\nversion = '1.0'\n",
                "backend.py": BACKEND,
                "scanner/__init__.py": "",
                "scanner/__main__.py": MAIN,
                "scanner/browser/__init__.py": "",
                "scanner/browser/discover.py": DISCOVER,
            },
        )
        shutil.copy(REPOSITORY / "run", root / "run")
        self.lock = root / "requirements.lock"
        self.lock.write_text(leaf_wheel(root / "wheels", "1.0"))

    @property
    def stamp(self) -> Path:
        return self.root / ".venv" / "curbcut-setup.json"

    def environment(self, **more: str) -> dict[str, str]:
        wanted = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
        local = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": (self.root / "wheels").as_uri(), "PIP_CONFIG_FILE": os.devnull}
        return {**wanted, **local, **more}

    def begin(self, *arguments: str, cwd: Path | None = None, **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(self.root / "run"), *arguments],
            cwd=cwd or self.root,
            env=self.environment(**more),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def start(self, *arguments: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        process = self.begin(*arguments, cwd=cwd, **more)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def count(self, log: str) -> int:
        path = self.root / log
        return len(path.read_text().splitlines()) if path.exists() else 0

    def held_start(self, *arguments: str) -> subprocess.Popen[str]:
        """A start that has come as far as building the project, and stays there until `release`."""
        (self.root / "hold").touch()
        before = self.count("builds.log")
        self.lock.write_text(f"# after {before} builds\n{self.lock.read_text()}")
        process = self.begin(*arguments)
        while self.count("builds.log") == before:
            assert process.poll() is None, process.communicate()[1]
            time.sleep(0.02)
        return process

    def release(self) -> None:
        (self.root / "hold").unlink()


@pytest.fixture
def fresh(tmp_path: Path) -> Project:
    return Project(tmp_path / "a project")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose set-up is finished; a test that changes it says so and changes it back."""
    project = Project(tmp_path_factory.mktemp("shared"))
    first = project.start("rules", "--json", "-")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["arguments"] == ["rules", "--json", "-"]
    assert [line.split()[1] for line in first.stderr.splitlines()] == ["making", "installing"]
    return project


@pytest.fixture
def changed(shared: Project) -> Iterator[Project]:
    """The shared project, for a test that changes its inputs."""
    kept = shared.lock.read_text()
    yield shared
    for name in ("hold", "no-browser", "searches.log", "browser", *(f"fail-{tool}" for tool in TOOLS)):
        (shared.root / name).unlink(missing_ok=True)
    if shared.lock.read_text() != kept:
        shared.lock.write_text(kept)
        shared.start("rules")


def test_second_start_says_and_installs_nothing(shared: Project) -> None:
    builds, stamp = shared.count("builds.log"), shared.stamp.stat().st_mtime_ns
    second = shared.start("rules")
    assert (second.returncode, second.stderr) == (0, "")
    assert (shared.count("builds.log"), shared.stamp.stat().st_mtime_ns) == (builds, stamp)


def test_exit_code_and_folder_are_those_of_the_command(shared: Project, tmp_path: Path) -> None:
    result = shared.start("gate", "results.json", cwd=tmp_path, EXIT_CODE="3")
    assert result.returncode == 3
    assert Path(json.loads(result.stdout)["folder"]) == tmp_path.resolve()


def test_packages_where_the_user_stands_are_not_imported(shared: Project, tmp_path: Path) -> None:
    write(tmp_path, {f"{name}/__init__.py": "raise SystemExit('intruder')" for name in ("scanner", "leaf")})
    result = shared.start("rules", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")


def test_changed_lock_is_installed_into_the_same_venv(changed: Project) -> None:
    kept = changed.root / ".venv" / "note of a person"
    kept.touch()
    changed.lock.write_text(leaf_wheel(changed.root / "wheels", "2.0"))
    result = changed.start("rules")
    assert result.returncode == 0
    assert json.loads(result.stdout)["leaf"] == "2.0"
    assert kept.exists()


def test_wrong_hash_stops_the_set_up_and_is_never_taken_for_finished(changed: Project) -> None:
    good = changed.lock.read_text()
    changed.lock.write_text(re.sub(r"[0-9a-f]{64}", "0" * 64, leaf_wheel(changed.root / "wheels", "3.0")))
    result = changed.start("rules")
    assert (result.returncode, result.stdout) == (2, "")
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in result.stderr
    assert result.stderr.splitlines()[-1].startswith("run: The packages could not be installed")
    changed.lock.write_text(good)
    result = changed.start("rules")
    assert result.returncode == 0
    assert "set-up was stopped" in result.stderr


def test_killed_set_up_is_taken_from_the_beginning(changed: Project) -> None:
    first = changed.held_start("rules")
    first.send_signal(signal.SIGKILL)
    first.communicate()
    with changed.begin("rules") as second:
        assert second.stderr is not None
        # The killed start's pip still runs: nobody may install beside it.
        assert second.stderr.readline() == "run: waiting for another start that is setting up .venv\n"
        changed.release()
        out, err = second.communicate(timeout=120)
    assert second.returncode == 0, err
    assert "set-up was stopped" in err
    assert json.loads(out)["leaf"] == "1.0"


def test_two_starts_at_once_set_up_once(changed: Project) -> None:
    builds = changed.count("builds.log")
    with changed.held_start("rules", "first") as first, changed.begin("rules", "second") as second:
        assert second.stderr is not None
        assert "waiting" in second.stderr.readline()
        changed.release()
        for process, name in ((first, "first"), (second, "second")):
            out, err = process.communicate(timeout=120)
            assert process.returncode == 0, err
            assert json.loads(out)["arguments"] == ["rules", name]
    assert changed.count("builds.log") == builds + 1


def test_moved_folder_is_set_up_anew(shared: Project, tmp_path: Path) -> None:
    moved = Project(tmp_path / "moved to here")
    shutil.copytree(shared.root, moved.root, symlinks=True, dirs_exist_ok=True)
    result = moved.start("rules")
    assert result.returncode == 0, result.stderr
    assert "this folder was moved" in result.stderr
    assert str(moved.root) in (moved.root / ".venv" / "pyvenv.cfg").read_text()


def test_venv_that_a_person_made_is_kept(fresh: Project) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(fresh.root / ".venv")], check=True)
    (fresh.root / ".venv" / "note of a person").touch()
    assert fresh.start("rules").returncode == 0
    assert (fresh.root / ".venv" / "note of a person").exists()


def test_folder_that_cannot_be_written_is_one_sentence(fresh: Project) -> None:
    (fresh.root / ".venv").write_text("a file in the way")
    result = fresh.start("rules")
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert "cannot be written" in result.stderr


# -- browser -------------------------------------------------------------------------------------------------------


def test_browser_is_searched_once_for_commands_that_use_one(changed: Project) -> None:
    assert changed.start("report").stderr == ""
    assert changed.count("searches.log") == 0
    for command in ("scan", "demo"):
        result = changed.start(command)
        assert (result.returncode, result.stderr) == (0, "")
        assert changed.count("searches.log") == 1
    (changed.root / "browser").unlink()
    assert changed.start("scan").returncode == 0
    assert changed.count("searches.log") == 2


def test_no_browser_stops_commands_that_use_one_and_no_other(changed: Project) -> None:
    (changed.root / "no-browser").touch()
    result = changed.start("scan")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "Install one.\n"
    assert changed.start("doctor").returncode == 0


# -- test ----------------------------------------------------------------------------------------------------------


def test_every_check_runs_and_pytest_has_the_last_line(changed: Project) -> None:
    result = changed.start("test")
    assert result.returncode == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["ruff", *TOOLS]
    (changed.root / "fail-mypy").touch()
    result = changed.start("test")
    assert result.returncode == 1
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["ruff", *TOOLS]
    assert result.stderr.splitlines()[-1] == "run: not in order: mypy"


def test_arguments_go_to_pytest_alone(changed: Project, tmp_path: Path) -> None:
    result = changed.start("test", "tests/test_a.py", "-k", "b", cwd=tmp_path)
    assert result.stdout.splitlines() == ["pytest alone tests/test_a.py -k b"]


# -- Pythons and the lock --------------------------------------------------------------------------------------------


def start_with(patch: str, project: Project) -> subprocess.CompletedProcess[str]:
    """Starts `run` in a Python that was changed first, and that finds no program but itself."""
    path = str(project.root / "run")
    code = (
        f"import runpy, sys; {patch}; sys.argv[:] = [{path!r}, 'rules']; runpy.run_path({path!r}, run_name='__main__')"
    )
    environment = project.environment(PATH=str(project.root))
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)


def test_old_python_gives_one_sentence(fresh: Project) -> None:
    result = start_with("sys.version_info = (3, 10, 12); sys.version = '3.10.12 (main)'", fresh)
    assert result.returncode == 1
    assert result.stderr == "Curbcut needs Python 3.11 or newer, this is 3.10.12.\n"
    write(fresh.root, {"python3.12": "#!/bin/sh\n"})
    (fresh.root / "python3.12").chmod(0o755)
    result = start_with("sys.version_info = (3, 10, 12); sys.version = '3.10.12 (main)'", fresh)
    assert result.stderr.endswith("this is 3.10.12: python3.12 is installed, use `python3.12 run`.\n")


def test_old_python_can_read_the_file() -> None:
    ast.parse((REPOSITORY / "run").read_text("utf-8"), feature_version=(3, 7))


def test_python_without_the_venv_module_gives_one_sentence(fresh: Project) -> None:
    result = start_with("sys.modules['ensurepip'] = None", fresh)
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert re.search(r"run `sudo apt-get install -y python3\.\d+-venv`", result.stderr)
    assert not (fresh.root / ".venv").exists()


def test_lock_holds_every_dependency_with_hashes_and_names_no_registry() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (REPOSITORY / "requirements.lock").read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?=\w)", re.sub(r"(?m)^#.*\n", "", lock)) if entry]
    pinned: dict[str, set[str]] = {}
    for entry in entries:
        assert "--hash=sha256:" in entry, entry
        name, version = entry.split()[0].split("==")
        pinned.setdefault(canonicalize_name(name), set()).add(version)
    for text in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        need = Requirement(text)
        versions = pinned.get(canonicalize_name(need.name), set())
        assert versions, f"{text} is not in the lock: ./run lock"
        assert all(need.specifier.contains(version) for version in versions), f"{text}: ./run lock"
    assert "://" not in lock
    assert "--index-url" not in lock
    assert "--find-links" not in lock


def test_file_may_be_executed() -> None:
    assert os.access(REPOSITORY / "run", os.X_OK)
