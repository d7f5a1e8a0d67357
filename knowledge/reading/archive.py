"""A ZIP as a folder: its members are checked as names and sizes first, read one by one, and never written anywhere."""

from collections.abc import Callable, Iterator, Mapping

from assistant.domain.importing import Document
from assistant.errors import ImportRefused
from knowledge.reading.files import LIMIT_BYTES
from knowledge.reading.package import Kind, opened
from knowledge.reading.tree import ARCHIVE, MAX_FILES, SUPPORTED, Job, plan_tree, visible

Parse = Callable[[Job, Mapping[str, bytes]], Iterator[Document]]
_UNPACK = "Unpack it and import the folder."
_ZIP = Kind("ZIP archive", _UNPACK, members=MAX_FILES)


def read_archive(job: Job, raw: bytes, parse: Parse) -> Iterator[Document]:
    """The documents of an archive's files; when the archive itself is refused, one that says so.

    Args:
        job: The archive.
        raw: Its bytes.
        parse: Reads one of its files.
    """
    try:
        found = [*_documents(job, raw, parse)]
    except ImportRefused as error:
        found = [Document(job.name, refused=error.message, next=error.next)]
    yield from found


def _documents(job: Job, raw: bytes, parse: Parse) -> Iterator[Document]:
    with opened(raw, _ZIP) as package:
        names = visible(member.filename for member in package.infolist() if not member.is_dir())
        plan = plan_tree(names)
        inner = [each.name for each in plan.jobs if each.kind == ARCHIVE]
        jobs = [each for each in plan.jobs if each.kind != ARCHIVE]
        if not jobs and inner:
            raise ImportRefused(f"It holds another archive, {inner[0]}, which is not opened.", next=_UNPACK)
        if not jobs:
            raise ImportRefused("No file in it can be read.", next=SUPPORTED)
        for each in jobs:
            inside = Job(f"{job.name}/{each.name}", each.kind, each.parts, job.order)
            large = next((p for p in each.parts if package.getinfo(p).file_size > LIMIT_BYTES), "")
            if large:
                size = package.getinfo(large).file_size / 1024 / 1024
                why = f"It holds {size:.0f} MB; a file may hold 20 MB."
                yield Document(inside.name, refused=why, next="Split it, for example by year.")
            else:
                yield from parse(inside, {part: package.read(part) for part in each.parts})
    left_out = (*(f"{name}: an archive inside of an archive is not opened" for name in inner), *plan.left_out)
    if left_out:
        yield Document(job.name, skipped=left_out)
