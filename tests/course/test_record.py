"""The student's record: merged, atomic, and never in the way."""

import errno
import json
import os
import subprocess
import sys
import time

import pytest

from nnlib.course import hint, progress, record, solution


def test_attempts_and_passes_are_kept():
    record.checked("softmax", "blank")
    assert "softmax" not in record.read()["exercises"]
    record.checked("softmax", "failed", "no maximum subtracted")
    record.checked("softmax", "passed")
    record.checked("softmax", "failed")
    entry = record.read()["exercises"]["softmax"]
    assert entry["attempts"] == 3 and entry["last"] == "failed" and "passed" in entry
    assert entry["met"] == ["no maximum subtracted"]


def test_several_notebooks_lose_nothing(progress_folder):
    code = "import sys\nfrom nnlib.course import record\n"
    code += "for i in range(15): record.checked(f'{sys.argv[1]}{i}', 'passed')\n"
    code += "for i in range(15): record.checked('shared', 'failed')"
    writers = [subprocess.Popen([sys.executable, "-c", code, name]) for name in "abc"]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    entries = record.read()["exercises"]
    assert len(entries) == 46 and entries["shared"]["attempts"] == 45
    assert sorted(os.listdir(progress_folder)) == ["progress.json", "progress.lock"]


@pytest.mark.parametrize("damage", [b"{", b"[]", b"", b"\xff\xfe", b'{"exercises": {"a": 3}}'])
def test_a_damaged_file_is_set_aside(progress_folder, damage, capsys):
    record.checked("softmax", "passed")
    record.path().write_bytes(damage)
    record.checked("one_hot", "passed")
    assert set(record.read()["exercises"]) == {"one_hot"}
    aside = [name for name in os.listdir(progress_folder) if "damaged" in name]
    assert len(aside) == 1 and (progress_folder / aside[0]).read_bytes() == damage
    said = capsys.readouterr().err
    assert said.count("damaged. It is kept as") == 1 and aside[0] in said


def test_two_damaged_files_are_both_kept(progress_folder):
    for text in ("{1", "{2"):
        progress_folder.mkdir(exist_ok=True)
        record.path().write_text(text)
        record.read()
    kept = [p.read_text() for p in progress_folder.glob("*damaged*")]
    assert sorted(kept) == ["{1", "{2"]


def test_an_unwritable_folder_is_said_once_and_the_course_goes_on(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NNLIB_PROGRESS_DIR", str(tmp_path / "file" / "below"))
    record.checked("softmax", "failed")
    record.checked("softmax", "passed")
    assert record.read()["exercises"]["softmax"]["attempts"] == 2
    assert capsys.readouterr().err.count("cannot be saved") == 1
    monkeypatch.setenv("NNLIB_PROGRESS_DIR", str(tmp_path / "free"))
    record.checked("one_hot", "passed")
    assert set(json.loads(record.path().read_text())["exercises"]) == {"softmax", "one_hot"}


def test_a_failed_write_leaves_the_old_file(progress_folder, monkeypatch):
    record.checked("softmax", "passed")
    before = record.path().read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    record.checked("one_hot", "passed")
    assert record.path().read_bytes() == before
    assert not list(progress_folder.glob("*.tmp"))
    assert "one_hot" in record.read()["exercises"]


def test_the_folder_is_the_users_own_without_the_variable(monkeypatch):
    monkeypatch.delenv("NNLIB_PROGRESS_DIR")
    assert "nnlib" in str(record.folder())


def test_a_folder_without_locks_costs_no_time(monkeypatch):
    def no_locks():
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(record, "_locking", lambda file: (no_locks, no_locks))
    monkeypatch.setattr(record.time, "sleep", lambda seconds: pytest.fail("it waits"))
    record.checked("softmax", "passed")
    assert "softmax" in record.read()["exercises"]


@pytest.mark.parametrize("reason", [errno.EAGAIN, errno.EACCES])
def test_a_busy_lock_is_waited_for(monkeypatch, reason):
    waited = []

    def take():
        if not waited:
            raise OSError(reason, "another notebook has it")

    monkeypatch.setattr(record, "_locking", lambda file: (take, lambda: None))
    monkeypatch.setattr(record.time, "sleep", waited.append)
    record.checked("softmax", "passed")
    assert waited == [0.01]


def test_the_file_of_a_later_version_is_left_alone(progress_folder, capsys):
    record.checked("softmax", "passed")
    later = json.dumps({"version": record.VERSION + 1, "exercises": {}, "quizzes": {}, "new": 1})
    record.path().write_text(later)
    record.checked("one_hot", "passed")
    assert record.path().read_text() == later and "one_hot" in record.read()["exercises"]
    assert "later version of nnlib" in capsys.readouterr().err


@pytest.mark.parametrize("processes, times", [(6, 30), (20, 12)])
def test_many_processes_lose_no_update(processes, times, progress_folder):
    """A process that waits too long for the lock leaves what is new to the next one."""
    code = "from nnlib.course import record\n"
    code += f"for i in range({times}): record.checked('shared', 'failed')"
    writers = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(processes)]
    assert {writer.wait() for writer in writers} == {0}
    assert record.read()["exercises"]["shared"]["attempts"] == times * processes


def test_a_lock_that_stays_busy_holds_no_cell_and_loses_nothing(progress_folder, monkeypatch):
    def busy():
        raise OSError(errno.EAGAIN, "another notebook has it")

    record.checked("softmax", "failed", "one")
    with monkeypatch.context() as taken:
        taken.setattr(record, "_locking", lambda file: (busy, busy))
        start = time.monotonic()
        record.checked("softmax", "passed", "two")
        assert time.monotonic() - start < 1.2
        assert record.read()["exercises"]["softmax"]["attempts"] == 2  # it is read all the same
    record.hinted("softmax", 2)
    entry = record.read()["exercises"]["softmax"]
    assert (entry["attempts"], entry["hints"], entry["met"]) == (2, 2, ["one", "two"])
    assert sorted(os.listdir(progress_folder)) == ["progress.json", "progress.lock"]


@pytest.mark.parametrize(
    "entry",
    [
        {"attempts": None},
        {"hints": [1]},
        {"hints": "2"},
        {"met": 3},
        {"met": [[]]},
        {"passed": 1, "last": {}},
        {"attempts": True},
    ],
)
def test_wrong_types_inside_are_left_out_and_the_rest_goes_on(progress_folder, entry, capsys):
    progress_folder.mkdir()
    whole = {"softmax": entry, "one_hot": {"attempts": 4, "last": "failed"}}
    record.path().write_text(json.dumps({"version": 1, "exercises": whole, "quizzes": {}}))
    record.hinted("softmax", 1)
    record.checked("softmax", "passed", "a slip")
    progress(), solution("softmax")
    kept = record.read()["exercises"]
    assert kept["one_hot"]["attempts"] == 4
    assert kept["softmax"]["attempts"] == 1 and kept["softmax"]["hints"] == 1
    assert len(list(progress_folder.glob("*damaged*"))) == 1
    assert "damaged" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"exercises": {"softmax": {"x": ' + "[" * 700 + "]" * 700 + "}}}",
        '{"version": [], "exercises": null, "quizzes": 3}',
        '{"quizzes": {"a": []}}',
    ],
)
def test_deep_and_odd_files_stop_nobody(progress_folder, text):
    progress_folder.mkdir()
    record.path().write_text(text)
    record.checked("softmax", "failed")
    assert "Hint 1" in repr(hint("softmax"))
    assert json.loads(record.path().read_text())["exercises"]["softmax"]["attempts"] == 1


@pytest.mark.parametrize("folder", ["~nobody_of_that_name/x", "/dev/null/x"])
def test_a_folder_that_cannot_be_stops_nobody(monkeypatch, folder, capsys):
    monkeypatch.setenv("NNLIB_PROGRESS_DIR", folder)
    record.checked("softmax", "failed")
    repr(hint("softmax")), repr(progress()), repr(solution("softmax"))
    assert record.read()["exercises"]["softmax"] == {
        "attempts": 1,
        "last": "failed",
        "hints": 1,
        "solution": True,
    }
    said = capsys.readouterr().err
    assert said.count("cannot be saved") == 1 and folder.split("/")[-1] in said
