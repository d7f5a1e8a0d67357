"""Three briefs of the sample team as `docs/examples/` shows them; `python -m tests.brief_examples` writes them anew."""

import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from assistant.domain.account import AccountId
from tests.plan_examples import CASE, FOLDER, TODAY
from ui.present import talks, tell_prep, tell_short
from ui.settings import Settings, sqlite_in
from ui.wiring import House, open_house

README = FOLDER.parents[1] / "README.md"
DAY = date(2026, 6, 9)
EXAMPLES = (("brief-wade", "dm1", "d04"), ("brief-hollis", "dm2", "d06"), ("brief-dev", "dm3", "d12"))
HEAD = "# {name}: the brief of {day:%-d %B %Y}\n\nMade by the rules alone, without a model, of the sample team.\n"


def opened(home: Path) -> House:
    """The sample team in a home of its own that is empty before."""
    house = opened_again(home)
    house.importing_desk(None, [CASE], TODAY).import_notes([CASE])
    return house


def opened_again(home: Path) -> House:
    """A home in which the sample team is already."""
    return open_house(Settings(home=home, database=sqlite_in(home), today=TODAY))


def examples(house: House) -> Mapping[str, str]:
    """Every file's name and text: the whole brief, and its short form."""
    found = {}
    for name, account, person in EXAMPLES:
        who = house.desk(AccountId(account), DAY).person(person)
        brief = talks.prep(who.brief())
        parts = (HEAD.format(name=who.person.name, day=DAY), "## On a phone\n", _block(tell_short.short(brief)),
                 "## The whole brief\n", _block(tell_prep.prep(brief)))  # fmt: skip
        found[f"{name}.md"] = "\n".join(parts)
    return found


def in_readme(house: House) -> str:
    """README with the brief it shows as the program makes it."""
    text, opens = README.read_text(encoding="utf-8"), f"$ flourish prep d01 --as dm1 --today {DAY}\n"
    before, _, rest = text.partition(opens)
    _, _, after = rest.partition("\n```")
    brief = talks.prep(house.desk(AccountId("dm1"), DAY).person("d01").brief())
    return f"{before}{opens}{tell_prep.prep(brief)}\n```{after}"


def _block(text: str) -> str:
    return f"```text\n{text}\n```\n"


def write() -> None:
    """Put the examples where the documentation has them."""
    with tempfile.TemporaryDirectory() as folder:
        house = opened(Path(folder) / "home")
        for name, text in examples(house).items():
            (FOLDER / name).write_text(text, encoding="utf-8")
        README.write_text(in_readme(house), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(write())
