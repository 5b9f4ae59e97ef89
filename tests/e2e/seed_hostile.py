"""A site of hostile words for a browser, its people logged in, and the pages that each may open.

Run as a module with the site's own environment; the last line it prints is JSON.
"""

import json

import django

django.setup()

from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from tests.access.test_access import ROLES, TABLE  # noqa: E402
from tests.safety.hostile_city import hostile_city  # noqa: E402


def main() -> None:
    users, made = hostile_city(setattr)
    sessions, pages = {}, []
    for role in ROLES:
        client = Client()
        if users[role]:
            client.force_login(users[role])
            sessions[role] = client.cookies["sessionid"].value
    for row in TABLE:
        if row.method == "get" and "200" in row.answers.split():
            address = reverse(row.name, args=[made[name] for name in row.arguments]) + row.query
            pages.append([ROLES[row.answers.split().index("200")], address])
    print(json.dumps({"sessions": sessions, "pages": pages}))


if __name__ == "__main__":
    main()
