"""The people of a round: each does what a person does, and writes down what the site said.

What was answered with a redirect (or, for what is being typed, with its time)
is confirmed and must be there afterwards. A page that says why not is "told".
Anything else is "unknown": it may have happened once or not at all.
"""

import random
import re
import threading
import time
from base64 import b64decode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.faults.client import ASKED_WHO, NO_ANSWER, Answer, Client

CONFIRMED, TOLD, UNKNOWN = "confirmed", "told", "unknown"
ROOM = "/admin/reports/revision/"
SHANGHAI = ZoneInfo("Asia/Shanghai")
FULL = "磁盘已满"


@dataclass
class Attempt:
    kind: str
    key: Any
    mark: Any
    outcome: str
    status: int
    seconds: float


@dataclass
class Journal:
    """What everybody was told, in the order of its coming."""

    attempts: list[Attempt] = field(default_factory=list)
    full: int = 0  # how often somebody read that the disk is full
    lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, kind: str, key: Any, mark: Any, answer: Answer, begun: float) -> str:
        """A redirect confirms; to the log-in it only says who is asked for."""
        outcome = UNKNOWN
        if answer.status in (200, 302) and ASKED_WHO not in answer.location:
            outcome = CONFIRMED if answer.status == 302 or kind == "keep" else TOLD
        elif 400 <= answer.status < 500:
            outcome = TOLD
        took = time.monotonic() - begun
        with self.lock:
            self.attempts.append(Attempt(kind, key, mark, outcome, answer.status, took))
            self.full += FULL in answer.text
        return outcome

    def as_json(self) -> list[dict[str, Any]]:
        with self.lock:
            return [asdict(each) for each in self.attempts]


@dataclass
class Crowd:
    """Everybody's threads; ``rest`` ends the writing, the others end with their work."""

    address: str
    plan: dict[str, Any]
    chance: random.Random
    journal: Journal = field(default_factory=Journal)
    resting: threading.Event = field(default_factory=threading.Event)
    deadline: float = 0.0
    now: Callable[[], datetime] = lambda: datetime.now(SHANGHAI)

    def begin(self, patience: float) -> None:
        self.deadline = time.monotonic() + patience
        plan = self.plan
        first, second, third = plan["supervisors"]
        tasks: list[tuple[Callable[..., None], Any]] = [
            *((self.write, each) for each in plan["draft"]),
            (self.submit, plan["submit"]),
            (self.review, (first, "approve", plan["approve"])),
            (self.review, (second, "publish", plan["publish"][::2])),
            (self.review, (third, "publish", plan["publish"][1::2])),
            (self.batch, (first, "approve", plan["batch_approve"])),
            (self.batch, (second, "publish", plan["batch_publish"])),
            (self.schedule, (third, plan["schedule"])),
            *((self.hand_in, (number, each)) for number, each in enumerate(plan["import"])),
        ]
        self.pool = ThreadPoolExecutor(len(tasks))
        self.running = [self.pool.submit(task, what) for task, what in tasks]

    def end(self) -> None:
        self.resting.set()
        for each in self.running:
            each.result()
        self.pool.shutdown()

    def give_up(self) -> None:
        """The trial itself failed: nobody presses anything again."""
        self.deadline = 0.0
        self.resting.set()

    def entered(self, username: str) -> Client:
        client = Client(self.address)
        while not client.log_in(username, self.plan["password"]) and self.goes_on():
            time.sleep(0.5)
        return client

    def goes_on(self) -> bool:
        return time.monotonic() < self.deadline

    def write(self, draft: dict[str, Any]) -> None:
        """Type and save one part, over and over, each time from the version that one has seen."""
        client, number = self.entered(draft["author"]), 0
        base = f"/desk/{draft['revision']}"
        while not self.resting.is_set():
            page = client.get(f"{base}/overview/")
            version = page.form(having="base_version").get("base_version")
            if not version:
                time.sleep(0.2)
                continue
            for _ in range(self.chance.randint(1, 4)):
                number += 1
                text = f"（一）主动公开\n第{number}稿。"
                typed = {"text": text, "base_version": version[0]}
                begun = time.monotonic()
                kept = client.post(f"{base}/problems/input/", {"text": text, "base_version": "1"})
                self.journal.write("keep", draft["revision"], number, kept, begun)
            begun = time.monotonic()
            saved = client.post(f"{base}/overview/", typed)
            self.journal.write("save", draft["revision"], number, saved, begun)
            time.sleep(self.chance.random() / 2)

    def submit(self, reports: list[dict[str, Any]]) -> None:
        client = self.entered(self.plan["clerk"])
        for report in reports:
            path = f"/desk/{report['revision']}/move/submit/"
            self.until_done(client, "submit", report["revision"], path, path, having="seen")

    def review(self, what: tuple[str, str, list[dict[str, Any]]]) -> None:
        username, verb, reports = what
        client = self.entered(username)
        for report in reports:
            own = f"{ROOM}{report['revision']}/"
            asking = f"{own}confirm/publish/" if verb == "publish" else f"{own}review/"
            path = f"{own}move/{verb}/"
            self.until_done(client, verb, report["revision"], asking, path, action=path)

    def until_done(
        self, client: Client, verb: str, pk: int, asking: str, path: str, **form: str
    ) -> None:
        """Press the button again until it is confirmed, or the page no longer offers it."""
        while self.goes_on():
            page = client.get(asking)
            if page.status in (NO_ANSWER, 302) or page.status >= 500:
                time.sleep(0.5)
                continue
            seen = page.form(**form).get("seen")
            if not seen:
                return
            begun = time.monotonic()
            answer = client.post(path, {"seen": seen[0]})
            if self.journal.write(verb, pk, "", answer, begun) == CONFIRMED:
                return
            time.sleep(0.5)

    def batch(self, what: tuple[str, str, list[dict[str, Any]]]) -> None:
        """Choose, confirm; sent again after a broken connection it is the same batch."""
        username, verb, reports = what
        client, keys = self.entered(username), [each["revision"] for each in reports]
        path = f"{ROOM}batches/begin/{verb}/"
        form: dict[str, list[str]] = {}
        while keys and not form and self.goes_on():
            asked = {"action": f"{verb}_chosen", "_selected_action": keys}
            form = client.post(ROOM, asked).form(action=path)
            if not form:
                time.sleep(0.5)
        sent = {name: form[name] for name in ("token", "item") if name in form}
        outcome = ""
        while sent and outcome != CONFIRMED and self.goes_on():
            begun = time.monotonic()
            answer = client.post(path, sent)
            outcome = self.journal.write("batch", sent["token"][0], [verb, keys], answer, begun)
            time.sleep(0.5)
            if ASKED_WHO in answer.location or answer.status == 403:
                client.get(ROOM)  # logs in again, and the same is sent once more

    def schedule(self, what: tuple[str, list[dict[str, Any]]]) -> None:
        username, reports = what
        client = self.entered(username)
        for report in reports:
            path = f"{ROOM}{report['revision']}/schedule/"
            outcome = ""
            while outcome != CONFIRMED and self.goes_on():
                seen = client.get(path).form(having="due_at").get("seen")
                if not seen:
                    time.sleep(0.5)
                    continue
                due = self.now() + timedelta(seconds=self.chance.randint(5, 20))
                typed = {"seen": seen[0], "due_at": due.strftime("%Y-%m-%dT%H:%M:%S")}
                begun = time.monotonic()
                answer = client.post(path, typed)
                mark = due.replace(microsecond=0).isoformat()
                outcome = self.journal.write("schedule", report["revision"], mark, answer, begun)

    def hand_in(self, what: tuple[int, dict[str, Any]]) -> None:
        """Hand a document in once; once it was read, store it as the year's draft."""
        number, given = what
        client = self.entered(self.plan["clerk"])
        time.sleep(self.chance.random() * 4)
        name = f"round{self.plan['round']}-{number}.docx"
        client.get("/desk/import/new/")
        pk, outcome = "", ""
        while not pk and self.goes_on():
            listed = client.get("/desk/import/")
            if outcome != CONFIRMED and listed.status == 200 and name not in listed.text:
                begun = time.monotonic()
                content = b64decode(given["document"])
                answer = client.send("/desk/import/new/", "documents", name, content)
                outcome = self.journal.write("upload", name, "", answer, begun)
            time.sleep(0.5)
            found = re.search(rf'href="/desk/import/(\d+)/">{re.escape(name)}<', listed.text)
            pk = found[1] if found else ""
        self.store(client, pk, given["agency"], name)

    def store(self, client: Client, pk: str, agency: int, name: str) -> None:
        while pk and self.goes_on():
            form = client.get(f"/desk/import/{pk}/").form(having="base_version")
            if not form:
                if self.resting.is_set():
                    return
                time.sleep(0.5)
                continue
            begun = time.monotonic()
            answer = client.post(f"/desk/import/{pk}/", form | {"store": "draft"})
            if self.journal.write("store", name, agency, answer, begun) == CONFIRMED:
                return
            time.sleep(1)
