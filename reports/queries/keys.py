"""Keys of rows as addresses and forms say them."""

LONGEST = 18  # digits of a key that no database refuses


def key_of(typed: str) -> int | None:
    """The key that was typed; None for what can be none."""
    is_key = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST
    return int(typed) if is_key else None
