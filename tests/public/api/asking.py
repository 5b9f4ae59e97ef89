"""Asking the API as a program does."""

from typing import Any

from django.test import Client

ROOT = "/api/v1"
PROBLEM = "application/problem+json"


def ask(address: str, status: int = 200, **headers: str) -> Any:
    """The answer's JSON; ``address`` below /api/v1, or a whole one from an answer."""
    response = Client(headers=headers).get(where(address))
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == ("application/json" if status == 200 else PROBLEM)
    return response.json()


def where(address: str) -> str:
    return address if "://" in address else ROOT + address


def walk(address: str) -> list[Any]:
    """Every item, page after page."""
    found: list[Any] = []
    following: str | None = address
    while following:
        page = ask(following)
        found += page["items"]
        following = page["next"]
    return found
