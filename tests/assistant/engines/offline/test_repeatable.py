import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]
CODE = """
import hashlib
from pathlib import Path
from assistant.domain.note import Note, NoteId
from assistant.domain.policy import Readable
from assistant.engines.offline.finder import OfflineFinder
from knowledge.reading.reader import FileReader
finder, found = OfflineFinder(), []
[case] = FileReader().read(Path("tests/cases/dev"))
managers, leads = {a.id: a for a in case.accounts}, dict(case.manager_of)
for person in case.people:
    manager = managers[leads[person.id]]
    notes = [Note(manager.id, NoteId(d.id), person.id, d.day, d.text, d.kind, d.author)
             for d in case.drafts if d.person_id == person.id]
    readable = [Readable(n, s) for n, s in zip(notes, finder.screen(notes))]
    found += [(e.id, e.cue, e.witness, e.strength) for e in finder.evidence(person, manager, readable)]
    found += [(p.id, p.state, p.due) for p in finder.promises(person, manager, readable)]
    found += [repr(r.screening) for r in readable]
print(len(found), hashlib.sha256(repr(found).encode()).hexdigest())
"""


def test_the_finder_finds_the_same_in_every_process() -> None:
    told = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", CODE], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
        )
        told.add(done.stdout)
    assert len(told) == 1
    assert int(told.pop().split()[0]) > 400
