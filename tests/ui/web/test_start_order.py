"""What a start does in which order: the import of Gradio is not slowed by threads that take turns more often."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from ui.web import server
from ui.web.openers import Openers
from ui.web.sessions import Sessions


def test_threads_take_turns_more_often_only_once_the_page_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    done, loads = list[str](), list[Any]()
    monkeypatch.setattr(server, "Front", lambda sessions, load, **rest: loads.append(load))
    monkeypatch.setattr(server, "load_page", lambda *given: done.append("page"))
    openers = cast(Openers, SimpleNamespace(warm=lambda: done.append("warm"), gate=None))
    server.build_app(openers, Sessions(frozenset()), on_loaded=lambda: done.append("told"))
    assert done == []
    loads[0]()
    assert done == ["warm", "page", "told"]
