"""A mail server which keeps the Message-ID of what it was given, and sends nothing."""

import socketserver
import threading

from tests.e2e.conftest import free_port


class Received(socketserver.StreamRequestHandler):
    """As much SMTP as a sender needs."""

    def handle(self) -> None:
        self.say("220 fictional.invalid")
        while line := self.rfile.readline().decode(errors="replace").strip():
            verb = line[:4].upper()
            if verb == "DATA":
                self.say("354 go on")
                self.take()
            self.say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def take(self) -> None:
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            name, _, value = line.decode(errors="replace").partition(":")
            if name.lower() == "message-id":
                self.server.ids.append(value.strip())  # type: ignore[attr-defined]

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", free_port()), Received)
        self.ids: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"
