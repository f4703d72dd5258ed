"""Set up the course, then open it or test it. Needs nothing but Python 3.11 or newer.

    python3 start.py              open the course in JupyterLab
    python3 start.py test         run every test
    python3 start.py setup        only set up: the folder .venv

Whatever follows goes on to JupyterLab (--no-browser --port 8899) or to pytest (-k softmax).
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
COVERAGE = "--cov=nnlib --cov-config=pyproject.toml --cov-report=term --cov-fail-under=95".split()


def main(arguments):
    command, rest = "open", arguments
    if arguments and not arguments[0].startswith("-"):
        command, *rest = arguments
    if command not in ("open", "test", "setup") or "--help" in arguments[:1]:
        sys.exit(__doc__.strip())
    if sys.version_info < (3, 11):
        version = sys.version.split()[0]
        sys.exit(f"This is Python {version}; the course needs 3.11 or newer: https://python.org")
    os.chdir(ROOT)
    set_up(testing=command == "test")
    if command == "test":
        run("pytest", *(rest or COVERAGE))  # the whole suite also measures its coverage
    elif command == "open":
        first = "notebooks/00_start_here.ipynb"
        page = first if Path(first).exists() else "notebooks"
        run("jupyterlab", "--ServerApp.root_dir=.", f"--LabApp.default_url=/lab/tree/{page}", *rest)


def set_up(testing):
    """Bring .venv to what requirements.txt and pyproject.toml ask for; quick when it is there."""
    asked = hashlib.sha256(str(ROOT).encode())  # a folder that has moved is installed anew
    for name in "requirements.txt", "pyproject.toml":
        asked.update(Path(name).read_bytes())
    stamps = [VENV / "course-test.txt"] + [VENV / "course-open.txt"] * (not testing)
    ready = works()
    if ready and any(s.exists() and s.read_text() == asked.hexdigest() for s in stamps):
        return
    print("Setting up the course in .venv: a few minutes the first time ...", flush=True)
    if not ready:
        make_venv()
    install("-r", "requirements.txt", *(["-e", ".[test]"] if testing else []))
    stamps[-1].write_text(asked.hexdigest())


def works():
    """Is there a .venv whose Python and pip still run?"""
    check = [PYTHON, "-c", "import pip"]
    return PYTHON.exists() and subprocess.run(check, capture_output=True).returncode == 0


def make_venv():
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        sys.exit("This Python cannot make a venv. On Debian, Ubuntu: sudo apt install python3-venv")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV]).returncode:
        sys.exit(f"{VENV} could not be made: see the message above.")


def install(*what):
    """pip install on one line that keeps moving; pip's own words when it fails."""
    command = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", *what]
    said = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as pip:
        for line in pip.stdout:
            said.append(line.decode(errors="replace").strip())
            if sys.stdout.isatty():
                print(f"\r{ascii(said[-1])[1:-1]:78.78}", end="", flush=True)
    if pip.returncode:
        print("", *([s for s in said if "ERROR" in s] or said)[-8:], sep="\n")
        sys.exit("pip could not install the packages: see above. Is there an internet connection?")
    print(f"\r{'Ready.':78}", flush=True)


def run(module, *arguments):
    """Hand over to a module of .venv and end as it ends."""
    command = [str(PYTHON), "-m", module, *map(str, arguments)]
    if os.name == "posix":
        os.execv(PYTHON, command)
    child = subprocess.Popen(command)
    while True:
        try:
            sys.exit(child.wait())
        except KeyboardInterrupt:
            pass  # Ctrl-C reaches the child too, and the child decides


if __name__ == "__main__":
    main(sys.argv[1:])
