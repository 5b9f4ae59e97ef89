"""Secrets that have to be read again, sealed before they are stored.

The key is derived from ``SECRET_KEY``: whoever has the database or a backup of it alone
reads nothing. With a new ``SECRET_KEY`` the old one belongs into ``SECRET_KEY_FALLBACKS``.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

PURPOSE = b"reports.actions.sealing"


def sealer() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(urlsafe_b64encode(sha256(PURPOSE + str(key).encode()).digest())) for key in keys
    )


def seal(secret: bytes) -> str:
    return sealer().encrypt(secret).decode()


def unseal(sealed: str) -> bytes | None:
    """The secret; None where it was sealed with a key that is known no more."""
    try:
        return sealer().decrypt(sealed.encode())
    except InvalidToken:
        return None


def digests(text: str) -> list[str]:
    """A keyed hash under the present key, then under the former ones."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac(PURPOSE.decode(), text, secret=key, algorithm="sha256").hexdigest()
        for key in keys
    ]
