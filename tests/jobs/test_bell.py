"""The bell that wakes the embedded worker: heard at once, never in the way."""

import threading
import time

import pytest

from cchc.jobs import bell

pytestmark = pytest.mark.core


@pytest.fixture(autouse=True)
def own_name(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def waited(wait, seconds: float) -> float:
    begun = time.monotonic()
    wait(seconds)
    return time.monotonic() - begun


def test_a_ring_before_or_during_the_wait_is_heard_once():
    with bell.listening() as wait:
        bell.ring()
        bell.ring()
        assert waited(wait, 5) < 1
        assert waited(wait, 0.2) >= 0.19
        ringer = threading.Timer(0.1, bell.ring)
        ringer.start()
        assert waited(wait, 5) < 2
        ringer.join()


def test_nobody_need_listen():
    bell.ring()


def test_a_second_worker_looks_by_itself(tmp_path):
    with bell.listening() as first, bell.listening() as second:
        bell.ring()
        assert waited(second, 0.2) >= 0.19
        assert waited(first, 5) < 1


def test_another_installation_is_not_woken(settings, tmp_path):
    with bell.listening() as wait:
        settings.DATA_DIR = tmp_path / "other"
        bell.ring()
        assert waited(wait, 0.2) >= 0.19


def test_whoever_floods_it_is_not_waited_for():
    with bell.listening():
        for _ in range(2_000):
            bell.ring()
