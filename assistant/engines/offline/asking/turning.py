"""Turns "He'll bring one page" into what one says to him, where grammar leaves no doubt. Refuses everywhere else.

English only. The person and the verb after them change; every other word stays as it was written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain.evidence import Quote
from assistant.domain.note import Span
from assistant.domain.person import Person, Pronouns
from assistant.engines.offline.asking.third import language_in, masked, thirds
from assistant.prompting import offline_words
from assistant.wording import stems, words_in

LONGEST, SHORTEST, MEANING = 28, 3, 2
_STOPS = re.compile(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bMrs)(?<!\bRev)(?<!\bSt)[.!?](?=[\s\"”]|$)|[;(]|\s[-–—]\s|—")
_ANOTHER = re.compile(  # where somebody else, or a verb that would have to change, goes on
    r",?\s(?:and|but|so|because)\s(?:I|we)\b|,\s(?:I|we)\b"
    r"|,\s(?:had|has|have|is|was|did|does|would|could)n['’]t\b"
    r"|,?\s(?:and|but)\s(?:\w+ly\s|then\s|also\s)?(?:is|was|has|does|isn['’]t|wasn['’]t|hasn['’]t|doesn['’]t"
    r"|wants|says|thinks|knows|likes|needs|makes|takes|keeps|gets|goes|comes|asks|feels|hopes|plans|looks)\b"
)
_MODAL = re.compile(r"(?:['’](?:d|ll)|\s(?:would|could|might|can|will))\s")
_TENSE = re.compile(r",?\s(?:and|but)\s(?:asked|said|told|showed|gave|did|had|went|wrote|took)\b")
_CLAUSE = re.compile(
    r",(?=\s)|:\s|\s(?:and|but|so|because|while|when|which|who|that|until|before|after|as|if|where|whether|though)\s"
)
_LOOSE = re.compile(
    r"(?:[\s,;:.!?–—-]+|\s(?:and|or|but|so|the|a|an|to|of|that|which|who|because|while|when|until|with|for|as|if|by"
    r"|in|on|at|from|then|what|how))+$"
)
_MANAGERS = frozenset({"agreed", "wish", "wish_more", "said", "state", "clipped"})
_SUBJECTS = frozenset({"he", "she", "they"})
_SELF = {Pronouns.HE: "himself", Pronouns.SHE: "herself", Pronouns.THEY: "themselves"}
_OWN = {Pronouns.HE: "his", Pronouns.SHE: "her", Pronouns.THEY: ""}
_OTHERS_DO = re.compile(r"(?:[a-z]+\s)?[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?\s[a-z]+\s(?=(?:him|her)\b)")
_MINE = re.compile(r"(?:I|We)\b")
_NAMED = re.compile(r"(?<!^)\b(?!I\b)[A-Z][a-z]")
_HER = re.compile(r"(?P<verb>\w+)\s(?P<who>her|him)(?=\s(?:by|on|at|in|before|about|again|back|today|for)\b|$)")
_SOMEBODY = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:I|my|me|we|our)\b")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of what is said.

    Attributes:
        text: The words.
        is_noted: Whether they stand so in the note; else they are ours ("you").
    """

    text: str
    is_noted: bool = True


@dataclass(frozen=True, slots=True)
class Turned:
    """A passage that now speaks to the person.

    Attributes:
        way: "deed", "had" or "wish" after "you", "agreed" after "you would", "scene" for a sentence with you inside,
            "that" for one in which somebody else acts.
        pieces: Its words, in order, without a mark at the end.
    """

    way: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All its words."""
        return joined(piece.text for piece in self.pieces)


def turned(quote: Quote, person: Person, *, by_manager: bool) -> Turned | None:
    """A passage about the person as it can be said to them; None when in doubt.

    Args:
        quote: The passage.
        person: Who will hear it.
        by_manager: Whether the manager wrote it; of others only what the person did is passed on.
    """
    if language_in(quote) != "en":
        return None
    for head in _heads(quote, person, by_manager=by_manager):
        rest = _rest(quote, person, head)
        if rest is not None and head.before:
            return Turned("scene", (Piece(head.before), Piece("you", is_noted=False), *rest))
        if rest is not None:
            return Turned(head.way, rest)
    return _as_object(quote, person) if by_manager else None


def taken_on(quote: Quote, person: Person) -> str:
    """What somebody took on, as one asks for it: "bring one page"; empty when in doubt."""
    said = turned(quote, person, by_manager=True)
    if said is not None and said.way == "agreed":
        return said.text
    own = re.match(r"I(?:['’]ll| will)\s(?!be\b|have\b|need\b|not\b)", quote.text)
    rest = _rest(quote, person, _Head("agreed", own.end())) if own else None
    told = joined(piece.text for piece in rest) if rest else ""
    return "" if _OURS.search(told) else told


def joined(parts: Iterable[str]) -> str:
    """Words put together as one writes them."""
    text = " ".join(part.strip() for part in parts if part.strip())
    return re.sub(r"\s+([,;:.!?]|['’](?:s|d|ll)\b)", r"\1", text)


@dataclass(frozen=True, slots=True)
class _Head:
    """A clause with the person at its head: how it is said, where the words after "you" begin, what comes before."""

    way: str
    start: int
    before: str = ""
    ours: str = ""


def _heads(quote: Quote, person: Person, *, by_manager: bool) -> Iterator[_Head]:
    hidden = masked(quote.text)
    for kind, pattern in _patterns(person):
        if (kind == "heard") is by_manager and kind in {"heard", *_MANAGERS}:
            continue
        if kind == "wish_more" and (first := next(thirds(quote, person), None)) and first.start:
            continue
        for match in pattern.finditer(hidden):
            if not _is_theirs(match, quote):
                continue
            groups = match.groupdict()
            before = (groups.get("before") or "").rstrip(" ,")
            if kind == "agreed":
                yield _Head("agreed", match.end())
            elif kind == "had":
                yield _Head("had", match.end(), ours="had")
            elif kind == "state":
                yield _Head("had", match.end(), ours="were")
            elif kind == "habit":
                yield _Head("deed", match.end("verb"), ours=groups["verb"].lower().removesuffix("s"))
            elif kind == "clipped" and _whose(hidden[match.end("verb") :], person):
                continue  # "Took up his complaint": whoever wrote it may have done that
            elif kind == "clipped":
                yield _Head("deed", match.end("verb"), ours=groups["verb"].lower())
            elif kind in {"wish", "wish_more"}:
                verb = next(new for old, new in _wishes() if re.fullmatch(old, groups["verb"], re.IGNORECASE))
                yield _Head("wish", match.end("verb"), ours=verb)
            else:
                yield _Head("deed", match.start("verb"), before)


def _whose(rest: str, person: Person) -> bool:
    """Whether a thing of the person comes first after a verb that nobody is said to have done."""
    own = _OWN[person.pronouns]
    return bool(own) and re.match(rf"(?:\s\w+)?\s{own}\s(?!own\b)", rest) is not None


def _is_theirs(match: re.Match[str], quote: Quote) -> bool:
    """Whether the head is not a name that the note knows as somebody else's."""
    first = quote.span.start
    place = Span(first + match.start(), first + max(match.end(), match.start() + 1))
    return not any(m.span.overlaps(place) for m in quote.note.mentions)


def _rest(quote: Quote, person: Person, head: _Head) -> tuple[Piece, ...] | None:
    """From a verb to where its thought ends, with every word for the person turned; None when too little is left."""
    text, hidden, start = quote.text, masked(quote.text), head.start
    stops = [m.start() for pattern in (_STOPS, _ANOTHER) for m in pattern.finditer(hidden, start + 1)]
    if head.way in {"wish", "agreed"}:
        stops += [m.start() for m in _TENSE.finditer(hidden, start)]
    end, at = min(stops, default=len(text)), start
    pieces = [Piece(head.ours, is_noted=False)] if head.ours else []
    for span in thirds(quote, person, start, end):
        word = text[span.start : span.end].casefold()
        if word == _SELF[person.pronouns]:
            you = "yourself"
        elif word == _OWN[person.pronouns] and (
            hidden[span.end :].startswith(" own ") or _is_owners(hidden, start, span)
        ):
            you = "your"
        else:
            end = _cut_before(hidden, start, span)
            break
        pieces += [Piece(text[at : span.start]), Piece(you, is_noted=False)]
        at = span.end
    pieces.append(Piece(_LOOSE.sub("", text[at : max(at, end)])))
    return _full(_by_name(pieces, quote))


def _by_name(pieces: list[Piece], quote: Quote) -> list[Piece]:
    """With "phone her" as "phone Mrs Grey" where the note has told of her alone before; else as they are."""
    first = next((p for p in pieces if p.text.strip()), None)
    met = _HER.match(first.text) if first is not None and first.is_noted else None
    if first is None or met is None:
        return pieces
    titles = "Mr" if met["who"] == "him" else "Mrs|Ms|Miss"
    told = re.findall(rf"\b(?:{titles})\.? [A-Z][\w'’-]+", quote.note.text[: quote.span.start])
    if len({*told}) != 1:
        return pieces
    at = pieces.index(first)
    named = [Piece(met["verb"]), Piece(told[0], is_noted=False), Piece(first.text[met.end() :])]
    return [*pieces[:at], *named, *pieces[at + 1 :]]


def _full(pieces: Iterable[Piece]) -> tuple[Piece, ...] | None:
    kept = tuple(piece for piece in pieces if piece.text.strip())
    said = joined(piece.text for piece in kept)
    if _SOMEBODY.search(" ".join(said.split()[:3])):  # "phone her": whom, the sentence does not say
        return None
    return kept if SHORTEST <= words_in(said) <= LONGEST and len(stems(said)) >= MEANING else None


def _is_owners(hidden: str, start: int, span: Span) -> bool:
    """Whether "his" right after the verb is the person's own: nobody else was met, and a noun follows."""
    words = offline_words("aloud")["turned"]
    light = frozenset(offline_words("questions")["deed"]["light"])
    first, *more = hidden[start : span.start].split() or [""]
    if first.casefold() in words["gives"] or any(w.casefold() not in light for w in more):
        return False
    return re.match(rf"\s(?!{words['little']}\b)[a-z]", hidden[span.end :]) is not None


def _cut_before(hidden: str, start: int, span: Span) -> int:
    """Where the thought before a word for somebody ends."""
    cuts = [m.start() for m in _CLAUSE.finditer(hidden, start, span.start + 1)]
    near = bool(cuts) and words_in(hidden[cuts[-1] : span.start]) <= 3
    if hidden[span.start : span.end].casefold() in _SUBJECTS and not near:
        return span.start
    return cuts[-1] if cuts else start


def _as_object(quote: Quote, person: Person) -> Turned | None:
    """A sentence in which the manager, or somebody else with a name, does something for the person."""
    text, hidden = quote.text, masked(quote.text)
    others = bool(_OTHERS_DO.match(hidden)) and bool(quote.note.mentions)
    gave = re.match(
        rf"(?:{'|'.join(offline_words('aloud')['turned']['gives'])})(?=\s(?:him|her)\b)", hidden, re.IGNORECASE
    )
    if not others and not gave and not _MINE.match(hidden):
        return None
    end, at = min((m.start() for m in _STOPS.finditer(hidden)), default=len(text)), 0
    pieces: list[Piece] = []
    if gave:  # "Showed him the sheet": who did, a note of one's own need not say
        pieces, at = [Piece(f"I {gave.group().lower()}", is_noted=False)], gave.end()
    for span in thirds(quote, person, 0, end):
        you = "" if _NAMED.search(hidden[: span.start]) and not others else _as_you(hidden, span)
        if not you:
            end = _cut_before(hidden, at, span)
            break
        pieces += [Piece(text[at : span.start]), Piece(you, is_noted=False)]
        at = span.end
    if not any(piece.text in {"you", "your"} for piece in pieces):
        return None
    kept = _full((*pieces, Piece(_LOOSE.sub("", text[at : max(at, end)]))))
    return Turned("that", kept) if kept else None


def _as_you(hidden: str, span: Span) -> str:
    """The word that takes the place of one for the person; empty when it may be anybody's."""
    word, words = hidden[span.start : span.end].casefold(), offline_words("aloud")["turned"]
    if word in {"him", "his"}:
        return "you" if word == "him" else "your"
    if word in _SUBJECTS and _MODAL.match(hidden, span.end):
        return "you"
    if word != "her":
        return ""
    before = re.search(r"([\w'’]+)\s$", hidden[: span.start])
    after = hidden[span.end :]
    is_given = before is not None and before.group(1).casefold() in words["gives"]
    is_object = is_given or not re.match(rf"\s(?!{words['little']}\b)[a-z]", after)
    return "you" if is_object else "your"


def _wishes() -> Iterable[tuple[str, str]]:
    wishes: dict[str, str] = offline_words("aloud")["turned"]["wishes"]
    return wishes.items()


@lru_cache(maxsize=256)
def _patterns(person: Person) -> tuple[tuple[str, re.Pattern[str]], ...]:
    words, deeds = offline_words("aloud")["turned"], offline_words("questions")["deed"]
    called = [re.escape(name) for name in sorted(person.names, key=len, reverse=True)]
    if person.pronouns is not Pronouns.THEY:
        called.append(person.pronouns.value)
    who = rf"(?:(?:{'|'.join(called)})(?:\s\"\0*\")?)(?!\w)"
    they = r"(?:^they)" if person.pronouns is Pronouns.THEY else "(?!)"
    clause = r"(?:^|(?<=[.!?;:,]\s)|(?<=\band\s)|(?<=\bbut\s)|(?<=\bthat\s)|(?<=\bthen\s)|(?<=\bbecause\s))"
    before = r"(?:^(?P<before>(?:At|In|On|After|During|Before|For|With)\s[^,.;:!?\"“”()]{3,40}?),?\s)"
    adverb = r"(?:(?:then|also|just|already|even|still|[a-z]+ly)\s)?"
    past = "|".join(sorted({*map(re.escape, deeds["past"]), *words["also"]}, key=len, reverse=True))
    verb = (
        rf"(?P<verb>(?!(?:{'|'.join(map(re.escape, deeds['not_deeds']))})\b)(?:{past}|[a-z]{{3,}}ed|[a-z]+-[a-z]+ed)\b)"
    )
    wishes, not_deeds = "|".join(old for old, _ in _wishes()), words["not_deeds"]
    patterns = (
        ("agreed", rf"{clause}{who}\s?(?:also\s|still\s)?{words['takes_on']}\s(?:then\s)?(?!{not_deeds}\b)(?=[a-z])"),
        ("agreed", rf"^(?:Will|Promised to|Agreed to|Offered to)\s(?!{not_deeds}\b)(?=[a-z])"),
        (
            "wish",
            rf"{clause}{who}\s?(?:also\s|still\s|really\s)?(?P<verb>{wishes})\b(?=\s)(?!\s(?:it|that|this)\b|\s\w+:)",
        ),
        ("wish_more", r"(?:^|(?<=,\s))(?P<verb>wants|proposes|hopes|plans)(?=\s[a-z])(?!\s\w+:)"),
        ("said", rf"{before}{who}\s(?P<verb>{words['said']}),?:?\s(?=[\"“])"),
        ("had", rf"{clause}{who}(?:['’]d|\shad)\s(?:{adverb})(?=(?:[a-z]{{3,}}ed|{words['done']})\b)"),
        ("deed", rf"(?:{before}|{clause}){who}\s{adverb}{verb}"),
        ("state", rf"{clause}{who}(?:['’]s|\sis)\s(?=(?:{words['states']})\b)"),
        ("habit", rf"{clause}{who}\s{adverb}(?P<verb>{words['habits']})\s(?=\S)"),
        ("clipped", rf"^{verb}"),
        ("agreed", rf"{clause}{who}:\s(?=(?:{words['orders']})\s)"),
        ("heard", rf"{clause}(?:{who}|{they})\s(?P<verb>{words['heard']})\s(?=\S)"),
    )
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in patterns)
