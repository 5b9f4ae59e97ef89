"""What breaks any bytes, marked text and lines: each a function of bytes and of chance."""

import re
from random import Random

# -- any bytes


def flip(data: bytes, chance: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 4, 30, 300]) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def without_piece(data: bytes, chance: Random) -> bytes:
    start, end = ends(data, chance)
    return data[:start] + data[end:]


def piece_twice(data: bytes, chance: Random) -> bytes:
    start, end = ends(data, chance)
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[start:end] + data[at:]


def filled_piece(data: bytes, chance: Random) -> bytes:
    start, end = ends(data, chance)
    filler = chance.choice([b"\0", b"\xff", b"\n", b" ", b"<", b"\xed\xa0\x80"])
    return data[:start] + filler * (end - start) + data[end:]


def noise(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice([1, 8, 200, 4000])) + data[at:]


def in_front(data: bytes, chance: Random) -> bytes:
    return chance.choice(FRONTS) + data


def ends(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice([1, 16, 500, 20_000]))


FRONTS = [
    b"\0" * 64, b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"%PDF-1.4\n", b"PK\x03\x04", b"<?xml?>",
    bytes.fromhex("d0cf11e0a1b11ae1"), b"{\\rtf", b"<!DOCTYPE html>", b"\n" * 500,
]  # fmt: skip

# -- text with marks: XML, HTML

TOKEN = re.compile(r"<[^<>]{0,2000}>|[^<>]+|[<>]")
VALUE = re.compile(r"""=("[^"]*"|'[^']*'|[0-9]+)""")
VALUES = ["", "0", "-1", "99999999999", "1e999", "NaN", "²", "\u0663", "restart", "100000", "&x;"]
WORDS = [
    "\u3000" * 50, "\ud800", "\ufffe", "\u202e", "&#xD800;", "&#0;", "&nbsp;", "]]>", "<!--", "<![CDATA[",
    "9" * 400, "0.1e-400", "九千九百九十九万亿", "²", "\u0663\u0664", "-", "2022年13月40日", "0000年", "一、" * 300,
    "\ud83d\ude00", "a\u0301" * 99, "（" * 500, "《" * 500, "“" * 500, "其中" * 99, "占比101.1.1%",
    "同比增长∞%", "1,,,2", "１２３", "1" * 5000 + "件", "不予公开" * 200,
]  # fmt: skip


def marked(text: str, chance: Random) -> str:
    """One change to the tokens of a marked text."""
    tokens = TOKEN.findall(text) or [""]
    at, to = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    change = chance.choice(["drop", "twice", "swap", "deep", "value", "values", "words", "shuffle"])
    if change == "drop":
        del tokens[at : at + chance.choice([1, 3, 50])]
    elif change == "twice":
        tokens[at:at] = tokens[to : to + chance.choice([1, 20, 400])]
    elif change == "swap":
        tokens[at], tokens[to] = tokens[to], tokens[at]
    elif change == "deep":
        tokens[at] = tokens[at] * chance.choice([2, 100, 3000])
    elif change in ("value", "values"):
        share = 0.02 if change == "value" else 0.6
        tokens = [
            VALUE.sub(lambda _: f'="{chance.choice(VALUES)}"', each)
            if chance.random() < share
            else each
            for each in tokens
        ]
    elif change == "words":
        spoken = [n for n, each in enumerate(tokens) if not each.startswith("<")] or [0]
        for _ in range(chance.choice([1, 10, 100])):
            tokens[chance.choice(spoken)] += chance.choice(WORDS)
    else:
        part = tokens[at : at + 200]
        chance.shuffle(part)
        tokens[at : at + 200] = part
    return "".join(tokens)


def mark_up(data: bytes, chance: Random) -> bytes:
    """Marked text in its encoding, or in another than it says."""
    text = marked(data.decode("utf-8", "replace"), chance)
    return text.encode(chance.choice(["utf-8"] * 8 + ["utf-16", "utf-7"]), "ignore")


def spans(data: bytes, chance: Random) -> bytes:
    """Cells which span far more than the table has."""
    sizes = [b"0", b"7", b"999", b"1000", b"65534", b"999999", b"-3", b"1e9"]
    return re.sub(
        rb'(row|col)span=("?)[0-9]+',
        lambda m: (
            m[1] + b"span=" + m[2] + (chance.choice(sizes) if chance.random() < 0.3 else b"2")
        ),
        data,
    )


def recoded(data: bytes, chance: Random) -> bytes:
    """Half of it in another encoding than the rest, or all of it in none it declares."""
    text = data.decode("utf-8", "replace")
    at = chance.choice([0, chance.randrange(len(text) + 1)])
    other = chance.choice(["gb18030", "big5", "utf-16-le", "utf-16-be", "utf-32", "shift-jis"])
    return text[:at].encode() + text[at:].encode(other, "replace")


# -- text by lines


def lines(data: bytes, chance: Random) -> bytes:
    rows = data.split(b"\n")
    at, to = chance.randrange(len(rows)), chance.randrange(len(rows))
    change = chance.choice(["drop", "twice", "move", "shuffle", "tabs", "quotes", "one"])
    if change == "drop":
        del rows[at : at + chance.choice([1, 5, 60])]
    elif change == "twice":
        rows[at:at] = rows[to : to + chance.choice([1, 30, 300])] * chance.choice([1, 10])
    elif change == "move":
        rows.insert(to, rows.pop(at))
    elif change == "shuffle":
        chance.shuffle(rows)
    elif change in ("tabs", "quotes"):
        mark = b"\t" if change == "tabs" else b'"'
        rows = [row + mark if chance.random() < 0.2 else row for row in rows]
    else:
        rows = [b" ".join(rows)]
    return b"\n".join(rows)


def words(data: bytes, chance: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    for _ in range(chance.choice([1, 10, 60])):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(WORDS) + text[at:]
    return text.encode("utf-8", "surrogatepass")


def figures(data: bytes, chance: Random) -> bytes:
    """Numbers made strange, in cells and in prose."""
    text = data.decode("utf-8", "replace")
    strange = lambda m: chance.choice([*VALUES, *WORDS[10:17]]) if chance.random() < 0.1 else m[0]  # noqa: E731
    return re.sub(r"[0-9]+", strange, text).encode("utf-8", "ignore")
