"""Vectors of notes as bytes, and how near they lie to a question. Exact: every passage in scope is compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING  # numpy is imported late: a brief needs no vectors

from assistant.domain.note import NoteId

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SCALE = 127
_CHUNK = 1_024  # passages turned into floats at a time: they stay in the processor's cache, and need two megabytes


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near notes lie to a question.

    Attributes:
        mean: By note, half the cosine of the whole note and half that of its nearest passage: a long note is not
            lost, a telling sentence is not drowned.
        passages: By note, the cosine of each passage in order; a short note is its own only passage.
    """

    mean: Mapping[NoteId, float]
    passages: "Passages"


class Passages:
    """The cosines of every passage, looked up by note."""

    def __init__(self, places: Mapping[NoteId, int], ends: "NDArray[np.intp]", cosines: "NDArray[np.float32]") -> None:
        self._places = places
        self._ends = ends
        self._cosines = cosines

    def of(self, note_id: NoteId) -> list[float]:
        """The cosines of a note's passages in order; none for a note without a vector."""
        place = self._places.get(note_id)
        if place is None:
            return []
        start = int(self._ends[place - 1]) if place else 0
        found: list[float] = self._cosines[start : int(self._ends[place])].tolist()
        return found[1:] or found


def to_bytes(vectors: Sequence[Sequence[float]]) -> bytes:
    """Unit vectors as signed bytes, one after the other."""
    import numpy as np

    scaled = np.rint(np.asarray(vectors, dtype=np.float32) * _SCALE)
    return np.clip(scaled, -_SCALE, _SCALE).astype(np.int8).tobytes()


def nearness(question: Sequence[float], notes: Sequence[tuple[NoteId, bytes]]) -> Nearness:
    """How near each note lies to a question.

    Args:
        question: The question's unit vector.
        notes: One row a note, by its id: the vector of the whole, then those of its passages when it has more than one.
    """
    import numpy as np

    wanted = np.asarray(question, dtype=np.float32)
    if not notes:
        return Nearness({}, Passages({}, np.empty(0, dtype=np.intp), wanted))
    counts = np.array([len(data) // len(wanted) for _, data in notes], dtype=np.intp)
    ends = np.cumsum(counts)
    starts = ends - counts
    cosines = _cosines(wanted, b"".join([data for _, data in notes]))
    wholes = cosines[starts]
    rest = cosines.copy()
    rest[starts[counts > 1]] = -2.0  # below any cosine: the whole does not compete with its own passages
    means = (wholes + np.maximum.reduceat(rest, starts)) / 2
    ids = [note_id for note_id, _ in notes]
    places = {note_id: place for place, note_id in enumerate(ids)}
    return Nearness(dict(zip(ids, means.tolist(), strict=True)), Passages(places, ends, cosines))


def _cosines(wanted: "NDArray[np.float32]", data: bytes) -> "NDArray[np.float32]":
    import numpy as np

    rows = np.frombuffer(data, dtype=np.int8).reshape(-1, len(wanted))
    scaled = wanted / np.float32(_SCALE)
    cosines = np.empty(len(rows), dtype=np.float32)
    floats = np.empty((min(_CHUNK, len(rows)), len(wanted)), dtype=np.float32)
    for start in range(0, len(rows), _CHUNK):
        count = min(_CHUNK, len(rows) - start)
        np.copyto(floats[:count], rows[start : start + count])
        np.dot(floats[:count], scaled, out=cosines[start : start + count])
    return cosines
