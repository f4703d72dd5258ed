"""Run notebooks from top to bottom and store what they show: python tests/store.py NOTEBOOK ..."""

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def store(path):
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    NotebookClient(
        notebook,
        timeout=600,
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,  # one print, one output
        resources={"metadata": {"path": str(path.parent)}},
    ).execute()
    notebook.metadata.language_info = {"name": "python"}  # without this machine's version of it
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            # without a kernel a live view is only an error message: keep the still picture
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    nbformat.write(notebook, path)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(__doc__)
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:  # an empty record
            os.environ["NNLIB_PROGRESS_DIR"] = os.environ["IPYTHONDIR"] = home
            store(Path(name))
        print("stored", name)
