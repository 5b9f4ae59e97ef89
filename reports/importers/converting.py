"""Old and foreign word processing files (.doc, .wps, .rtf, .odt) → Document, by LibreOffice.

LibreOffice reads what nobody else reads, and is large and old: it runs in a
process of its own with bounded memory, time and file size, a new profile which
forbids macros, active content and links, nothing of the environment's secrets,
and no network where the system lets a process give it up. Where it is not
installed, a sentence says what to do instead.
"""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from .confined import KEPT, ROOT
from .document import Document
from .docx import read_docx
from .reading import UnreadableDocument

SECONDS = 60
LARGEST_MEMORY = 4 * 1024 * 1024 * 1024  # addresses; it maps far more than it uses
LARGEST_RESULT = 64 * 1024 * 1024
AS_DOCX = "请用 Word 或 WPS 打开后另存为 .docx 再试。"
TOO_LONG = f"文件转换用时过长，没有读完；{AS_DOCX}"
FAILED = f"文件已损坏、设有密码或者不能转换；{AS_DOCX}"
WITHOUT_NETWORK = ("unshare", "--user", "--map-root-user", "--net")
CONVERTED = "文件由 LibreOffice 转换为 .docx 后读取，请对照原件核实。"
COMMON = "/org.openoffice.Office.Common"
SETTINGS = (
    (f"{COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{COMMON}/Security/Scripting", "DisableActiveContent", "true"),
    (f"{COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
)


def office() -> str:
    """Where LibreOffice is; "" where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def read_converted(suffix: str, kind: str, data: bytes) -> Document:
    """The document as LibreOffice's .docx says it; ``kind`` is how a person calls the file."""
    program = office()
    if not program:
        raise UnreadableDocument(f"这是{kind}，本系统没有安装转换程序，不能直接读取；{AS_DOCX}")
    with TemporaryDirectory(prefix="converting-") as place:
        document = read_docx(converted(program, Path(place), suffix, data))
    return Document(document.blocks, (*document.notes, CONVERTED))


def converted(program: str, place: Path, suffix: str, data: bytes) -> bytes:
    """The .docx which LibreOffice makes of the bytes, within a folder of its own."""
    source, result = place / f"report{suffix}", place / "made" / "report.docx"
    source.write_bytes(data)
    profile = place / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(settings_xml())
    run([program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
         "--nologo", "--nodefault", "--convert-to", "docx:MS Word 2007 XML",
         "--outdir", str(result.parent), str(source)], place)  # fmt: skip
    if not result.is_file():
        raise UnreadableDocument(FAILED)
    return result.read_bytes()


def settings_xml() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in SETTINGS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor='
        f'"http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def run(command: list[str], place: Path) -> None:
    """Run LibreOffice, which starts further processes, and end them all with it."""
    environment = {key: os.environ[key] for key in KEPT if key in os.environ}
    environment |= {"HOME": str(place), "TMPDIR": str(place), "PYTHONUTF8": "1"}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, *apart(), *command],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        cwd=ROOT, env=environment, start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as problem:
        raise UnreadableDocument(TOO_LONG) from problem
    finally:
        end_group(process)


def end_group(process: "subprocess.Popen[bytes]") -> None:
    with suppress(ProcessLookupError):  # all of them have ended
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@cache
def apart() -> tuple[str, ...]:
    """The command that takes the network from a process, where the system allows it."""
    if not shutil.which(WITHOUT_NETWORK[0]):
        return ()
    done = subprocess.run([*WITHOUT_NETWORK, "true"], capture_output=True, check=False)
    return WITHOUT_NETWORK if done.returncode == 0 else ()


def main(command: list[str]) -> None:
    """In the process apart: bound it, then become the command."""
    import resource

    for what, most in (
        (resource.RLIMIT_AS, LARGEST_MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_RESULT),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
