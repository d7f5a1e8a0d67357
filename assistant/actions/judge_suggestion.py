"""A coach decides on a suggestion, a shipped question or a prompt. It is written down; what ships stays as it is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.actions.follow_guidance import is_well_asked
from assistant.actions.mask_text import PLACEHOLDER
from assistant.domain.account import AccountId
from assistant.domain.released import Released
from assistant.domain.verdict import Decision, Scope, Subject, SubjectKind, Verdict
from assistant.errors import Refused, Unknown
from assistant.lint import faults
from assistant.ports.bench import BenchShelf
from assistant.ports.outside import Ids, Library
from assistant.prompting import shipped_prompts

_SLOT = re.compile(r"\{\w+\|([^{}|]+)\}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a coach wants written down.

    Attributes:
        named: The id of a released copy or of a shipped question, or a prompt's name.
        words: For a rewording.
        line: Of a prompt, the line that is meant.
    """

    named: str
    decision: Decision
    reason: str
    scope: Scope = Scope.THIS
    words: str = ""
    line: str = ""


def subject_named(shelf: BenchShelf, library: Library, named: str, line: str = "") -> tuple[Subject, str, str]:
    """What a coach named: its subject, its words, and the id of the released copy where it is one.

    Raises:
        Unknown: No released copy, shipped question or prompt is called so, or the prompt has no such line.
    """
    copy = _copy(shelf.released(), named)
    if copy is not None:
        return copy.subject, copy.text, copy.id
    bank = next((q for q in library.questions() if q.id == named), None)
    if bank is not None:
        subject = Subject(SubjectKind.QUESTION, bank.id, "", bank.pillar, bank.stage)
        return subject, _SLOT.sub(r"\1", bank.ask), ""
    prompts = shipped_prompts()
    full = next((name for name in prompts if named in (name, name.partition("@")[0])), None)
    if full is None:
        raise Unknown(
            f"There is nothing to review under {named}.",
            next="Take an id from `review list`, a question's id, or a prompt from `review prompts`.",
        )
    if line and " ".join(line.split()) not in " ".join(prompts[full].split()):
        raise Unknown(f"{full} has no such line.", next="Give its words as the prompt has them.")
    return Subject(SubjectKind.PROMPT, full), " ".join(line.split()), ""


def judge(shelf: BenchShelf, library: Library, asked_for: Asked, *, coach: AccountId, today: date, ids: Ids) -> Verdict:
    """Write a decision down; from now on both engines follow it.

    Raises:
        Unknown: Nothing is called so.
        Refused: The new words are no good question, or hold a placeholder that the copy does not have.
        Invalid: Reason, words and scope do not fit together.
    """
    subject, text, release_id = subject_named(shelf, library, asked_for.named, asked_for.line)
    words = " ".join(asked_for.words.split())
    if words and subject.kind is SubjectKind.QUESTION:
        _refuse_bad_question(words)
    if words and (strange := {*PLACEHOLDER.findall(words)} - {*PLACEHOLDER.findall(text), "[quote]"}):
        raise Refused(
            f"{sorted(strange)[0]} is not in the copy, so nothing could take its place.",
            next="Use its own placeholders, or [quote] for the passage it quotes.",
        )
    verdict = Verdict(
        ids(), coach, subject, asked_for.decision, asked_for.scope, " ".join(asked_for.reason.split()), today, words,
        text, release_id,
    )  # fmt: skip
    shelf.add(verdict)
    return verdict


def _refuse_bad_question(words: str) -> None:
    spoken = PLACEHOLDER.sub("it", words.replace("[quote]", "“it”"))
    if not is_well_asked(spoken):
        why = next(iter(faults(spoken)), "it asks exactly one thing, with one question mark at its end")
        raise Refused(f"This is not yet a question worth asking: {why}.", next="Put it differently.")


def _copy(released: Sequence[Released], named: str) -> Released | None:
    """The copy of this id."""
    return next((r for r in released if r.id == named), None)
