"""Values which break what trusts them. PROBE is an element that no page of ours has."""

import io
import zipfile
from random import Random

PROBE = "xss-probe"
MARKS = [
    f"<{PROBE}>", f"<script>alert(1)</script><{PROBE}>", f'"><{PROBE} onload=alert(1)>',
    f"'><{PROBE} x='", f"</script><{PROBE}>", f"</textarea></title></style><{PROBE}>",
    f"<img src=x onerror=alert(1)><{PROBE}>", "javascript:alert(1)", "data:text/html,<script>",
    "{{ 7*7 }}{% debug %}", "${7*7}#{7*7}", f"<!--<{PROBE}>", f"]]><{PROBE}>", "&lt;b&gt;&#x0;",
]  # fmt: skip
SIGNS = [
    "\0", "a\0b", "\r\nSet-Cookie: a=b", "\u202e反", "\ud800", "\ufeff", "\u2028", "\x0b\x1b[31m",
    "\U0010ffff", "e\u0301" * 50, "ﷺ" * 20, "١٢٣", "²", "１２３", "壹",
]  # fmt: skip
NUMBERS = [
    "0", "-1", "-0", "1e999", "NaN", "Infinity", "9" * 9, "2147483648", "9223372036854775808",
    "9" * 400, "9" * 5000, "0x10", "1_000", " 1 ", "+1", "1.5", "0000", "00001", "1,000", "true",
]  # fmt: skip
DATES = ["2024-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "2024-1-1", "昨天", "24:00"]
PIECES = [
    "' OR 1=1 --", "'; DROP TABLE reports_agency; --", "%", "_", "\\", "%00", "%ff", "..", "../..",
    "../../../etc/passwd", "/etc/passwd", "*", "?", "[", "(?:a+)+$", "[]", "{}", '{"a":1}', "null",
    "None", "", " ", "\n", "a" * 300, "字" * 5000, "=1+1", "@SUM(A1)", "+1", "-1+2", "\t=1", "//x",
    "https://example.invalid/", "//example.invalid", "__all__", "pk__in", "id", "password",
    "1,2", "1;2", "1/2024/", "e" * 70_000,
]  # fmt: skip
VALUES = [*MARKS, *SIGNS, *NUMBERS, *DATES, *PIECES]
NAMES = [
    "q", "page", "p", "o", "e", "all", "next", "year", "kind", "region", "text", "token", "action",
    "_selected_action", "_popup", "_to_field", "_changelist_filters", "state__exact", "agency",
    "password__startswith", "user__password", "pk__in", "series", "with", "cell", "who", "verb",
    "since", "until", "before", "after", "sort", "at", "list", "writer", "version", "format",
]  # fmt: skip
TYPES = [
    "text/plain", "application/json", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x; charset=nonsense", "application/x-www-form-urlencoded; charset=utf-7",
    "", "x" * 300, "text/html; charset=utf-16", "multipart/form-data; boundary=" + "b" * 300,
]  # fmt: skip
BODIES = [
    b"", b"\0", b"{", b"[[[[", b"--x", b"--x\r\n", b'--x\r\nContent-Disposition: form-data; name="a"',
    b'--x\r\nContent-Disposition: form-data; name="a"; filename="../../a"\r\n\r\n\0\r\n--x--',
    b"a=%", b"a=%ff&b=%00", b"&&&&=&=", b"csrfmiddlewaretoken=", b"a=b;c=d" * 900, b"\xff\xfe" * 99,
    b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\n!\r\n--x--',
]  # fmt: skip


class Sent(io.BytesIO):
    """A file as a form sends it, under any name."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name = name


def value(chance: Random) -> str:
    return storable(chance.choice(VALUES) if chance.random() < 0.9 else mixed(chance))


def mixed(chance: Random) -> str:
    return "".join(chance.choice(VALUES)[:60] for _ in range(chance.randrange(1, 6)))


def storable(text: str) -> str:
    """As a browser could send it: half characters do not go over the wire."""
    return text.encode("utf-8", "replace").decode()


def file(chance: Random) -> Sent:
    name = chance.choice(
        ["报告.docx", "a.csv", "<b>.pdf", "x" * 300, "..", "名\u202e单.csv", "a.xlsx"]
    )
    return Sent(name, content(chance))


def content(chance: Random) -> bytes:
    kind = chance.randrange(7)
    if kind == 0:
        return chance.randbytes(chance.choice([0, 1, 400]))
    if kind == 1:
        return archive(chance)
    if kind == 2:
        return b"%PDF-1.7\n" + chance.randbytes(60)
    encoding = chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    return rows(chance).encode(encoding, "replace")


def archive(chance: Random) -> bytes:
    """A ZIP which is no document."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr(
            chance.choice(["word/document.xml", "xl/workbook.xml", "../x"]), rows(chance)
        )
    return stream.getvalue()


def rows(chance: Random) -> str:
    """A list as administrators import them, its cells hostile."""
    head = chance.choice(
        ["名称,网址标识,性质,上级", "用户名,姓名,角色,机关", "词,程度,处理意见", "a\tb"]
    )
    lines = (",".join(value(chance)[:80] for _ in range(4)) for _ in range(chance.randrange(5)))
    return "\n".join([head, *lines])
