"""A web page saved as one file (.mht, .mhtml) → Document: its page, read as any other."""

from email import message_from_bytes
from email.message import Message

from .document import Document
from .html import read_html
from .reading import UnreadableDocument

NO_PAGE = "网页存档（.mht）里没有网页，请在浏览器中打开后另存为 .html 再试。"
HEAD = 4096
MOST_PARTS = 2000


def is_web_archive(data: bytes) -> bool:
    head = data[:HEAD].lower()
    return b"mime-version:" in head and b"content-type:" in head and not head.startswith(b"<")


def read_web_archive(data: bytes) -> Document:
    """The longest page within; frames and pictures beside it are left out."""
    try:
        parts = [part for part in message_from_bytes(data).walk() if is_page(part)]
        pages = [page_in(part) for part in parts[:MOST_PARTS]]
    except (ValueError, LookupError, AssertionError, RecursionError) as problem:
        raise UnreadableDocument(NO_PAGE) from problem
    page = max(pages, key=len, default=b"")
    if not page:
        raise UnreadableDocument(NO_PAGE)
    return read_html(page)


def is_page(part: Message) -> bool:
    return part.get_content_type() == "text/html"


def page_in(part: Message) -> bytes:
    """The page's bytes in UTF-8 where the archive says how to read them, else as they are."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    charset = part.get_content_charset()
    if not charset:
        return data
    try:
        return data.decode("gb18030" if charset.startswith("gb") else charset).encode()
    except (LookupError, UnicodeError):
        return data  # the page itself may declare another
