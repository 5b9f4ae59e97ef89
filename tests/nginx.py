"""deploy/nginx.conf under a real nginx, with this machine's ports and folders in place of its own."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONF = Path(__file__).resolve().parents[1] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
PATIENCE = 10  # seconds
AROUND = """
{user}worker_processes {workers};
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def adapted(port: int, web: str, published: Path, static: Path) -> str:
    """The file as it is deployed, but for where it listens and where things lie."""
    text = CONF.read_text(encoding="utf-8")
    places = {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "    listen [::]:80;\n": "",
        "server web:8000;": f"server {web};",
        "/srv/static/": f"{static}/",
        "/srv/published/": f"{published}/",
    }
    for written, here in places.items():
        assert text.count(written) == 1, written
        text = text.replace(written, here)
    return text


@contextmanager
def serving(
    folder: Path, web: str, published: Path, static: Path, workers: int = 1
) -> Iterator[str]:
    """The address at which nginx answers; it is asked first whether it accepts the file."""
    assert NGINX
    port = free_port()
    user = "user root;\n" if os.geteuid() == 0 else ""
    site = adapted(port, web, published, static)
    conf = folder / "nginx.conf"
    folder.mkdir(parents=True, exist_ok=True)
    conf.write_text(AROUND.format(user=user, folder=folder, site=site, workers=workers))
    command = [NGINX, "-c", str(conf), "-p", str(folder), "-e", str(folder / "error.log")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    server = subprocess.Popen(command)
    try:
        await_port(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=PATIENCE)


def await_port(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended before it answered"
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port} after {PATIENCE} seconds")
