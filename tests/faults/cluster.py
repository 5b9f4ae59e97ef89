"""A PostgreSQL which is killed: unlike deploy/postgresql.sh's it keeps what it confirmed."""

import os
import signal
import subprocess
import time
from pathlib import Path

from tests.e2e.conftest import free_port

OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c fsync=on -c synchronous_commit=on -c full_page_writes=on "
    "-c shared_buffers=128MB -c max_connections=200"
)
PATIENCE = 60  # seconds


class Cluster:
    """One server; ``url`` is what the site is told."""

    def __init__(self, folder: Path) -> None:
        binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        if not binaries:
            raise SystemExit("no PostgreSQL server found: make setup-test")
        self.binaries, self.folder, self.port = binaries[-1], folder, free_port()
        self.data = folder / "data"
        self.url = f"postgres://postgres@127.0.0.1:{self.port}/reports"
        folder.mkdir()
        if os.geteuid() == 0:
            subprocess.run(["chown", "postgres:", folder], check=True)
        self.run("initdb", f"--pgdata={self.data}", "--username=postgres", "--auth=trust",
                 "--locale=C.UTF-8", "--encoding=UTF8")  # fmt: skip
        self.start()
        self.run("createdb", "--host=127.0.0.1", f"--port={self.port}", "--username=postgres",
                 "reports")  # fmt: skip

    def run(self, program: str, *arguments: str) -> None:
        as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        with (self.folder / "commands").open("ab") as said:
            subprocess.run(
                [*as_server, str(self.binaries / program), *arguments],
                cwd="/", check=True, stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip

    def start(self) -> None:
        self.run("pg_ctl", f"--pgdata={self.data}", f"--log={self.folder}/log", "--wait", "start",
                 f"--options=-p {self.port} -k {self.folder} {OPTIONS}")  # fmt: skip

    def stop(self) -> None:
        self.run("pg_ctl", f"--pgdata={self.data}", "-m", "fast", "--wait", "stop")

    def postmaster(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def processes(self) -> list[int]:
        """The postmaster and what it started."""
        father = self.postmaster()
        return [father, *children_of(father)]

    def kill(self) -> None:
        """kill -9 of everything at once, as when the machine loses its power.

        The postmaster is held first: what it would start meanwhile would be left over.
        """
        send(self.postmaster(), signal.SIGSTOP)
        killed = self.processes()
        for process in killed:
            send(process, signal.SIGKILL)
        deadline = time.monotonic() + PATIENCE
        while any(is_there(each) for each in killed) and time.monotonic() < deadline:
            time.sleep(0.1)

    def freeze(self) -> list[int]:
        frozen = self.processes()
        for process in frozen:
            send(process, signal.SIGSTOP)
        return frozen


def children_of(father: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            stat = (entry / "stat").read_text()
        except OSError:  # it ended meanwhile
            continue
        if int(stat.rpartition(")")[2].split()[1]) == father:
            found.append(int(entry.name))
    return found


def send(process: int, what: signal.Signals) -> None:
    try:
        os.kill(process, what)
    except ProcessLookupError:
        return


def is_there(process: int) -> bool:
    """Until its father has taken note of its end, too: PostgreSQL does not start beside such a one."""
    return Path(f"/proc/{process}").exists()
