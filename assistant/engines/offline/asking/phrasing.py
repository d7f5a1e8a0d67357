"""Puts a matter into words: a lead-in by who speaks, the exact quote, one open question; else nothing."""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.actions.cite import Teller, Voice, author_of, cite, shortened, voice_of
from assistant.domain.evidence import Evidence, Quote, Witness
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, Pronouns
from assistant.domain.pillar import Pillar
from assistant.domain.question import Question
from assistant.engines.offline.asking.aloud import Said, aloud
from assistant.engines.offline.asking.deed import deed_in
from assistant.engines.offline.asking.matters import LATELY, Matter
from assistant.engines.offline.asking.threads import names_served
from assistant.engines.offline.witness import witness_of
from assistant.lint import faults
from assistant.prompting import offline_words

_OWN = {Voice.OWN_SAID, Voice.OWN_WROTE}
_WRITTEN = {NoteKind.EMAIL, NoteKind.CHAT_MESSAGE, NoteKind.CUSTOMER_COMPLAINT}
_ASKED = "asked "
_THEMSELF = {Pronouns.HE: "himself", Pronouns.SHE: "herself", Pronouns.THEY: "themselves"}
_LIKING = re.compile(
    r"\b(?:like|love|enjoy|best|happ(?:y|iest)|proud|favou?rite|fun|glad|more of|fascinat\w+)\b", re.IGNORECASE
)
_TURNS_AWAY = re.compile(
    r"\b(?:no|not|nothing|never|less|fewer|without|kein\w*|nicht|nie|weniger|ohne|nada|nunca|menos|sin)\b|n['’]t\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|me|my|we)\b")
_AND_I = re.compile(r"(?:,|\b(?:and|but|und|aber|y|pero))\s(?:I|ich|yo)\b")
_CUSTOMERS = {NoteKind.CUSTOMER_COMPLAINT, NoteKind.CUSTOMER_QUOTE}


@dataclass(frozen=True, slots=True)
class Phrased:
    """A question with the pattern, the frame and the lead-in it was made of, so that a set does not repeat itself."""

    question: Question
    pattern: str
    frame: str
    lead: str


def phrasings(matter: Matter, teller: Teller, used: Collection[str] = ()) -> Iterator[Phrased]:
    """The matter as questions, patterns that were not used first; nothing when no pattern fits it.

    Which of a pattern's frames is asked follows from the person and the day of the note, never from a name: two people
    who are asked after the like are seldom asked in the same words, and the same day brings the same words again.

    Args:
        matter: What to ask about.
        teller: The person, the manager and the day.
        used: Patterns, frames and lead-ins that the set has already.
    """
    fitting = [p for p in _patterns() if p["matter"] == matter.kind and _fits(p, matter, teller)]
    for pattern in sorted(fitting, key=lambda p: p["id"] in used):
        said = _said(matter, teller)
        lead = _lead(matter, teller, used, said.way if said else "")
        slots = _slots(matter, teller, lead, said.told() if said else "")
        for ask, follow_up in _frames(pattern, matter, teller.person, used):
            text = _one_space(ask.format_map(slots))
            if not faults(text):
                question = _question(pattern, text, follow_up, matter, slots)
                yield Phrased(question, pattern["id"], ask, lead if "{lead}" in ask else "")
                break


def _frames(
    pattern: Mapping[str, Any], matter: Matter, person: Person, used: Collection[str]
) -> Sequence[tuple[str, str]]:
    """A pattern's frames with their follow-ups, those that the set has last, else by person and day."""
    frames = [(pattern["ask"], pattern["follow_up"]), *pattern.get("more", ())]

    def turn(frame: tuple[str, str]) -> tuple[bool, str]:
        key = f"{person.id}\n{matter.quote.day}\n{frame[0]}"
        return frame[0] in used, hashlib.sha256(key.encode()).hexdigest()

    return sorted(frames, key=turn)


def pronoun_slots(person: Person) -> dict[str, str]:
    """Name and pronouns with the verbs that agree, for sentences the manager reads."""
    p = person.pronouns
    slots = {
        "name": person.first_name, "they": p.value, "them": p.object, "their": p.possessive,
        "have": p.verb("has", "have"), "do": p.verb("does", "do"), "want": p.verb("wants", "want"),
        "enjoy": p.verb("enjoys", "enjoy"), "are": p.verb("is", "are"),
        "themself": _THEMSELF[p], "know": p.verb("knows", "know"), "make": p.verb("makes", "make"),
    }  # fmt: skip
    return (
        slots
        | {key.capitalize(): slots[key].capitalize() for key in ("they", "them", "their")}
        | {"Name": person.first_name}
    )


def _question(
    pattern: Mapping[str, Any], text: str, follow_up: str, matter: Matter, slots: Mapping[str, str]
) -> Question:
    quote = matter.quote
    key = f"{pattern['id']}\n{quote.note.id}\n{quote.span.start}:{quote.span.end}"
    return Question(
        id="q" + hashlib.sha256(key.encode()).hexdigest()[:12],
        text=text,
        pillar=Pillar(pattern["pillar"]),
        why=_one_space(f"{pattern['why'].format_map(slots)} {slots['latest']} {slots['age']}"),
        quotes=(quote, matter.latest) if matter.latest else (quote,),
        principle_id=pattern["principle"],
        follow_up=follow_up.format_map(slots),
        listen_for=pattern["listen_for"].format_map(slots),
    )


def _fits(pattern: Mapping[str, Any], matter: Matter, teller: Teller) -> bool:
    voice, customer = voice_of(matter.passage, teller), _is_customer(matter.passage, teller)
    deed = deed_in(matter.quote, teller.person)
    said = _said(matter, teller)
    if "{quote}" in pattern["ask"] and said is None:
        return False
    if matter.kind in {"thread_news", "value_known"} and said is not None and said.way == "about":
        return False  # a few words of something that leaves nothing open are no question, and not what somebody said
    if matter.kind == "thread_news" and voice is Voice.MANAGER and said is not None:
        if said.pieces[0].text.startswith("I ") or _AND_I.search(matter.quote.text):
            return False  # what the manager told, showed or left undone is no news of theirs
    if matter.kind == "passion_unknown" and voice is Voice.OTHER and said is not None and said.way == "about":
        return False  # a few words of somebody else need not be about what they did
    holds = {
        "own": voice in _OWN,
        "noted": voice is Voice.MANAGER,
        "reported": voice is Voice.MANAGER and _is_reported(matter.passage),
        "other": voice is Voice.OTHER and not customer,
        "unserved": not names_served(matter.quote.note.text),
        "customer": voice is Voice.OTHER and customer,
        "not_own": voice not in _OWN,
        "heard": voice is Voice.OTHER,
        "unheard": voice is not Voice.OTHER,
        "who": bool(matter.quote.note.author),
        "deed": deed is not None and not deed.text.startswith(_ASKED),
        "asked": deed is not None and deed.text.startswith(_ASKED),
        "not_first_person": voice is Voice.MANAGER and not _FIRST_PERSON.search(matter.quote.text),
        "toward": not _TURNS_AWAY.search(matter.quote.text) and not matter.quote.text.startswith("Asked"),
        "liking": bool(_LIKING.search(matter.quote.text)),
        "quote": voice is not Voice.HEARSAY,
        "counted": _cue("counted").search(matter.quote.text) is not None,
        "talked": _cue("talked").search(matter.quote.text) is not None,
    }
    return all(holds[need] for need in pattern["needs"])


def _said(matter: Matter, teller: Teller) -> Said | None:
    """The passage as one may say it to the person; None when nothing of it can be said."""
    return aloud(matter.quote, teller.person, voice_of(matter.passage, teller))


def _lead(matter: Matter, teller: Teller, used: Collection[str], way: str) -> str:
    voice = voice_of(matter.passage, teller)
    if voice in _OWN or way == "spoke":
        kind = "own"
    elif voice is Voice.MANAGER:
        kind = "manager"
        if way in {"deed", "had"}:
            kind = "seen" if way == "deed" and matter.quote.note.kind is NoteKind.OBSERVATION else "noted"
        elif way:
            agreed = way in {"that", "scene"} and matter.kind.startswith("promise_theirs")
            kind = f"agreed_{way}" if agreed else way
    else:
        kind = "customer" if _is_customer(matter.passage, teller) else "colleague"
        kind = f"{kind}_{way.replace('had', 'deed')}" if way else kind
    leads: list[str] = offline_words("questions")["leads"][kind]
    return next((lead for lead in leads if lead not in used), leads[0])


def _slots(matter: Matter, teller: Teller, lead: str, words: str) -> dict[str, str]:
    quote, today = matter.quote, teller
    deed = deed_in(quote, teller.person)
    who, first = _named(author_of(quote.note.author))
    voice = voice_of(matter.passage, teller)
    slots = pronoun_slots(teller.person) | {
        "quote": words,
        "deed": deed.text if deed else "",
        "day": today.day(quote.day),
        "due": today.day(matter.due) if matter.due else "",
        "due_is": f", {today.day(matter.due)}" if matter.due else "",
        "due_was": f", due {today.day(matter.due)}" if matter.due else "",
        "seen_by": "you" if voice is Voice.MANAGER else who,
        "who": who,
        "Who": who[:1].upper() + who[1:],
        "first": first,
        "First": first[:1].upper() + first[1:],
        "said": "wrote" if voice is Voice.OWN_WROTE or quote.note.kind in _WRITTEN else "said",
        "cited": cite(matter.passage, teller),
        "latest": cite(shortened(matter.latest), teller) if matter.latest else "",
        "age": _age((teller.today - (matter.latest or quote).day).days),
    }
    slots["lead"] = lead.format_map(slots)
    return slots


def _age(days: int) -> str:
    """How old a passage is, from two months on; empty before."""
    told: list[str] = offline_words("questions")["age"]["months"]
    months = days // 30
    return told[min(months, len(told) + 1) - 2] if days > LATELY.days else ""


def _named(author: str) -> tuple[str, str]:
    """Whom a passage is from, in full and short: a name as it is, a role or a thing with its article."""
    first = author.partition(" (")[0]
    words = first.split()
    is_name = all(w[:1].isupper() or w in {"of", "de", "von", "van", "der", "la"} for w in words[:4])
    is_name = is_name and not {w for w in words if w.islower()} & {"of"}
    if is_name or not words or words[0].casefold() in {"the", "a", "an", "der", "die", "das", "el", "la"}:
        return author, first
    lower = words[0] if words[0][1:2].isupper() else words[0].lower()
    return f"the {lower}{author[len(words[0]) :]}", f"the {lower}{first[len(words[0]) :]}"


def _is_customer(passage: Quote | Evidence, teller: Teller) -> bool:
    if isinstance(passage, Evidence) and passage.witness is Witness.CUSTOMER:
        return True
    quote = passage.quote if isinstance(passage, Evidence) else passage
    heard = witness_of(teller.person, teller.manager, quote.note, quote.span) is Witness.CUSTOMER
    return heard or quote.note.kind in _CUSTOMERS


def _is_reported(passage: Quote | Evidence) -> bool:
    return isinstance(passage, Evidence) and passage.witness is Witness.SELF


def _one_space(text: str) -> str:
    return " ".join(text.split())


@cache
def _patterns() -> tuple[Mapping[str, Any], ...]:
    return tuple({"needs": ["quote"], **pattern} for pattern in offline_words("questions")["pattern"])


@cache
def _cue(name: str) -> re.Pattern[str]:
    return re.compile(offline_words("questions")["cues"][name], re.IGNORECASE)
