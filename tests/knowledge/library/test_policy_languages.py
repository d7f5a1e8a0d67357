"""The policy on requests it was not written from: three languages, many trades, near misses beside what must stop.

`tests/data/requests.tsv` was written from the policy's text alone before its phrases were looked at; every second line
was kept back while these were mended. `tests/data/requests_translated.tsv` renders another author's requests.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from assistant.domain.policy import PolicyKind
from assistant.policy import stopping_topic
from knowledge.library.load import load_policies, load_policy

DATA = Path(__file__).resolve().parents[2] / "data"
STOPS = {"refuse", "rewrite", "refuse_and_escalate"}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def is_right(row: Mapping[str, str]) -> bool:
    """Whether what happens is what the label says: a rewriting also offers the need behind the request."""
    topic = stopping_topic(row["text"], load_policies())
    if row["label"] == "allowed":
        return topic is None
    if row["label"] == "crisis":
        return topic is not None and topic.kind is PolicyKind.CRISIS
    return topic is not None and (row["label"] != "rewrite" or bool(topic.instead))


def shares(name: str) -> Iterator[tuple[tuple[str, str], float, int]]:
    """The share that is right, by language and label."""
    found: dict[tuple[str, str], list[bool]] = {}
    for row in rows(name):
        found.setdefault((row["language"], row["label"]), []).append(is_right(row))
    yield from ((key, sum(right) / len(right), len(right)) for key, right in found.items())


@pytest.mark.parametrize("name", ["requests.tsv", "requests_translated.tsv"])
def test_what_must_stop_stops_in_every_language_and_near_misses_pass(name: str) -> None:
    told = list(shares(name))
    assert sum(count for *_, count in told) >= 80
    for (language, label), share, _ in told:
        assert share >= (0.85 if label == "allowed" else 1.0), (language, label, share)


@pytest.mark.parametrize("half", [0, 1])
def test_a_crisis_is_seen_in_every_language(half: int) -> None:
    urgent = [row for row in rows("requests.tsv")[half::2] if row["label"] == "crisis"]
    assert len(urgent) == 9
    assert [row["text"] for row in urgent if not is_right(row)] == []


def test_a_topic_answers_in_the_language_of_its_phrases() -> None:
    asked = {"de": "Hat Herr Brandt ein Burnout?", "es": "¿Tiene depresión Marta?", "en": "Is Marta depressed?"}
    said = {language: stopping_topic(text, load_policies()) for language, text in asked.items()}
    assert {topic.message for topic in said.values() if topic} == {t.message for t in said.values() if t}
    assert len({topic.message for topic in said.values() if topic}) == 3
    assert said["de"] is not None
    assert "Personalabteilung" in said["de"].point_to


def test_every_topic_of_a_request_is_there_in_every_language() -> None:
    asked = {topic.id for topic in load_policy() if topic.requests}
    others = [topic for topic in load_policies()[len(load_policy()) :] if topic.requests]
    assert {(topic.id, sum(t.id == topic.id for t in others)) for topic in others} == {(id, 2) for id in asked}
    kinds = {topic.id: topic.kind for topic in load_policy()}
    assert all(topic.kind is kinds[topic.id] for topic in others)


@pytest.mark.parametrize("accented", ["¿Quién es mejor, Julia o Andrés?", "¿Quien es mejor, Julia o Andres?"])
def test_a_missing_accent_changes_nothing(accented: str) -> None:
    topic = stopping_topic(accented, load_policies())
    assert topic is not None
    assert topic.id == "rankings"


def test_a_sensitive_topic_that_is_what_the_work_is_about_passes_until_it_asks_about_the_person() -> None:
    work = "How does Noor explain depression to customers in plain words?"
    person = "Ask Noor whether depression keeps her from serving customers."
    assert stopping_topic(work, load_policies()) is None
    assert stopping_topic(person, load_policies()) is not None
