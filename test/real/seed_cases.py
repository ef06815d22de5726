"""The seed's own test cases C6, C5 and C4, written from its description for a client of its kind: requests and
confluent-kafka, which know nothing of this program. python -m pytest, with addresses in the environment."""

import os
import time

import requests
from confluent_kafka.admin import AdminClient

ORDERS = os.environ.get("ORDERS_URL", "http://localhost:8000")
ANALYTICS = os.environ.get("ANALYTICS_URL", "http://localhost:8002")
KAFKA = os.environ.get("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092")
GROUP = "inventory-service-group"


def metrics():
    answer = requests.get(f"{ANALYTICS}/metrics", timeout=10)
    assert answer.status_code == 200
    return answer.json()


def wait_for(condition, timeout):
    """The first metrics for which the condition holds, and the seconds that it took."""
    began = time.monotonic()
    while time.monotonic() - began < timeout:
        now = metrics()
        if condition(now):
            took = time.monotonic() - began
            print(f"took {took:.2f} s of {timeout}")
            return now
        time.sleep(0.2)
    raise AssertionError(f"not within {timeout} s: {metrics()}")


def consumer_groups():
    admin = AdminClient({"bootstrap.servers": KAFKA})
    listed = admin.list_consumer_groups(request_timeout=10).result()
    assert not listed.errors
    return [group.group_id for group in listed.valid]


class TestLoadTest:
    """C6"""

    before = 0

    def test_services_are_healthy(self):
        for url in (ORDERS, ANALYTICS):
            answer = requests.get(f"{url}/health", timeout=10)
            assert (answer.status_code, answer.json()["status"]) == (200, "ok")

    def test_produce_10k_events(self):
        TestLoadTest.before = metrics()["total_orders"]
        answer = requests.post(f"{ORDERS}/load-test", json={"count": 10000}, timeout=120)
        assert answer.status_code == 200
        assert answer.json()["produced"] == 10000
        assert answer.json()["remaining_in_queue"] == 0

    def test_inventory_processes_all(self):
        wait_for(lambda now: now["total_orders"] >= TestLoadTest.before + 10000, 120)

    def test_analytics_reflects_volume(self):
        now = wait_for(lambda now: now["total_reservations"] >= TestLoadTest.before + 10000, 60)
        assert len(now["orders_per_minute"]) > 0

    def test_a_second_load_adds_its_full_count(self):
        before = metrics()
        answer = requests.post(f"{ORDERS}/load-test", timeout=120)
        assert answer.json()["produced"] == 10000
        total = before["total_orders"] + 10000
        now = wait_for(lambda now: now["total_orders"] >= total and now["total_reservations"] >= total, 120)
        assert (now["total_orders"], now["total_reservations"]) == (total, total)


class TestLagUnderThrottling:
    """C5"""

    def test_can_query_consumer_groups(self):
        assert GROUP in consumer_groups()

    def test_produce_with_lag_observation(self):
        for n in range(50):
            answer = requests.post(f"{ORDERS}/produce", json={"items": [{"sku": "burrito", "qty": 1}]}, timeout=10)
            assert answer.status_code == 200
            assert answer.json()["status"] == "PRODUCED"
        assert GROUP in consumer_groups()


class TestReplay:
    """C4"""

    def test_replay_metrics(self):
        before = metrics()
        assert before["total_orders"] > 0
        answer = requests.post(f"{ANALYTICS}/replay", timeout=30)
        assert answer.status_code == 200
        assert answer.json()["status"] == "replay_triggered"
        assert f"Total orders seen: {before['total_orders']}" in answer.json()["before_metrics"]
        time.sleep(1)
        after = wait_for(lambda now: now["total_orders"] >= before["total_orders"], 120)
        assert after["total_orders"] >= before["total_orders"]
