"""A person's browser as far as forms go: cookies, hidden fields, and what came back."""

from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener
from uuid import uuid4

from lxml import html

PATIENCE = 150  # seconds: the server gives up before
NO_ANSWER = 0
LOGIN = "/accounts/login/"
ASKED_WHO = "/login/"  # in the address to which one is led for it: the admin has one of its own


class Stay(HTTPRedirectHandler):
    """A redirect is an answer: it is what confirms."""

    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass(frozen=True)
class Answer:
    """Status 0 is none: the connection broke."""

    status: int
    text: str = ""
    location: str = ""

    def form(self, action: str = "", having: str = "") -> dict[str, list[str]]:
        """What a browser would send of the form with that end of its address, or with that field."""
        if not self.text.strip():
            return {}
        for form in html.fromstring(self.text).forms:
            names = [name for name, _ in form.form_values()]
            if (action and (form.action or "").endswith(action)) or (having and having in names):
                values: dict[str, list[str]] = {}
                for name, value in form.form_values():
                    values.setdefault(name, []).append(str(value))
                return values
        return {}


class Client:
    def __init__(self, address: str) -> None:
        self.address, self.jar = address, CookieJar()
        self.person = ("", "")
        self.opener = build_opener(HTTPCookieProcessor(self.jar), Stay())

    @property
    def token(self) -> str:
        return next((str(each.value) for each in self.jar if each.name == "csrftoken"), "")

    def get(self, path: str) -> Answer:
        """A page; where the log-in has run out, the person logs in and opens it again."""
        answer = self.asked(Request(self.address + path))
        if ASKED_WHO in answer.location and self.person[0] and self.log_in(*self.person):
            return self.asked(Request(self.address + path))
        return answer

    def post(self, path: str, data: dict[str, Any]) -> Answer:
        sent = urlencode(data | {"csrfmiddlewaretoken": self.token}, doseq=True).encode()
        return self.asked(Request(self.address + path, data=sent))

    def send(self, path: str, field: str, name: str, content: bytes) -> Answer:
        """Hand a file in."""
        edge = uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n'
            f"{self.token}\r\n".encode(),
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n".encode(),
            content,
            f"\r\n--{edge}--\r\n".encode(),
        ]
        headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return self.asked(Request(self.address + path, data=b"".join(parts), headers=headers))

    def asked(self, request: Request) -> Answer:
        request.add_header("Referer", self.address)
        try:
            with self.opener.open(request, timeout=PATIENCE) as response:
                return Answer(response.status, response.read().decode(errors="replace"))
        except HTTPError as said:
            try:
                text = said.read().decode(errors="replace")
            except (OSError, HTTPException):
                return Answer(NO_ANSWER)
            return Answer(said.code, text, said.headers.get("Location", ""))
        except (OSError, HTTPException):
            return Answer(NO_ANSWER)

    def log_in(self, username: str, password: str) -> bool:
        self.person = (username, password)
        self.asked(Request(self.address + LOGIN))
        answer = self.post(LOGIN, {"username": username, "password": password})
        return answer.status == 302
