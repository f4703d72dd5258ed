"""The dashboard: the same training as `fit`, that can be held, ended and looked at."""

import asyncio
import time
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from nnlib import manual, nn, optim, training
from nnlib.data import load_digits
from nnlib.widgets.watch import Training, dashboard
from nnlib.widgets.watch.charts import duration
from nnlib.widgets.watch.units import dead_units

X, Y = load_digits()
HELD_OUT = X[1500:], Y[1500:]
OPTIONS = {"epochs": 3, "batch_size": 50, "validation": HELD_OUT, "rng": 0}


def by_hand(seed=0):
    return manual.MLP([64, 16, 10], rng=seed)


def by_graph(seed=0):
    return nn.Sequential(
        nn.Linear(64, 16, rng=seed), nn.ReLU(), nn.Dropout(0.2, rng=1), nn.Linear(16, 10, rng=seed)
    )


@pytest.mark.parametrize("make", [by_hand, by_graph])
def test_it_trains_exactly_as_fit_does(make):
    network, twin = make(), make()
    expected = training.fit(twin, X[:1500], Y[:1500], progress=False, **OPTIONS)
    run = Training(network, X[:1500], Y[:1500], **OPTIONS)
    looks = 0
    while run.advance(0.002):
        run.look()  # looking in the middle changes nothing
        ET.fromstring(str(run.picture()))
        looks += 1
    assert run.phase == "finished" and looks > 3
    assert run.history.batch_loss == expected.batch_loss
    assert run.history.validation_accuracy == expected.validation_accuracy
    for name, array in network.state_dict().items():
        np.testing.assert_array_equal(array, twin.state_dict()[name])


def test_pause_and_stop_in_the_middle_of_an_epoch():
    run = Training(by_hand(), X, Y, epochs=1000, rng=0)
    run.advance(0.02)
    run.pause()
    batches = len(run.history.batch_loss)
    assert run.phase == "paused" and not run.advance(0.05)
    assert len(run.history.batch_loss) == batches
    run.resume()
    assert run.advance(0.0)  # one batch at least
    assert len(run.history.batch_loss) == batches + 1
    run.stop()
    assert not run.advance()
    assert run.phase == "stopped" and run.history.stopped == "stopped by hand"
    assert len(run.history.batch_loss) == batches + 1
    run.resume()
    assert not run.advance() and run.phase == "stopped"  # over is over
    assert "Stopped" in run.readout()


def test_stopping_puts_the_rate_and_the_best_weights_back():
    network = by_hand()
    optimizer = optim.SGD(network.parameters(), lr=0.5)
    best = training.EarlyStopping(patience=50)
    run = Training(
        network,
        X,
        Y,
        epochs=100,
        optimizer=optimizer,
        validation=HELD_OUT,
        early_stopping=best,
        schedule=optim.exponential(3),
        rng=0,
    )
    while run.epochs < 3.5:
        run.advance(0.0)
    run.stop()
    run.advance()
    assert optimizer.lr == 0.5
    for name, array in best.best_state.items():
        np.testing.assert_array_equal(network.state_dict()[name], array)


def test_divergence_is_told_with_its_diagnosis():
    network = by_hand()
    run = Training(network, X, Y, epochs=5, optimizer=optim.SGD(network.parameters(), 1e20))
    with np.errstate(all="ignore"):
        while run.advance():
            pass
        run.look()
    assert run.phase == "diverged"
    assert "learning rate" in run.readout()
    ET.fromstring(str(run.picture()))


def test_what_does_not_fit_is_reported_at_once():
    with pytest.raises(ValueError, match="got X of shape"):
        Training(by_hand(), X[:, :10], Y)
    with pytest.raises(ValueError, match="epochs=0"):
        Training(by_hand(), X, Y, epochs=0)


def test_gradient_norms_are_those_of_the_batch():
    network = by_hand()
    run = Training(network, X, Y, epochs=2, rng=0)  # few batches: every one is taken down
    for batch in range(1, 6):
        norms = [np.linalg.norm(p.grad) for p in network.parameters() if p.data.ndim == 2]
        np.testing.assert_allclose(run.norms[-1][1:], norms, rtol=1e-5)
        assert run.norms[-1][0] == pytest.approx(batch / 18)
        run.advance(0.0)


def test_time_left_is_judged_by_what_is_done():
    run = Training(by_hand(), X, Y, epochs=10, rng=0)
    run.seconds = 8.0
    run.run.epoch, run.run.batch = 4, 0
    assert run.seconds_left == pytest.approx(12.0)
    assert "12 s left" in str(run.picture())


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (0.2, "1 s"),
        (59, "59 s"),
        (200, "3 min 20 s"),
        (4000, "67 min"),
        (float("inf"), "unknown"),
        (-1, "0 s"),
    ],
)
def test_durations(seconds, words):
    assert duration(seconds) == words


@pytest.mark.parametrize("make", [by_hand, by_graph])
def test_dead_units_are_counted(make):
    network = make()
    first = dict(network.named_parameters())
    weight, bias = first["0.weight"].data, first["0.bias"].data
    before = dead_units(network, X[:100])[0][0]
    weight[:, :5], bias[:5] = 0, -1  # five units that can never fire
    assert (
        dead_units(network, X[:100]) == [(max(before, 5), 16)]
        or dead_units(network, X[:100])[0][0] >= 5
    )
    weight[:], bias[:] = 0, 1
    assert dead_units(network, X[:100]) == [(0, 16)]
    assert getattr(network, "training", True)


def test_saturated_units_count_as_dead():
    network = manual.MLP([64, 4, 10], "sigmoid", rng=0)
    network.layers[0].weight.data[:] = 0
    network.layers[0].bias.data[:] = [30, -30, 0, 1]
    assert dead_units(network, X[:50]) == [(2, 4)]


def test_other_models_and_targets():
    class Line(nn.Module):
        def __init__(self):
            self.only = nn.Linear(1, 1, rng=0)

        def forward(self, X):
            return self.only(X)

    x = np.linspace(-1, 1, 40, dtype=np.float32)[:, None]
    run = Training(Line(), x, 2 * x, epochs=30, batch_size=8, rng=0)
    while run.advance():
        pass
    run.look()
    assert run.dead == [] and run.history.accuracy == []
    svg = str(run.picture())
    ET.fromstring(svg)
    assert "no hidden layer known" in svg and "accuracy" not in svg


def test_a_long_run_stays_small():
    run = Training(manual.MLP([2, 2, 2], rng=0), X[:8, :2], Y[:8] % 2, epochs=5000, batch_size=8)
    while run.advance():
        pass
    assert len(run.norms) <= 151 and len(run.rates) <= 151
    assert len(str(run.picture())) < 60_000


# ------------------------------------------------------------------ the widget, without a page


def test_the_next_cell_waits_and_has_a_trained_model():
    async def story():
        network = by_hand()
        run = dashboard(network, X[:1500], Y[:1500], **OPTIONS)
        history = await run.done()
        assert history.epochs == 3
        assert training.accuracy(network, *HELD_OUT) == history.validation_accuracy[-1] > 0.6
        assert run.hold.disabled and run.halt.disabled
        assert "finished" in run.drawing.value
        assert "finished" in repr(run.still()).lower()
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(story())


async def until(condition, seconds=20):
    """Let the loop run until the condition holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never happened"
        await asyncio.sleep(0.01)


def test_buttons_work_while_it_trains_and_others_go_on():
    async def story():
        run = dashboard(by_hand(), X, Y, epochs=10**6, rng=0)
        other = dashboard(by_hand(1), X, Y, epochs=10**6, rng=0)
        run.hold.click()
        await until(lambda: not run.live.running)  # paused means that nothing runs
        assert run.state.phase == "paused" and run.hold.description == "go on"
        held, going = len(run.state.history.batch_loss), len(other.state.history.batch_loss)
        await until(lambda: len(other.state.history.batch_loss) > going)
        assert len(run.state.history.batch_loss) == held
        run.hold.click()
        await until(lambda: len(run.state.history.batch_loss) > held)
        run.halt.click()
        other.halt.click()
        history = await run.done()
        await other.done()
        assert history.stopped == "stopped by hand" and run.state.phase == "stopped"

    asyncio.run(story())


def test_stop_works_while_paused():
    async def story():
        run = dashboard(by_hand(), X, Y, epochs=10**6)
        run.hold.click()
        await until(lambda: not run.live.running)
        run.halt.click()
        await asyncio.wait_for(run.done(), 20)
        assert run.state.phase == "stopped" and "stopped" in run.drawing.value

    asyncio.run(story())


def test_an_interrupted_wait_stops_the_training():
    async def story():
        run = dashboard(by_hand(), X, Y, epochs=10**6)
        waiting = asyncio.create_task(run.done())
        await asyncio.sleep(0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await until(lambda: not run.live.running)
        assert run.state.phase == "stopped"

    asyncio.run(story())


def test_divergence_reaches_the_next_cell():
    async def story():
        network = by_hand()
        with np.errstate(all="ignore"):
            run = dashboard(network, X, Y, optimizer=optim.SGD(network.parameters(), 1e20))
            with pytest.raises(training.Diverged):
                await run.done()
        assert "Diverged" in run.words.value

    asyncio.run(story())


def fails_in_batch(n, error):
    """An `augment` that raises in the n-th batch."""
    batches = iter(range(1, 10**9))

    def augment(X, rng):
        if next(batches) == n:
            raise error
        return X

    return augment


HOSTILE = TypeError("no <img src=x onerror=alert(1)> here")


def test_only_a_loss_that_is_not_finite_is_called_diverged():
    async def story():
        network = by_hand()
        optimizer = optim.SGD(network.parameters(), lr=0.5)
        options = {"optimizer": optimizer, "schedule": optim.exponential(3), "rng": 0}
        run = dashboard(network, X, Y, augment=fails_in_batch(5, HOSTILE), **options)
        with pytest.raises(TypeError, match="no <img"):
            await run.done()
        assert run.state.phase == "failed" and run.hold.description == "failed"
        assert run.hold.disabled and run.halt.disabled and optimizer.lr == 0.5
        assert "Failed at epoch 0.2 of 10. TypeError: no &lt;img" in run.words.value
        assert "Diverged" not in run.drawing.value + run.words.value
        for html in (run.words.value, run.drawing.value, run.still().static["text/html"]):
            assert "<img src=x" not in html
        with pytest.raises(TypeError):
            run.result()

    asyncio.run(story())


def test_an_error_in_drawing_is_shown_and_nobody_waits_for_ever(monkeypatch):
    async def story():
        network = by_hand()
        optimizer = optim.SGD(network.parameters(), lr=0.5)
        schedule = optim.exponential(3)
        run = dashboard(network, X, Y, epochs=10**6, optimizer=optimizer, schedule=schedule)
        monkeypatch.setattr("nnlib.widgets.watch.run.dead_units", lambda *_: [][0])
        with pytest.raises(IndexError):
            await asyncio.wait_for(run.done(), 20)
        assert "IndexError: list index" in run.words.value and optimizer.lr == 0.5

    asyncio.run(story())


def test_what_the_first_batch_raises_is_raised():
    with pytest.raises(TypeError, match="no <img"):
        dashboard(by_hand(), X, Y, augment=fails_in_batch(1, HOSTILE))


def slowly(X, rng):
    time.sleep(0.002)
    return X


def test_result_from_another_thread_trains_along():
    async def story():
        network, twin = by_graph(), by_graph()
        expected = training.fit(twin, X[:1500], Y[:1500], progress=False, **OPTIONS)
        run = dashboard(network, X[:1500], Y[:1500], augment=slowly, **OPTIONS)
        history = await asyncio.to_thread(run.result)
        assert history is await run.done()
        assert run.state.phase == "finished" and history.batch_loss == expected.batch_loss
        assert run.hold.disabled and "finished" in run.drawing.value

    asyncio.run(story())


def test_a_cell_run_again_ends_the_earlier_run_of_its_name():
    async def cell(code, names):
        """Run a cell's statements as IPython does: one by one, in the notebook's names."""
        for line in code.splitlines():
            exec(compile(line, "cell", "exec"), names)
        await asyncio.sleep(0.05)

    async def story():
        names = {"dashboard": dashboard, "by_hand": by_hand, "X": X, "Y": Y}
        again = "run = dashboard(by_hand(), X, Y, epochs=10**6, rng=0)"
        await cell(f"{again}\nother = dashboard(by_hand(1), X, Y, epochs=10**6)", names)
        first, other = names["run"], names["other"]
        waiting = asyncio.create_task(first.done())
        await cell(again, names)
        second = names["run"]
        assert first.state.phase == "stopped" and first.hold.disabled
        assert (await waiting).stopped == "a new run took the name run"
        assert "The earlier run was ended at epoch" in second.words.value
        assert second.state.phase == other.state.phase == "training"
        second.hold.click()
        await until(lambda: not second.live.running)
        await cell(again, names)  # a paused one has not ended either
        assert second.state.phase == "stopped"
        for run in (names["run"], other):
            run.stop()
            await run.done()
        await cell(again, names)
        assert "earlier" not in names["run"].words.value  # that one had ended by itself
        names["run"].stop()
        await names["run"].done()
        assert len(asyncio.all_tasks()) == 1

    asyncio.run(story())


def test_an_interrupt_is_told_in_one_sentence():
    async def story():
        run = dashboard(by_hand(), X, Y, epochs=10**6)
        waiting = asyncio.create_task(run.done())
        await asyncio.sleep(0.1)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await waiting
        (said,) = caught.value._render_traceback_()  # what IPython shows
        assert said.startswith("Interrupted. Stopped at epoch")
        assert run.state.history.stopped == "interrupted" and run.hold.disabled

    asyncio.run(story())


def test_an_interrupt_in_the_middle_of_a_batch_is_no_end_by_itself():
    state = Training(by_hand(), X, Y, augment=fails_in_batch(7, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        while state.advance():
            pass
    assert state.phase == "stopped" and state.history.stopped == "interrupted"
    run = dashboard(by_hand(), X, Y, augment=fails_in_batch(7, KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt) as caught:
        run.result()
    assert "Stopped at epoch" in caught.value._render_traceback_()[0]
    assert run.state.phase == "stopped" and run.state.history.stopped == "interrupted"


def test_a_paused_run_says_that_a_cell_waits():
    async def story():
        run = dashboard(by_hand(), X, Y, epochs=10**6)
        run.hold.click()
        await until(lambda: not run.live.running)
        assert "waits" not in run.words.value
        waiting = asyncio.create_task(run.done())
        await until(lambda: "A cell waits for the end: press go on, or stop." in run.words.value)
        run.hold.click()
        await until(lambda: "waits" not in run.words.value)
        run.halt.click()
        await waiting

    asyncio.run(story())


def test_the_buttons_of_an_ended_run_say_so():
    async def story():
        run = dashboard(by_hand(), X[:100], Y[:100], epochs=1)  # over before a hand can move
        await run.done()
        assert run.hold.disabled and run.hold.description == "finished"

    asyncio.run(story())


def test_a_still_beneath_its_dashboard_does_not_repeat_it():
    run = dashboard(by_hand(), X[:100], Y[:100], epochs=1)
    before = run.still()
    assert "<svg" in before.children[0].value
    run.result()
    assert "<svg" in run.still().children[0].value  # nobody has shown the dashboard
    run._repr_mimebundle_()
    after = run.still()
    assert after.children[0].value == run.words.value and len(after.children) == 2  # and its keys
    assert "data:image/svg+xml" in after._repr_mimebundle_()["text/html"]  # what is stored


def test_without_a_loop_result_trains_here_and_now():
    run = dashboard(by_hand(), X[:1500], Y[:1500], **OPTIONS)
    assert run.state.history.epochs == 0
    assert run.result().epochs == 3
    assert run.result() is run.state.history  # asking again changes nothing


def test_pictures_keep_to_their_share_of_the_time():
    run = Training(by_hand(), X, Y, epochs=2)
    run.seconds, run.watched = 10.0, 0.3
    assert run.due(1.0) and not run.due(0.1)
    run.watched = 0.5
    assert not run.due(1.0)
