"""A real kernel, as a notebook starts it: for what only a kernel shows."""

import os
import sys
import time
from contextlib import contextmanager

from jupyter_client.manager import KernelManager


class Kernel:
    def __init__(self, manager):
        self.manager, self.client = manager, manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run(self, code, wait=60.0, meanwhile=None):
        """What the cell shows: [(seconds since it began, text)]; `meanwhile` hears of each."""
        start, asked, shown = time.monotonic(), self.client.execute(code), []
        while True:
            message = self.client.get_iopub_msg(timeout=wait)
            kind, content = message["msg_type"], message["content"]
            if message["parent_header"].get("msg_id") != asked:
                continue
            if kind == "status" and content["execution_state"] == "idle":
                return shown
            text = content.get("data", {}).get("text/plain") or content.get("text")
            text = "\n".join(content["traceback"]) if kind == "error" else text
            if text:
                shown.append((time.monotonic() - start, text))
                if meanwhile:
                    meanwhile(self, text)

    def text(self, code):
        return "\n".join(text for _, text in self.run(code))


@contextmanager
def kernel(**environment):
    """A kernel of this Python's own, with nnlib's course imported."""
    manager = KernelManager(kernel_name="python3")
    manager.kernel_spec.argv[0] = sys.executable
    manager.start_kernel(env={**os.environ, **environment})
    running = None
    try:
        running = Kernel(manager)
        running.run("import numpy as np\nfrom nnlib.course import exercise, hint")
        yield running
    finally:
        if running:
            running.client.stop_channels()
        manager.shutdown_kernel(now=True)
