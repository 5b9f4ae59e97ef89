"""Twenty people at one report: written in by twenty authors, then pressed by twenty supervisors."""

import json
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

from tests.faults.client import Client
from tests.faults.crowd import CONFIRMED, ROOM, Journal

MANY = 20
PARTS = ("overview", "problems", "other_matters")


class Twenty:
    """All of them logged in; the journal holds what each was told."""

    def __init__(self, address: str, plan: dict[str, Any], saves: int) -> None:
        self.address, self.plan, self.saves = address, plan, saves
        self.journal, self.numbers = Journal(), count(1)
        self.pool = ThreadPoolExecutor(MANY)
        self.authors = list(self.pool.map(self.entered, plan["authors"]))
        self.supervisors = list(self.pool.map(self.entered, plan["supervisors"]))

    def entered(self, username: str) -> Client:
        client = Client(self.address)
        while not client.log_in(username, self.plan["password"]):
            time.sleep(0.5)
        return client

    def write(self) -> None:
        """Each saves so often, from the version that the page showed."""
        list(self.pool.map(self.write_one, self.authors))

    def write_one(self, client: Client) -> None:
        pk, chance = self.plan["revision"], random.Random(next(self.numbers))
        done = 0
        while done < self.saves:
            name = chance.choice(PARTS)
            path = f"/desk/{pk}/{name}/"
            version = client.get(path).form(having="base_version").get("base_version")
            if not version:  # a page to choose on: what I typed, or what another saved
                self.yield_to(client, path)
                continue
            number = next(self.numbers)
            typed = {"text": f"（一）主动公开\n第{number}稿。", "base_version": version[0]}
            begun = time.monotonic()
            answer = client.post(path, typed)
            self.journal.write("shared", f"{pk}:{name}", number, answer, begun)
            if answer.status == 409 and f"第{number}稿" not in answer.text:
                raise AssertionError("a conflict which does not show what was typed")
            done += 1

    @staticmethod
    def yield_to(client: Client, path: str) -> None:
        client.post(f"{path}discard/", {})

    def press(self, verb: str) -> None:
        """All at the same moment, from the page as it was before."""
        pk, together = self.plan["revision"], threading.Barrier(MANY)
        asking = f"{ROOM}{pk}/confirm/publish/" if verb == "publish" else f"{ROOM}{pk}/review/"
        path = f"{ROOM}{pk}/move/{verb}/"

        def press_one(client: Client) -> str:
            seen = client.get(asking).form(action=path)["seen"][0]
            together.wait(timeout=120)
            begun = time.monotonic()
            return self.journal.write(verb, pk, "", client.post(path, {"seen": seen}), begun)

        outcomes = list(self.pool.map(press_one, self.supervisors))
        if outcomes.count(CONFIRMED) != 1:
            raise AssertionError(f"{verb}: {json.dumps(outcomes)}")

    def submit(self) -> None:
        client, path = self.authors[0], f"/desk/{self.plan['revision']}/move/submit/"
        seen = client.get(path).form(having="seen")["seen"][0]
        begun = time.monotonic()
        self.journal.write(
            "submit", self.plan["revision"], "", client.post(path, {"seen": seen}), begun
        )
