"""Running a notebook in a fresh kernel, from its first cell to its last, for a limited time."""

from __future__ import annotations

import asyncio
import os
import subprocess
import time
from pathlib import Path
from typing import Any


def run(path: Path, seconds: float, folder: str) -> str:
    """ "ran", or what stopped it. Its progress is recorded in `folder`, not in the user's own."""
    return asyncio.run(_run(path, seconds, folder))


async def _run(path: Path, seconds: float, folder: str) -> str:
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import DeadKernelError

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=None,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.log.setLevel("CRITICAL")
    environment = {**os.environ, "NNLIB_PROGRESS_DIR": folder}
    started = time.monotonic()
    try:
        kernel = client.async_execute(env=environment, stderr=subprocess.DEVNULL)
        await asyncio.wait_for(kernel, seconds)
    except (asyncio.TimeoutError, DeadKernelError):  # noqa: UP041 - its own class before 3.11
        if time.monotonic() - started < seconds:
            return "the kernel died"
        return f"stopped after {seconds:g} s"
    return _first_error(notebook)


def _first_error(notebook: Any) -> str:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(cells, 1):
        for output in cell.get("outputs", ()):
            expected = "raises-exception" in cell.metadata.get("tags", ())
            if output.output_type == "error" and not expected:
                said = f"{output.ename}: {output.evalue}".split("\n")[0]
                return f"error in code cell {number}: {said[:100]}"
    return "ran"
