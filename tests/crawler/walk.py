"""A site, its people's browsers, and so many requests."""

import traceback
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import Any

from django.core.cache import caches
from django.db import DatabaseError, transaction
from django.test import Client, TestCase

from reports.models import User
from tests.access.city import made_city
from tests.access.test_access import ROLES

from . import judging, pages, requests
from .requests import Request

KEPT = 200  # links and forms remembered for a role
PER_PAGE = 12


@dataclass
class Failure:
    number: int
    role: str
    request: Request
    what: str
    trace: str = ""

    def __str__(self) -> str:
        return f"#{self.number} as {self.role}: {self.what[:300]}\n  {self.request}\n{self.trace}"


@dataclass
class Walk:
    """``run(count)`` sends; ``failures`` and ``answers`` say what came of it."""

    chance: Random
    failures: list[Failure] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    sent: int = 0

    def run(self, count: int) -> None:
        users, self.made = made_city()
        self.users = users
        self.clients = {role: self.browser(role) for role in ROLES}
        self.links = {role: deque(["/"], KEPT) for role in ROLES}
        self.forms: dict[str, deque[pages.Form]] = {role: deque(maxlen=KEPT) for role in ROLES}
        for _ in range(count):
            role = self.chance.choice(ROLES)
            self.send(role, self.next(role))

    def browser(self, role: str) -> Client:
        client = Client(raise_request_exception=False)
        self.enter(role, client)
        return client

    def enter(self, role: str, client: Client) -> None:
        if user := self.users[role]:
            User.objects.filter(pk=user.pk).update(is_active=True)
            client.force_login(user)

    def next(self, role: str) -> Request:
        drawn = self.chance.random()
        if drawn < 0.3:
            return requests.of_list(self.made, self.chance)
        if drawn < 0.45 and self.links[role]:
            return requests.of_link(self.chance.choice(self.links[role]), self.chance)
        if drawn < 0.88 and self.forms[role]:
            return requests.of_form(self.chance.choice(self.forms[role]), self.chance)
        if drawn < 0.95:
            return requests.broken(self.made, self.chance)
        return Request("GET", self.chance.choice(self.links[role]))

    def send(self, role: str, request: Request) -> None:
        self.sent += 1
        begun = perf_counter()
        try:
            with kept_whole():
                response = self.ask(self.clients[role], request)
                content = b"".join(response) if response.streaming else response.content
        except DatabaseError as problem:
            trace = told(problem)
            self.failures.append(Failure(self.sent, role, request, f"{problem!r}", trace))
            return
        took = perf_counter() - begun
        self.slowest = max(self.slowest, (took, f"{request.method} {request.path[:120]}"))
        self.answers[response.status_code] += 1
        if what := judging.wrong(request.method, response, content):
            trace = told(response.exc_info[1]) if response.exc_info else ""
            self.failures.append(Failure(self.sent, role, request, what, trace))
        self.learn(role, request, response, content)

    def ask(self, client: Client, request: Request) -> Any:
        # Each from an address of its own: how often one may ask is tested elsewhere.
        origin = f"10.{self.sent >> 16 & 255}.{self.sent >> 8 & 255}.{self.sent & 255}"
        more: dict[str, Any] = {"REMOTE_ADDR": origin, "headers": request.headers}
        if request.content_type is not None:
            more["content_type"] = request.content_type
            return client.generic(request.method, request.path, request.data, **more)
        if request.method == "POST":
            return client.post(request.path, request.data, **more)
        return client.generic(request.method, request.path, **more)

    def learn(self, role: str, request: Request, response: Any, content: bytes) -> None:
        """Remember where one may go from here; come in again whoever was sent out."""
        if response.status_code in (301, 302, 303):
            if "/accounts/login/" in response.url or "logout" in request.path:
                self.enter(role, self.clients[role])
            elif response.url.startswith("/"):
                self.links[role].append(response.url)
        elif response.headers.get("Content-Type", "").startswith("text/html") and content:
            page = pages.parsed(content)
            address = request.path.partition("?")[0]
            found = pages.links(page, address)
            self.links[role].extend(self.chance.sample(found, min(PER_PAGE, len(found))))
            # Its own forms stand within main; the header's are on every page.
            for main in page.iter("main"):
                self.forms[role].extend(pages.forms(main, address))


def told(problem: BaseException) -> str:
    """The frames of ours, and the last one."""
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [each for each in frames if "/reports/" in each.filename][-4:]
    return "".join(f"  {each.filename}:{each.lineno} {each.line}\n" for each in [*ours, frames[-1]])


@contextmanager
def kept_whole() -> Iterator[None]:
    """What follows a commit is done after each request, within the round's one transaction."""
    with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
        yield


def round_of(count: int, seed: str) -> Walk:
    """So many requests on a site which is gone afterwards."""
    walk = Walk(Random(seed))
    caches["counts"].clear()
    with transaction.atomic():
        walk.run(count)
        transaction.set_rollback(True)
    return walk
