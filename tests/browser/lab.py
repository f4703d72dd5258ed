"""A Jupyter of its own and a headless Chromium: for browser tests, screenshots and latencies.

Everything lies in a temporary folder: notebooks, settings, the student's record. The server
listens on the loopback address only, behind a random token.
"""

import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


def missing():
    """Why no browser test can run here, or None."""
    for module in ("playwright", "jupyterlab", "ipywidgets"):
        if importlib.util.find_spec(module) is None:
            return f"needs {module}: pip install {module}"
    if chromium() is None:
        return "needs chromium (on Debian: apt-get install chromium)"
    return None


def chromium():
    """The path of Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


class Lab:
    """A running JupyterLab and a browser. Use as a context manager."""

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="nnlib-lab-"))
        self.token = secrets.token_hex(16)
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.notebooks = self.folder / "notebooks"
        self.notebooks.mkdir()
        self.log = open(self.folder / "server.log", "w")  # noqa: SIM115 - closed in __exit__
        self.server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyterlab",
                "--no-browser",
                "--allow-root",
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.port={self.port}",
                "--ServerApp.port_retries=0",
                f"--IdentityProvider.token={self.token}",
                f"--ServerApp.root_dir={self.notebooks}",
                "--LabApp.expose_app_in_browser=True",
                "--JupyterNotebookApp.expose_app_in_browser=True",
                "--LabApp.news_url=None",
                "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                # should this process be killed, the server ends by itself
                "--ServerApp.shutdown_no_activity_timeout=600",
                "--MappingKernelManager.cull_idle_timeout=300",
                "--MappingKernelManager.cull_interval=60",
            ],
            env=self._environment(),
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )
        self._wait()
        from playwright.sync_api import sync_playwright

        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        return self

    def __exit__(self, *_):
        if hasattr(self, "browser"):
            self.browser.close()
            self.playwright.stop()
        self.server.terminate()
        try:
            self.server.wait(20)
        except subprocess.TimeoutExpired:
            self.server.kill()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def notebook(self, name, cells, width=1200, height=900, theme="light", run=True):
        """Write a notebook of code cells, open it, run all; yields a `Page`."""
        path = self.notebooks / f"{name}.ipynb"
        path.write_text(json.dumps(_notebook(cells)))
        with self.open(path.name, "lab/tree", width, height, theme) as view:
            if run:
                view.run_all()
            yield view

    @contextmanager
    def chapter(self, path, app="lab/tree", **window):
        """Open a copy of a notebook; yields a `Page`. app: "lab/tree", "notebooks" (Notebook 7)."""
        shutil.copy(path, self.notebooks)
        with self.open(path.name, app, **window) as view:
            yield view

    @contextmanager
    def open(self, name, app, width=1200, height=900, theme="light"):
        page = self.browser.new_page(viewport={"width": width, "height": height})
        view = Page(page)
        try:
            page.goto(f"{self.url}/{app}/{name}?reset&token={self.token}")
            page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=90_000)
            view.wait_for_kernel()
            if app == "lab/tree":
                view.command("apputils:change-theme", theme=THEMES[theme])
                view.collapse_sidebar()
            view.errors.clear()  # what Jupyter says of itself while it starts
            yield view
        finally:
            view.shut_down()
            page.close()

    def _environment(self):
        home = self.folder / "home"
        quiet = home / "settings" / "@jupyterlab" / "apputils-extension"
        quiet.mkdir(parents=True)
        (quiet / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}')
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
            "JUPYTER_CONFIG_DIR": str(home / "config"),
            "JUPYTER_DATA_DIR": str(home / "data"),
            "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
            "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
            "IPYTHONDIR": str(home / "ipython"),
            "NNLIB_PROGRESS_DIR": str(home / "nnlib"),
        }

    def _wait(self, seconds=90):
        request = urllib.request.Request(
            f"{self.url}/api/status", headers={"Authorization": f"token {self.token}"}
        )
        end = time.monotonic() + seconds
        while True:
            try:
                with urllib.request.urlopen(request, timeout=5):
                    return
            except OSError:
                if self.server.poll() is not None or time.monotonic() > end:
                    self.server.kill()
                    log = (self.folder / "server.log").read_text()[-2000:]
                    raise RuntimeError(f"JupyterLab did not start:\n{log}") from None
                time.sleep(0.3)


CELLS = "window.jupyterapp.shell.currentWidget.content.model.toJSON().cells"


class Page:
    """A notebook in the browser. `errors` collects what the console says of errors."""

    def __init__(self, page):
        self.page, self.errors = page, []
        page.on("console", lambda m: m.type == "error" and self._note(m.text, m.location))
        page.on("pageerror", lambda error: self._note(str(error), {}))

    def _note(self, text, location):
        if not any(known in f"{text} {location.get('url', '')}" for known in NOISE):
            self.errors.append(f"{text} {location.get('url', '')}".strip())

    def command(self, name, **arguments):
        """Execute a command of JupyterLab."""
        return self.page.evaluate(
            """async ([name, options]) => {
                await window.jupyterapp.commands.execute(name, options)
            }""",
            [name, arguments],
        )

    def collapse_sidebar(self):
        self.page.evaluate("window.jupyterapp.shell.collapseLeft()")

    def wait_for_kernel(self):
        self.page.wait_for_function(
            "() => window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel?.status"
            " === 'idle'",
            timeout=90_000,
        )

    def run_all(self):
        """Run every cell and wait until the last has finished."""
        self.command("notebook:run-all-cells")
        self.page.wait_for_function(
            f"() => ({CELLS}).every(c => c.cell_type !== 'code' || c.execution_count)",
            timeout=120_000,
        )

    def cells(self):
        """Every cell's type and source, as the notebook now is."""
        return self.page.evaluate(f"() => ({CELLS}).map(c => [c.cell_type, c.source])")

    def output_errors(self):
        """The words of all outputs that are errors, in sight or not."""
        return self.page.evaluate(
            f"""() => ({CELLS}).flatMap(c => c.outputs || [])
                .filter(o => o.output_type === 'error').map(o => `${{o.ename}}: ${{o.evalue}}`)"""
        )

    def read_through(self):
        """Bring every cell into sight, as a reader does; yields each one's number."""
        for i in range(self.page.evaluate(f"() => ({CELLS}).length")):
            self.page.evaluate(
                "i => window.jupyterapp.shell.currentWidget.content.scrollToItem(i, 'start')", i
            )
            self.page.wait_for_timeout(100)
            yield i

    def shut_down(self):
        """End the notebook's kernel."""
        self.page.evaluate(
            """async () => {
                await window.jupyterapp?.shell.currentWidget?.sessionContext?.shutdown()
            }"""
        )

    def pictures(self):
        """Locator of the live SVG pictures."""
        return self.page.locator(".jp-OutputArea .widget-html svg[role=img]")

    def sliders(self):
        """Locator of the slider handles; they take the keyboard."""
        return self.page.locator(".jp-OutputArea .noUi-handle")

    def wait_for_change(self, locator, before, timeout=10.0):
        """The locator's new HTML, once it differs from `before`."""
        end = time.monotonic() + timeout
        while (now := locator.evaluate("e => e.outerHTML")) == before:
            assert time.monotonic() < end, "the picture did not change"
            self.page.wait_for_timeout(20)
        return now


# What JupyterLab itself says on a healthy page.
NOISE = ("favicon", "/api/workspaces", "/lsp/", "/static/notebook/", "themes.css.map")


def _notebook(cells):
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
        },
        "cells": [
            {
                "cell_type": "code",
                "id": f"cell-{i}",
                "metadata": {},
                "outputs": [],
                "execution_count": None,
                "source": source,
            }
            for i, source in enumerate(cells)
        ],
    }


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
