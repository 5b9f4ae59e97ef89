"""Puts the faces the printed page uses into one folder, each in a file of its own.

WeasyPrint is a quarter faster and takes half the memory with single-face files than with Debian's
collections, and a named file needs no font configuration on the machine. Run by deploy/setup.sh;
what is already there is left alone. The PDF's style sheet falls back to the serif face where a
file is missing, so a face that cannot be had is a sentence on standard error, not a failure.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final

NOTO: Final = Path("/usr/share/fonts/opentype/noto")
COLLECTED: Final = {
    "serif.otf": (NOTO / "NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC"),
    "serif-bold.otf": (NOTO / "NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC"),
    "sans.otf": (NOTO / "NotoSansCJK-Regular.ttc", "Noto Sans CJK SC"),
    "sans-bold.otf": (NOTO / "NotoSansCJK-Bold.ttc", "Noto Sans CJK SC"),
}
KAI: Final = Path("/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf")
FANGSONG_PACKAGE: Final = "texlive-lang-chinese"
FANGSONG_MEMBER: Final = "FandolFang-Regular.otf"
TYPOGRAPHIC_FAMILY: Final = 16
FAMILY: Final = 1


def extract_face(collection: Path, family: str, target: Path) -> None:
    from fontTools.ttLib import TTCollection

    with TTCollection(str(collection), lazy=True) as faces:
        for face in faces.fonts:
            names = face["name"]
            if family in (names.getDebugName(TYPOGRAPHIC_FAMILY), names.getDebugName(FAMILY)):
                face.save(str(target))
                return
    raise LookupError(f"{collection} has no face of {family}")


def fetch_fangsong(target: Path) -> None:
    """FandolFang out of TeX Live's package, without TeX Live: download, take one file, forget."""
    with tempfile.TemporaryDirectory() as folder:
        download = ["apt-get", "download", "-qq", FANGSONG_PACKAGE]
        if os.getuid() == 0:
            download[1:1] = ["-o", "APT::Sandbox::User=root"]
        if _run(download, folder) != 0:
            if os.getuid() != 0 or _run(["apt-get", "update", "-qq"], folder) != 0:
                raise LookupError(f"apt-get download {FANGSONG_PACKAGE} failed")
            if _run(download, folder) != 0:
                raise LookupError(f"apt-get download {FANGSONG_PACKAGE} failed")
        (archive,) = Path(folder).glob("*.deb")
        with subprocess.Popen(
            ["dpkg-deb", "--fsys-tarfile", str(archive)], stdout=subprocess.PIPE
        ) as unpacking:
            with tarfile.open(fileobj=unpacking.stdout, mode="r|") as members:
                for member in members:
                    if member.name.endswith("/" + FANGSONG_MEMBER) and member.isfile():
                        content = members.extractfile(member)
                        assert content is not None
                        target.write_bytes(content.read())
                        break
                else:
                    raise LookupError(f"{FANGSONG_PACKAGE} holds no {FANGSONG_MEMBER}")
            unpacking.kill()


def _run(command: list[str], folder: str) -> int:
    try:
        return subprocess.run(
            command, cwd=folder, capture_output=True, timeout=300, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return -1


def make(target: Path) -> None:
    if target.name in COLLECTED:
        collection, family = COLLECTED[target.name]
        extract_face(collection, family, target)
    elif target.name == "kai.ttf":
        shutil.copyfile(KAI, target)
    else:
        fetch_fangsong(target)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*COLLECTED, "kai.ttf", "fangsong.otf"):
        target = folder / name
        if target.exists():
            continue
        unfinished = folder / f".{os.getpid()}" / name
        unfinished.parent.mkdir(exist_ok=True)
        try:
            make(unfinished)
            unfinished.replace(target)
        except (OSError, LookupError, ValueError) as reason:
            print(f"字体 {name} 未能备好，排版时以宋体代替。（{reason}）", file=sys.stderr)
        finally:
            shutil.rmtree(unfinished.parent, ignore_errors=True)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "var/fonts"))
