"""The shapes of a model's replies, with their limits. Form only; whether it is true is checked elsewhere."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, RootModel, Tag, model_validator

from assistant.domain.evidence import Tense, Topic, Witness
from assistant.domain.pillar import Pillar
from assistant.domain.plan import Section
from assistant.domain.understood import Intent

_NOT_SENT = {"title", "default", "maxLength", "minLength", "maxItems", "minItems", "minimum", "maximum", "description"}

Words = Annotated[str, Field(max_length=600)]
Line = Annotated[str, Field(max_length=400)]
Name = Annotated[str, Field(max_length=80)]


class Reply(BaseModel):
    """An item of a reply; what it holds beyond its fields is not read."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)


class Cite(Reply):
    """A note by its short name, and words of it."""

    note: Name
    quote: Annotated[str, Field(max_length=800)]


Cites = Annotated[list[Cite], Field(max_length=6)]


class AskedItem(Reply):
    """A question with its reasons."""

    pillar: Pillar
    text: Line
    why: Line = ""
    cites: Cites = []
    follow_up: Line = ""
    listen_for: Line = ""
    principle: Name = ""


class StoryItem(Reply):
    """One line of the story of the months."""

    text: Line
    cites: Cites = []


def _which(sent: Any) -> str:
    """A question has a pillar, or a reason; a line of a story has neither."""
    return "question" if isinstance(sent, AskedItem) or {"pillar", "why"} & {*sent} else "story"


class BriefItem(RootModel[Annotated[
    Annotated[StoryItem, Tag("story")] | Annotated[AskedItem, Tag("question")], Discriminator(_which)
]]):  # fmt: skip
    """A piece of a brief: a line of its story, or a question. The reply has a list for each, the story first."""

    model_config = ConfigDict(frozen=True)
    lists: ClassVar[Mapping[str, type[Reply]]] = MappingProxyType({"story": StoryItem, "items": AskedItem})


class LinkItem(Reply):
    """One link of a thread."""

    text: Words = ""
    cites: Cites = []
    question: Line = ""


class StepItem(Reply):
    """A step, with the days until it is due."""

    text: Words
    in_days: Annotated[int, Field(ge=0, le=60)] = 10
    cites: Cites = []


class LaterItem(StepItem):
    """A step after the first; who of the two takes it, and whom else it needs."""

    text: Words = ""
    in_days: Annotated[int, Field(ge=0, le=1_000)] = 0
    owner: Annotated[str, Field(pattern="^(me|them|)$")] = ""
    who: Name = ""


class SaidItem(Reply):
    """A sentence with what it stands on; a server that sends the bare sentence is understood."""

    text: Line = ""
    cites: Cites = []

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, sent: Any) -> Any:
        return {"text": sent} if isinstance(sent, str) else sent


class ThreadItem(Reply):
    """A golden thread."""

    passion: LinkItem
    talent: LinkItem
    customer: LinkItem
    value: LinkItem
    sentence: Line = ""
    first_step: StepItem
    then: Annotated[list[LaterItem], Field(max_length=6)] = []
    support: StepItem
    measure: Words = ""
    goal: Line = ""
    obstacle: SaidItem = SaidItem()
    watch_out: SaidItem = SaidItem()
    move: SaidItem = SaidItem()


class SentenceItem(Reply):
    """A sentence of an answer. One that is too long is read all the same: what it cites may be the last word."""

    kind: Annotated[str, Field(pattern="^(notes|not_said|ask)$")]
    text: Annotated[str, Field(max_length=4_000)]
    cites: Annotated[list[Cite], Field(max_length=20)] = []


class UnderstoodItem(Reply):
    """What a message asks for."""

    intent: Intent
    person: Name = ""
    query: Line = ""
    words: Annotated[str, Field(max_length=2_000)] = ""
    what: Line = ""
    about: Name = ""
    to: Name = ""
    owner: Annotated[str, Field(pattern="^(me|them|)$")] = ""
    number: Annotated[int, Field(ge=-1, le=20)] = 0
    count: Annotated[int, Field(ge=0, le=20)] = 0
    topic: Name = ""
    section: Literal[*("", *Section)] = ""  # type: ignore[valid-type]
    wish: Line = ""


class SectionItem(Reply):
    """One section of a plan in other words."""

    section: Section
    text: Words = ""
    cites: Cites = []
    question: Line = ""
    in_days: Annotated[int, Field(ge=0, le=1_000)] = 0
    owner: Annotated[str, Field(pattern="^(me|them|)$")] = ""
    who: Name = ""


class ToldItem(Reply):
    """One thing that a telling after a meeting brings."""

    kind: Annotated[str, Field(pattern="^(evidence|promise|settled|answer|check_in)$")]
    words: Annotated[str, Field(max_length=800)]
    topic: Annotated[str, Field(pattern="^(passion|talent|customer_value|aspiration|obstacle|energy_drain|)$")] = ""
    doubted: bool = False
    owner: Annotated[str, Field(pattern="^(me|them|)$")] = ""
    what: Line = ""
    about: Name = ""
    outcome: Annotated[str, Field(pattern="^(kept|dropped|for|against|)$")] = ""


class FindItem(Reply):
    """Words of a note that speak for something."""

    note: Name
    quote: Annotated[str, Field(max_length=800)]
    topic: Topic
    witness: Witness
    tense: Tense = Tense.CURRENT
    doer: Name = ""


class FollowItem(Reply):
    """An open promise and what a later note shows of it."""

    promise: Name
    shows: Annotated[str, Field(pattern="^(happened|partly|over|open)$")]
    note: Name = ""
    quote: Annotated[str, Field(max_length=800)] = ""


class DigestItem(Reply):
    """One line of what older notes come down to."""

    text: Line
    cites: Cites = []


class RankItem(Reply):
    """A passage and how well it answers."""

    passage: Name
    grade: Annotated[int, Field(ge=0, le=3)]


class ScoreItem(Reply):
    """One criterion of a rating."""

    id: Name
    quote: Annotated[str, Field(max_length=800)] = ""
    note: Name = ""
    level: Annotated[int, Field(ge=0, le=4)]
    reason: Line = ""


class JudgedItem(Reply):
    """A rating by a rubric."""

    injection: bool = False
    scores: Annotated[list[ScoreItem], Field(min_length=1, max_length=12)]
    one_change: Line = ""


class ProbeItem(Reply):
    """One word."""

    word: Name


@cache
def schema_of(shape: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a reply: one list, `items`, of this shape; strict, without the limits servers do not know."""
    shapes = getattr(shape, "lists", {"items": shape})
    lists = {name: {"type": "array", "items": _strict_of(each)} for name, each in shapes.items()}
    return {"type": "object", "properties": lists, "required": [*lists], "additionalProperties": False}


def _strict_of(shape: type[BaseModel]) -> Any:
    own = shape.model_json_schema()
    return _strict(own, own.pop("$defs", {}))


def _strict(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_strict(each, definitions) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _strict(definitions[node["$ref"].rpartition("/")[2]], definitions)
    found = {key: value for key, value in node.items() if key not in _NOT_SENT or key == "properties"}
    if "properties" in found:
        properties = {name: _strict(value, definitions) for name, value in node["properties"].items()}
        return {
            "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
        }  # fmt: skip
    return {key: _strict(value, definitions) for key, value in found.items()}
