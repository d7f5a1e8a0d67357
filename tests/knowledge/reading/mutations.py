"""Broken copies of a good file: bytes changed, cut, doubled, and for packages the parts inside as well. Seeded."""

import random
import zipfile
from collections.abc import Iterator
from io import BytesIO

from tests.knowledge.reading.samples import zipped

SPICE = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"<!DOCTYPE x>", b"&#0;", b"]]>", b"%PDF-1.4", b"obj\n<<",
    b"99999999999999999999", b"-1", b"'\"", b"=cmd|' /C calc'!A0", b"2025-05-06", b"31.2.2025", b"---", b"{" * 200,
    b"[" * 200, b"\xc3\x28", b"\xed\xa0\x80", b"RRULE:FREQ=DAILY", b"Content-Type: multipart/mixed", b"\x1b[31m",
    b"../",
)  # fmt: skip


def mutations(raw: bytes, count: int, seed: int) -> Iterator[bytes]:
    """Copies of a file, each broken in its own way; a seed gives the same ones each time."""
    chance = random.Random(seed)
    for _ in range(count):
        if raw[:2] == b"PK" and chance.random() < 0.7:
            yield _inside(raw, chance)
        else:
            yield _broken(raw, chance)


def _inside(raw: bytes, chance: random.Random) -> bytes:
    """The package with one part broken, renamed or gone."""
    with zipfile.ZipFile(BytesIO(raw)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = chance.choice([*parts])
    data = parts.pop(name)
    if chance.random() < 0.9:
        parts[name if chance.random() < 0.95 else f"../{name}"] = _broken(data, chance)
    return zipped(parts)


def _broken(raw: bytes, chance: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(6):
            case 0 if data:
                data[at % len(data)] = chance.randrange(256)
            case 1:
                data[at:at] = chance.choice(SPICE)
            case 2:
                del data[at : at + chance.choice((1, 8, 64, 512))]
            case 3:
                data[at:at] = data[max(0, at - chance.choice((4, 40, 400))) : at]
            case 4 if data:
                data[at % len(data)] ^= 1 << chance.randrange(8)
            case 5 if chance.random() < 0.1:
                del data[at:]
    return bytes(data)
