"""A note as a reader of sentences gets it: no name of the person, sentence by sentence, with who tells it."""

from dataclasses import dataclass

from assistant.domain.evidence import Witness
from assistant.domain.note import NoteKind

MASK = "\u00a4"  # stands for the person, one sign however long the name


@dataclass(frozen=True, slots=True)
class MaskedNote:
    """The words of one note without the person's names.

    Attributes:
        sentences: Folded, every name of the person as `MASK`; empty where nothing may be read.
        told_by: Who wrote it.
    """

    sentences: tuple[str, ...]
    kind: NoteKind
    told_by: Witness
