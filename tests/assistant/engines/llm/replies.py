"""Replies of a model that knows the kitchen of the situations; good ones, to be spoiled by tests."""

from copy import deepcopy
from typing import Any

OVENS, CALM, CARD, FLOUR, TEACH = "N1", "N2", "N3", "N4", "N5"


def cite(note: str, quote: str) -> dict[str, str]:
    return {"note": note, "quote": quote}


RETIMED = cite(OVENS, "She re-timed the ovens before the first bake.")
LOOKS_CALM = cite(CALM, "I like it when the buffet looks calm at seven")
ALLERGY = cite(CARD, "The lady at the bread table remembered my nut allergy.")
LATE = cite(FLOUR, "Flour delivery late twice.")
PURCHASING = cite(FLOUR, "I promised to talk to purchasing by the end of March.")
TO_TEACH = cite(TEACH, "One day I would like to teach the trainees the morning shift.")


def question(text: str, pillar: str, why: str, *cites: dict[str, str], **more: Any) -> dict[str, Any]:
    return {
        "pillar": pillar, "text": text, "why": why, "cites": list(cites), "follow_up": "What did you try first?",
        "listen_for": "one concrete morning", "principle": "learn-from-your-best", **more,
    }  # fmt: skip


QUESTIONS = [
    question(
        "You said you like it when the buffet looks calm at seven: what makes the difference between a calm morning "
        "and a wild one?", "passion", "Maja said on 3 March that she likes it when the buffet looks calm.", LOOKS_CALM,
    ),
    question(
        "One thing is still open on my side, purchasing: what has changed, if anything, since the flour came late?",
        "obstacles", "Ona promised to talk to purchasing, and the flour delivery was late twice.", PURCHASING, LATE,
    ),
    question(
        "A guest wrote that you remembered a nut allergy: which habit of yours at the bread table made that possible?",
        "customer", "A guest wrote on 17 March that Maja remembered the allergy at the bread table.", ALLERGY,
    ),
    question(
        "When you re-timed the ovens, what told you the old timing was off?",
        "talent", "Maja re-timed the ovens before the first bake.", RETIMED,
    ),
    question(
        "Which piece of the morning shift would you show the trainees first?",
        "growth", "Maja would like to teach the trainees the morning shift one day.", TO_TEACH,
    ),
    question(
        "What have I not asked you about your work that you would like me to know?", "connection",
        "What draws Maja is only hinted at so far.",
    ),
]  # fmt: skip


def link(text: str, *cites: dict[str, str], ask: str = "What would you show somebody first?") -> dict[str, Any]:
    return {"text": text, "cites": list(cites), "question": ask}


THREAD = {
    "passion": link("Maja said she likes it when the buffet “looks calm at seven”.", LOOKS_CALM),
    "talent": link("Maja re-timed the ovens before the first bake; the first bake was even.", RETIMED),
    "customer": link("Guests with an allergy at the bread table.", ALLERGY),
    "value": link("A guest could eat without asking twice.", cite(CARD, "I ate without asking twice.")),
    "sentence": "Because I like it when the buffet looks calm, I re-timed the ovens, so that a guest can eat without "
    "asking twice.",
    "first_step": {
        "text": "After service, Maja could write the oven times on one card and hang it by the ovens; it is done when "
        "it hangs there.", "in_days": 9, "cites": [cite(TEACH, "She will write the oven times on one card")],
    },
    "then": [
        {"text": "If the card helps at the ovens, Maja could ask the trainees whether they would bake by it once.",
         "in_days": 30, "owner": "them", "who": "", "cites": [TO_TEACH]},
    ],
    "support": {
        "text": "Talk to purchasing about the late flour, as promised.", "in_days": 3, "cites": [PURCHASING],
    },
    "measure": "The card hangs by the ovens, a guest eats without asking twice, and Maja says whether it gives energy.",
    "obstacle": "If the flour is late again, the step moves by a week.",
    "watch_out": "",
}  # fmt: skip

ANSWER = [
    {"kind": "notes", "text": "Maja said on 3 March: “I like it when the buffet looks calm at seven”.",
     "cites": [LOOKS_CALM]},
    {"kind": "notes", "text": "On 31 March Maja would like to teach the trainees the morning shift one day.",
     "cites": [TO_TEACH]},
]  # fmt: skip


def spoiled(item: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A copy with other fields."""
    return deepcopy(item) | changes
