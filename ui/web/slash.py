"""Slash commands: the five jobs for whoever would rather type. Each is only a short way to write a message."""

COMMANDS = {
    "prep": "Prepare the one-on-one",
    "note": "Keep a note",
    "debrief": "Tell how a talk went",
    "plan": "Draft a development plan",
    "ask": "Ask your notes",
}
_WITH = {"prep": "Prepare my one-on-one with {}", "note": "Note that {}", "debrief": "Debrief: {}",
         "plan": "Draft a plan for {}", "ask": "{}"}  # fmt: skip
_ALONE = {"prep": "Prepare my one-on-one", "plan": "Draft a plan"}


def written_out(message: str) -> str:
    """The message that a command stands for; any other message as it is."""
    command, _, rest = message.strip().partition(" ")
    name, rest = command.removeprefix("/").casefold(), rest.strip()
    if not command.startswith("/") or name not in COMMANDS:
        return message
    return _WITH[name].format(rest) if rest else _ALONE.get(name, message)


def is_unfinished(message: str) -> bool:
    """Whether a command stands alone that needs words after it."""
    return message.strip().casefold() in {f"/{name}" for name in COMMANDS if name not in _ALONE}
