"""The shapes of a model's replies, with their limits. Form only; whether it is true is checked elsewhere."""

from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from assistant.domain.pillar import Pillar

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


class ThreadItem(Reply):
    """A golden thread."""

    passion: LinkItem
    talent: LinkItem
    customer: LinkItem
    value: LinkItem
    sentence: Line = ""
    first_step: StepItem
    support: StepItem
    measure: Words = ""
    obstacle: Line = ""
    watch_out: Line = ""


class SentenceItem(Reply):
    """A sentence of an answer."""

    kind: Annotated[str, Field(pattern="^(notes|not_said|ask)$")]
    text: Words
    cites: Cites = []


class ProbeItem(Reply):
    """One word."""

    word: Name


@cache
def schema_of(shape: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of a reply: one list, `items`, of this shape; strict, without the limits servers do not know."""
    own = shape.model_json_schema()
    definitions = own.pop("$defs", {})
    item = _strict(own, definitions)
    items = {"type": "array", "items": item}
    return {"type": "object", "properties": {"items": items}, "required": ["items"], "additionalProperties": False}


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
