"""Where a browser tab is, and what was pressed in it. Ids only; nothing the browser says is trusted.

A place is also an address: every page can be reloaded, bookmarked and opened in a second tab.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote_plus

from assistant.errors import Invalid

PAGES = {
    "today": "Today", "chat": "Chat", "people": "People", "write": "Write", "plans": "Plans", "team": "Team",
    "library": "Library", "coach": "Coach", "accounts": "Accounts", "settings": "Settings", "person": "Person",
}  # fmt: skip
VIEWS = {
    "prep": "Prep",
    "profile": "Profile",
    "notes": "Notes",
    "promises": "Promises",
    "asked": "Questions",
    "plan": "Plan",
    "about": "Details",
}
MOST_WORDS = 60_000  # of one field: a little more than the longest note, so that a note too long gets its own sentence
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]*")  # stands in an address as it is; a page has a hundred of them
_FIELD = re.compile(r"[a-z_][a-z0-9_]{0,23}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one browser tab is.

    Attributes:
        page: A key of `PAGES`.
        person: Whom the page is about; empty where it is about nobody.
        view: A key of `VIEWS`, what of that person is looked at; on the chat page "plan" shows the plan beside it.
        item: What is open on the page: "note.ID", "talk.ID" of a conversation, or "page.2" of a list.
    """

    account: str = ""
    page: str = "today"
    person: str = ""
    view: str = "prep"
    item: str = ""

    @classmethod
    def of(cls, said: Mapping[str, object]) -> "Place":
        """The place of an address; what is not known there is left out."""
        page, view = str(said.get("g") or ""), str(said.get("v") or "")
        person = str(said.get("p") or "")
        if page not in PAGES or page == "person":
            page = "person" if person else "today"
        return cls(
            str(said.get("a") or ""), page, person, view if view in VIEWS else "prep", str(said.get("i") or "")[:200]
        )

    @classmethod
    def read(cls, query: str) -> "Place":
        """The place of what stands behind an address's question mark."""
        return cls.of({key: values[0] for key, values in parse_qs(query.lstrip("?")[:500]).items()})

    @property
    def query(self) -> str:
        """The address of this place, its question mark included."""
        said = {"a": self.account}
        if self.page != "person":
            said["g"] = self.page
        if self.person:
            said["p"] = self.person
        if self.page == "person" or self.has_plan_beside:
            said["v"] = self.view
        if self.item:
            said["i"] = self.item
        return "?" + "&".join(f"{key}={v if _PLAIN.fullmatch(v) else quote_plus(v)}" for key, v in said.items())

    @property
    def has_plan_beside(self) -> bool:
        """Whether the plan of the person stands beside the conversation."""
        return self.page == "chat" and self.view == "plan"

    @property
    def note(self) -> str:
        """The id of the note that is open, if one is."""
        return self.item.removeprefix("note.") if self.item.startswith("note.") else ""

    @property
    def talk(self) -> str:
        """The id of the conversation that is open, if one is."""
        return self.item.removeprefix("talk.") if self.item.startswith("talk.") else ""

    @property
    def pending(self) -> str:
        """The id of the proposal that is looked at, if one is."""
        return self.item.removeprefix("pending.") if self.item.startswith("pending.") else ""

    @property
    def tray(self) -> str:
        """The id of the sent files that are looked at, if any are."""
        return self.item.removeprefix("tray.") if self.item.startswith("tray.") else ""

    @property
    def without(self) -> tuple[str, ...]:
        """Ids of questions that were swapped for others, if any were."""
        return tuple(self.item.removeprefix("without.").split("~")) if self.item.startswith("without.") else ()

    @property
    def number(self) -> int:
        """Which page of a list is looked at, from 0."""
        said = self.item.removeprefix("page.")
        return max(int(said) - 1, 0) if self.item.startswith("page.") and said.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Deed:
    """What was pressed, as the browser says it.

    Attributes:
        do: The name of the deed.
        at: The address of the place where it was pressed.
        said: What stood in the form's fields.
    """

    do: str
    id: str = ""
    to: str = ""
    at: str = ""
    said: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, said: object) -> "Deed":
        """A deed from event data; `Invalid` when it is none."""
        if not isinstance(said, dict) or len(said) > 128:
            raise unknown_button()
        parts = [said.get(key, "") for key in ("do", "id", "to", "at")]
        if not all(isinstance(p, str) and len(p) <= 500 for p in parts):
            raise unknown_button()
        rest = {k: v for k, v in said.items() if k not in ("do", "id", "to", "at")}
        for key, value in rest.items():
            if not (isinstance(key, str) and _FIELD.fullmatch(key) and isinstance(value, str)):
                raise unknown_button()
            if len(value) > MOST_WORDS:
                told = f"That is too long to be read at once: it has {len(value):,} characters."
                raise Invalid(told, next="Send it in parts, or bring it in as a file.")
        return cls(parts[0], parts[1], parts[2], parts[3], rest)

    @property
    def place(self) -> Place:
        """Where it was pressed."""
        return Place.read(self.at)


def unknown_button() -> Invalid:
    """Something was sent that no button of ours sends."""
    return Invalid("This button is not known.", next="Load the page again.")
