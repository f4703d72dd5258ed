"""In a real kernel: it survives every answer, and what holds on is said at once."""

import re

import pytest
from kernels import kernel

RIGHT = """@exercise("softmax")
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with kernel(NNLIB_PROGRESS_DIR=str(tmp_path_factory.mktemp("progress"))) as started:
        yield started


def answer(body):
    return f'@exercise("softmax")\ndef softmax(Z):\n    {body}\n    return Z'


@pytest.mark.parametrize("body", ["exit()", "quit()", "import os; os._exit(1)", "input('?')"])
def test_the_kernel_goes_on(running, body):
    shown = " ".join(running.text(answer(body)).split())
    assert "not yet" in shown and "It happened in line 3" in shown
    assert "still to be written" not in shown
    assert "passed" in running.text(RIGHT)


def test_a_call_that_holds_on_is_said_within_three_seconds_and_can_be_interrupted(running):
    """A call into C for about ten seconds; the interrupt arrives when it comes back."""
    hold = "__import__('hashlib').pbkdf2_hmac('sha256', b'', b'', 12_000_000)"

    def interrupt(kernel, text):
        if "Still running" in text:
            kernel.manager.interrupt_kernel()

    (at, said), *rest = running.run(answer(hold), meanwhile=interrupt)
    assert "Still running" in said and "line 3" in said and "interrupt the kernel" in said
    assert at < 5  # 3 seconds, on a machine that is not busy
    (card,) = [text for _, text in rest]
    assert "not yet" in card and ("interrupted, in line 3" in card or "not come to an end" in card)
    assert "passed" in running.text(RIGHT)


def test_an_interrupt_ends_the_check_with_a_card(running):
    shown = running.text(answer("raise KeyboardInterrupt"))
    assert "The check was interrupted, in line 3" in shown and "`softmax.yours`" in shown
    assert "0.5" in running.text("softmax(np.zeros((1, 2)))")


def test_a_cell_that_is_timed_shows_its_card_once(running):
    shown = running.text("%%timeit -n 5 -r 2\n" + RIGHT)
    assert shown.count("passed") == 1 and "per loop" in shown
    assert running.text(RIGHT).count("passed") == 1  # the next cell shows its own
    both = f"for _ in range(2):\n{RIGHT}\n".replace("\n", "\n    ")
    assert running.text(both + '\n\nexercise("softmax")(lambda Z: Z);').count("·") == 2


def test_a_lambda_has_no_name_and_a_renamed_answer_is_told(running):
    shown = running.text('softmax = exercise("softmax")(lambda Z: Z)')
    assert "<lambda>" not in shown.split("with")[0] + shown.split("For")[-1]
    assert ".yours" not in shown
    shown = " ".join(running.text(RIGHT.replace("softmax(Z)", "rows(Z)")).split())
    assert "`rows` is your own from here on. The cells below call it `softmax`" in shown
    assert re.search("call it `softmax`", running.text(RIGHT)) is None


def test_an_import_that_is_slow_is_not_broken(running):
    pytest.importorskip("torch")
    body = "import torch\n    return torch.softmax(torch.tensor(Z).double(), 1).numpy()"
    shown = running.text(answer(body))
    assert "passed" in shown
    assert "import torch" in running.text("import torch; print('import torch', torch.ones(1))")
