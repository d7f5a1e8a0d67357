"""Reads the library that ships with Flourish, and refuses it when it does not hold together.

What is loaded is the same for everyone and never changes while the program runs. A coach's verdicts are no part of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path

from assistant.domain.pillar import PILLAR_OF_CODE, Pillar
from assistant.domain.policy import PolicyKind, PolicyTopic
from assistant.domain.principle import Grade, Principle
from assistant.domain.question import BankQuestion
from assistant.domain.stage import PRECEDENCE, Stage, StageGuide
from assistant.errors import LibraryError
from knowledge.library.lint import faults
from knowledge.library.located import Table, read_card, read_yaml

SHIPPED = Path(__file__).parent
QUESTIONS = "questions/en.yaml"
STAGES = "stages.yaml"
POLICY = "policy/en.yaml"
POLICY_ELSEWHERE = ("policy/de.yaml", "policy/es.yaml")
GENERAL = "general"  # the pillar of a card that belongs to none of the eight

_CARD = "id title pillar evidence strength source url verified author licence limits use".split()
_QUESTION = "id pillar stage also trust ask listen_for follow_up principle author reviewer licence".split()
_STAGE = "code name signals purpose first_rule avoid suggested".split()
_TOPIC = "id name kind point_to message".split()
_TOPIC_ELSEWHERE = "id point_to message".split()
_TOPIC_OPTIONAL = "requests unless instead".split()
_PHRASE = re.compile(r"[\w'*/-]+( (\.\.\.|[\w'*/-]+))*(?<!\.)")


@cache
def load_principles(root: Path = SHIPPED) -> tuple[Principle, ...]:
    """All principle cards, by id.

    Raises:
        LibraryError: A card breaks its schema; the message names file and line.
    """
    names = sorted(path.name for path in (root / "principles").glob("*.md"))
    if not names:
        raise LibraryError("principles:1: there are no cards.", next="Reinstall Flourish.")
    return tuple(_principle(root, f"principles/{name}") for name in names)


@cache
def load_questions(root: Path = SHIPPED) -> tuple[BankQuestion, ...]:
    """The question bank, in the order of its file.

    Raises:
        LibraryError: A question breaks its schema or the lint, names no card, or a cell has too few.
    """
    top = read_yaml(root, QUESTIONS)
    top.check_keys(["questions"])
    entries = top.tables("questions")
    cards = frozenset(card.id for card in load_principles(root))
    questions = tuple(_question(entry, cards) for entry in entries)
    _refuse_twins(entries, [question.id for question in questions])
    _check_coverage(top, questions)
    return questions


@cache
def load_stages(root: Path = SHIPPED) -> tuple[StageGuide, ...]:
    """The thirteen situations, in the order of their file.

    Raises:
        LibraryError: One is missing or twice, or suggests a question that does not exist or does not fit.
    """
    top = read_yaml(root, STAGES)
    top.check_keys(["precedence", "stages"])
    if top.texts("precedence") != PRECEDENCE:
        wanted = ", ".join(PRECEDENCE)
        raise top.error("`precedence` differs from the program's.", "precedence", next=f"Write [{wanted}].")
    entries = top.tables("stages")
    bank = {question.id: question for question in load_questions(root)}
    guides = tuple(_guide(entry, bank) for entry in entries)
    _refuse_twins(entries, [guide.stage.value for guide in guides], key="code")
    if missing := set(Stage) - {guide.stage for guide in guides}:
        raise top.error(f"no guide for {', '.join(sorted(missing))}.", "stages", next="Add it.")
    return guides


@cache
def load_policy(root: Path = SHIPPED) -> tuple[PolicyTopic, ...]:
    """The policy in English, in the order of its file.

    Raises:
        LibraryError: A topic breaks its schema; the message names file and line.
    """
    top = read_yaml(root, POLICY)
    top.check_keys(["topics"], ["served", "probes"])
    entries = top.tables("topics")
    topics = tuple(_spared(_topic(entry), *_of_work(top)) for entry in entries)
    _refuse_twins(entries, [topic.id for topic in topics])
    return topics


@cache
def load_policies(root: Path = SHIPPED) -> tuple[PolicyTopic, ...]:
    """The policy in every language it has words for, English first: a request may stand in any of them, or mix them.

    Raises:
        LibraryError: A topic breaks its schema, or English knows no topic of that id.
    """
    found = list(load_policy(root))
    known = {topic.id: topic for topic in found}
    served, probes = _of_work(read_yaml(root, POLICY))
    for name in POLICY_ELSEWHERE:
        top = read_yaml(root, name)
        top.check_keys(["topics"], ["served", "probes"])
        entries = top.tables("topics")
        topics = [_translated(entry, known) for entry in entries]
        _refuse_twins(entries, [topic.id for topic in topics])
        found += topics
        more, others = _of_work(top)
        served, probes = served + more, probes + others
    return tuple(_spared(topic, served, probes) for topic in found)


def _principle(root: Path, name: str) -> Principle:
    card, body = read_card(root, name)
    card.check_keys(_CARD)
    card_id, pillar, grade = card.text("id"), card.text("pillar"), card.text("evidence")
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", card_id) or Path(name).stem != card_id:
        raise card.error(f"the id '{card_id}' is the file's name, small letters and hyphens.", "id")
    if pillar not in [*Pillar, GENERAL]:
        raise card.error(f"no pillar is called '{pillar}'.", "pillar", next=f"Choose {', '.join(Pillar)} or {GENERAL}.")
    if grade not in list(Grade):
        raise card.error(f"no grade is called '{grade}'.", "evidence", next="Choose A, B or C.")
    if card.text("strength") != Grade(grade).words:
        raise card.error(f"grade {grade} reads '{Grade(grade).words}'.", "strength")
    url, verified = card.text("url", may_be_empty=True), card.truth("verified")
    if verified and not url.startswith(("http://", "https://")):
        raise card.error("a source that was read has an address.", "url", next="Add it, or set verified = false.")
    if not body:
        raise card.error("the card says nothing.", next="Write two to four sentences below the head.")
    return Principle(
        id=card_id,
        title=card.text("title"),
        pillar=pillar,
        grade=Grade(grade),
        source=card.text("source"),
        url=url,
        verified=verified,
        limits=card.text("limits"),
        use=card.text("use"),
        body=body,
        author=card.text("author"),
        licence=card.text("licence"),
    )


def _question(entry: Table, cards: frozenset[str]) -> BankQuestion:
    entry.check_keys(_QUESTION)
    question_id, pillar, stage = entry.text("id"), entry.text("pillar"), entry.text("stage")
    if pillar not in PILLAR_OF_CODE:
        raise entry.error(f"no pillar has the code '{pillar}'.", "pillar", next=f"Choose {', '.join(PILLAR_OF_CODE)}.")
    if not re.fullmatch(rf"{pillar}-{stage}-[1-9]", question_id):
        raise entry.error(f"the id '{question_id}' is pillar, stage and number, as in {pillar}-{stage}-1.", "id")
    if not 1 <= entry.number("trust") <= 3:
        raise entry.error("`trust` is 1, 2 or 3.", "trust")
    if (principle := entry.text("principle")) not in cards:
        raise entry.error(f"there is no card '{principle}'.", "principle", next="Name a file of principles/.")
    for key in ("ask", "follow_up"):
        if fault := next(faults(entry.text(key)), None):
            raise entry.error(f"{question_id}: {fault}.", key, next=f"Reword `{key}`.")
    return BankQuestion(
        id=question_id,
        pillar=PILLAR_OF_CODE[pillar],
        stage=_stage(entry, stage, "stage"),
        also=_also(entry),
        trust=entry.number("trust"),
        ask=entry.text("ask"),
        listen_for=entry.text("listen_for"),
        follow_up=entry.text("follow_up"),
        principle_id=principle,
        author=entry.text("author"),
        reviewer=entry.text("reviewer", may_be_empty=True),
        licence=entry.text("licence"),
    )


def _also(entry: Table) -> tuple[Stage, ...]:
    codes = entry.texts("also")
    if len(set(codes)) < len(codes) or entry.text("stage") in codes:
        raise entry.error("`also` names every other stage once.", "also")
    return tuple(_stage(entry, code, "also") for code in codes)


def _stage(entry: Table, code: str, key: str) -> Stage:
    if code not in list(Stage):
        raise entry.error(f"no stage has the code '{code}'.", key, next=f"Choose {', '.join(Stage)}.")
    return Stage(code)


def _guide(entry: Table, bank: dict[str, BankQuestion]) -> StageGuide:
    entry.check_keys(_STAGE)
    guide = StageGuide(
        stage=_stage(entry, entry.text("code"), "code"),
        name=entry.text("name"),
        signals=entry.text("signals"),
        purpose=entry.text("purpose"),
        first_rule=entry.text("first_rule"),
        avoid=entry.text("avoid"),
        suggested=entry.texts("suggested"),
    )
    if unknown := [q for q in guide.suggested if q not in bank]:
        raise entry.error(f"there is no question {unknown[0]}.", "suggested", next=f"Choose one of {QUESTIONS}.")
    if fault := next(_faults_of_six(guide, [bank[q] for q in guide.suggested]), None):
        raise entry.error(f"{guide.stage}: {fault}.", "suggested")
    return guide


def _faults_of_six(guide: StageGuide, six: Sequence[BankQuestion]) -> Iterator[str]:
    if len(set(guide.suggested)) != 6 or len(six) != 6:
        yield "six different questions are suggested"
    if strangers := [q.id for q in six if guide.stage not in (q.stage, *q.also)]:
        yield f"{strangers[0]} does not fit this stage"
    if six and six[0].trust == 3:
        yield f"{six[0].id} asks for too much trust to open with"
    if sum(q.trust == 3 for q in six) > 1:
        yield "more than one question asks for trust 3"
    if guide.stage is Stage.FIRST and any(q.trust > 1 for q in six):
        yield "a first meeting has only questions of trust 1"


def _topic(entry: Table) -> PolicyTopic:
    entry.check_keys(_TOPIC, _TOPIC_OPTIONAL)
    kind, topic_id = entry.text("kind"), entry.text("id")
    if kind not in list(PolicyKind):
        raise entry.error(f"no kind is called '{kind}'.", "kind", next=f"Choose {', '.join(PolicyKind)}.")
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", topic_id):
        raise entry.error(f"the id '{topic_id}' is small letters and underscores.", "id")
    topic = PolicyTopic(
        id=topic_id,
        name=entry.text("name"),
        kind=PolicyKind(kind),
        point_to=entry.text("point_to"),
        message=entry.text("message"),
        requests=_phrases(entry, "requests"),
        unless=_phrases(entry, "unless"),
        instead=entry.text("instead", may_be_empty=True),
    )
    if topic.kind is PolicyKind.REFUSE and not (topic.requests and topic.instead):
        raise entry.error(f"'{topic_id}' refuses, so it needs `requests` and `instead`.", next="Add them.")
    if topic.kind is PolicyKind.CRISIS and topic.instead:
        raise entry.error("in a crisis nothing is offered instead.", "instead", next="Remove it.")
    return topic


def _translated(entry: Table, known: dict[str, PolicyTopic]) -> PolicyTopic:
    """A topic in another language: what it is stands in the English one."""
    entry.check_keys(_TOPIC_ELSEWHERE, _TOPIC_OPTIONAL)
    english = known.get(entry.text("id"))
    if english is None:
        raise entry.error(f"English knows no topic '{entry.text('id')}'.", "id", next="Add it to en.yaml first.")
    made = replace(
        english,
        point_to=entry.text("point_to"),
        message=entry.text("message"),
        requests=_phrases(entry, "requests"),
        unless=_phrases(entry, "unless"),
        instead=entry.text("instead", may_be_empty=True),
    )
    if bool(made.instead) is not bool(english.instead):
        raise entry.error(f"'{made.id}' offers something instead in one language only.", next="Say it in both.")
    return made


def _of_work(top: Table) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those whom the work serves, and words that ask about the person all the same."""
    return _phrases(top, "served"), _phrases(top, "probes")


def _spared(topic: PolicyTopic, served: tuple[str, ...], probes: tuple[str, ...]) -> PolicyTopic:
    """A sensitive topic may be what the work is about; a crisis or a refusal never is."""
    return replace(topic, served=served, probes=probes) if topic.kind is PolicyKind.SENSITIVE else topic


def _phrases(entry: Table, key: str) -> tuple[str, ...]:
    """The phrases of a list, each written so that `assistant.policy` can read it."""
    phrases = entry.texts(key)
    for phrase in phrases:
        if not _PHRASE.fullmatch(phrase) or phrase != phrase.casefold():
            raise entry.error(f"'{phrase}' is no phrase.", key, next="Use small letters, and only * / and ' ... '.")
    return tuple(phrases)


def _refuse_twins(entries: Sequence[Table], ids: Sequence[str], key: str = "id") -> None:
    seen: set[str] = set()
    for entry, name in zip(entries, ids, strict=True):
        if name in seen:
            raise entry.error(f"'{name}' stands twice.", key, next="Rename or remove one of the two.")
        seen.add(name)


def _check_coverage(top: Table, questions: Sequence[BankQuestion]) -> None:
    for stage, pillar in product(Stage, Pillar):
        fitting = [q for q in questions if q.pillar is pillar and stage in (q.stage, *q.also)]
        if len(fitting) < 2 or not any(q.stage is stage for q in fitting):
            free = 1 + sum(q.pillar is pillar and q.stage is stage for q in questions)
            raise top.error(
                f"{pillar.code} x {stage} has {len(fitting)} questions; at least two, one of them written for it.",
                "questions",
                next=f"Add {pillar.code}-{stage}-{free} or put {stage} into `also` of a {pillar.code} question.",
            )
