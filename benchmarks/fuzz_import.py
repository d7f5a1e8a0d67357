"""Ten thousand broken files through the readers: how many are read, refused, or end the child that reads them.

Run it with `make fuzz`; a number sets how many files, a second one the seed.
"""

import sys
import time
from collections import Counter

from knowledge.reading.confined import Confined
from knowledge.reading.tree import ARCHIVE, Job, kind_of_file
from tests.knowledge.reading.mutations import mutations
from tests.knowledge.reading.samples import every_format

ENDED = ("in a way that cannot be read", "takes longer than", "gave nothing that holds together")


def main(count: int = 10_000, seed: int = 1) -> int:
    """Print a table; 1 when a file ended its reader."""
    samples = every_format()
    bad = 0
    print(f"{'format':<18}{'files':>7}{'read':>7}{'refused':>9}{'ended':>7}{'slowest s':>11}")
    with Confined([ARCHIVE]) as child:
        for name, raw in samples.items():
            told, slowest = Counter[str](), 0.0
            job = Job(name, kind_of_file(name), (name,))
            child.parse(job, {name: raw})  # starting the child is not reading
            for broken in mutations(raw, -(-count // len(samples)), seed):
                start = time.perf_counter()
                documents = child.parse(job, {name: broken})
                slowest = max(slowest, time.perf_counter() - start)
                refused = " ".join(document.refused for document in documents)
                ended = any(sign in refused for sign in ENDED)
                told["ended" if ended else "refused" if refused.strip() else "read"] += 1
            bad += told["ended"]
            print(
                f"{name:<18}{told.total():>7,}{told['read']:>7,}{told['refused']:>9,}{told['ended']:>7,}{slowest:>11.2f}"
            )
    print(f"{bad:,} files ended their reader; this process lives.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
