"""Takes the finished items out of a JSON reply while it is still being written. It checks form, never content."""

import re
import unicodedata

MOST_CHARACTERS = 60_000
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_BEGINS = re.compile(r"[{\[]")
_PLACES = (["{", "["], ["["])  # the list of the one object asked for, or a bare list


class ItemReader:
    """Fed with pieces of a reply, gives back each object of its list as soon as it is closed.

    Thoughts in <think> marks, fences and words around the JSON are passed over. Not a noun: it lives for one reply.
    """

    def __init__(self) -> None:
        self._before = ""  # what stands before the JSON, thoughts included
        self._text = ""
        self._at = 0
        self._open: list[str] = []
        self._start = -1
        self._string = False
        self._escaped = False
        self._gave = False
        self.ended = False

    def feed(self, piece: str) -> list[str]:
        """The items that this piece completed, as JSON texts."""
        seen = "".join(c for c in piece if c in "\n\t" or unicodedata.category(c)[0] != "C")
        if not self._text:
            self._before += seen
            said = _THOUGHT.sub("", self._before)
            begins = _BEGINS.search(said)
            seen = said[begins.start() :] if begins else ""
        self._text += seen
        found = []
        while self._at < len(self._text):
            item = self._step(self._text[self._at])
            self._at += 1
            if item:
                found.append(item)
                self._gave = True
        return found

    @property
    def is_too_long(self) -> bool:
        """Whether the reply is longer than any answer of ours could be."""
        return len(self._before) + len(self._text) > MOST_CHARACTERS

    @property
    def whole(self) -> str:
        """The reply from its first brace to its last, for one that forgot the list around its only item."""
        text = self._text
        return text[text.find("{") : text.rfind("}") + 1] if "{" in text else ""

    def _step(self, c: str) -> str:
        if self._string:
            self._escaped, ends = c == "\\" and not self._escaped, c == '"' and not self._escaped
            self._string = not ends
        elif c == '"' and self._open:
            self._string = True
        elif c in "{[" and not (self.ended and self._gave):
            if c == "{" and self._open in _PLACES:
                self._start = self._at
            self._open.append(c)
        elif c in "}]" and self._open:
            self._open.pop()
            self.ended = not self._open
            if c == "}" and self._open in _PLACES and self._start >= 0:
                item, self._start = self._text[self._start : self._at + 1], -1
                return item
        return ""
