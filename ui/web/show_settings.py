"""What writes, who can read what, how the data leave, and what this is made of. Said plainly, with the command."""

from collections.abc import Sequence

from assistant.domain.account import Account, Role
from assistant.domain.person import Person
from ui.web import show_leaving
from ui.web.about import About
from ui.web.place import Place
from ui.web.show import esc, section

TAB = (
    "Nothing on this page is fetched from elsewhere. What you typed and have not sent waits in this tab alone, until "
    "you send it, sign out or close the tab."
)


def settings(about: About, who: str, leaving: str) -> str:
    """Four cards; `leaving` is the one about data."""
    return _model(about) + privacy(who) + leaving + made_of(about)


def _model(about: About) -> str:
    if about.model:
        said = (
            f"<p><strong>{esc(about.model)}</strong> writes questions, plans and answers. It sees one person’s "
            "screened notes at a time, has no tools, and what it quotes is checked against your notes before you see "
            "it. When it is away or slow, the rules finish the job and say so.</p>"
        )
    else:
        said = (
            "<p>The rules write alone: no key, no network. With a model the words get better and the rules stay. Name "
            "one before you start: <code>FLOURISH_MODEL=ollama:llama3.2</code> on your own machine, or "
            "<code>FLOURISH_MODEL=openai:gpt-5-mini</code> with a key.</p>"
        )
    return section("Who writes", said, id="model")


def privacy(who: str) -> str:
    """Who can read what; `who` is the manager's name, if it is known."""
    desk = f"belong to the desk of <strong>{esc(who)}</strong>" if who else "are yours alone"
    points = (
        f"Notes, chats and plans {desk}. No other account reads them, and "
        "neither does whoever looks after this Flourish.",
        "Health, family, faith, union and legal matters in a note stay on your timeline. They never reach a brief, a "
        "question, a plan or a model.",
        "A note can be kept out of everything, and a person forgotten for good.",
        TAB,
        "The files lie in a folder that only your user can open. Switch on your machine’s disk encryption as well.",
    )
    return section("Who can read what", f"<ul>{''.join(f'<li>{p}</li>' for p in points)}</ul>", id="privacy")


def data(about: About, place: Place, people: Sequence[Person], *, backs_up: bool) -> str:
    """How the data leave: everything as files, one person, a backup; and where they lie."""
    here = [(place.query, "choose somebody")]
    here += [(Place(place.account, "person", p.id, "about", show_leaving.LEAVE).query, p.name) for p in people]
    chosen = "".join(f'<option value="{esc(value)}">{esc(said)}</option>' for value, said in here)
    one = (
        '<dt>About one person</dt><dd><label class="fl-inline">Take out, join or forget <select data-do="go" '
        f'aria-label="Whose record">{chosen}</select></label></dd>'
        if people
        else ""
    )
    everything = (
        show_leaving.export_link(place.account, "Save everything as files") if people else "nobody is on record"
    )
    rows = (
        f"<dt>All of yours</dt><dd>{everything}"
        f'<p class="fl-hint">{show_leaving.ZIP}</p></dd>'
        f"{one}<dt>Backup</dt><dd>{show_leaving.backup(about.backup, may=backs_up)}</dd>"
        "<dt>Is all well?</dt><dd><code>flourish doctor</code> in a terminal</dd>"
    )
    lies = f"<dt>Where it lies</dt><dd><code>{esc(about.home)}</code></dd>" if about.home else ""
    return section("Your data", f'<dl class="fl-wide">{rows}{lies}</dl>', id="data")


def deskless_privacy(who: Account) -> str:
    """Who can read what, for a coach or an admin."""
    name = f"<strong>{esc(who.name)}</strong>"
    coach = (
        f"{name} reads what managers have shared, masked and seen by them first, and nobody’s notes, chats or plans.",
        "What you decide, with your reason, is read by every manager whose suggestions follow it.",
    )
    admin = (
        f"{name} sees who has an account and who signed in, and reads nobody’s notes, chats, plans or people.",
        "Whoever can open the folder that Flourish lies in can read all of it: that is a matter of the machine, not of "
        "this page.",
    )
    points = (
        *(coach if Role.COACH in who.roles else ()),
        *(admin if Role.ADMIN in who.roles else ()),
        TAB,
    )
    return section("Who can read what", f"<ul>{''.join(f'<li>{p}</li>' for p in points)}</ul>", id="privacy")


def made_of(about: About) -> str:
    """What this program is made of."""
    version = f"Flourish {esc(about.version)}. " if about.version else ""
    said = (
        f"<p>{version}Free software under the Apache licence 2.0. The typefaces are Source Serif 4 and Source Sans 3 "
        "by Adobe, under the SIL Open Font License. Press <kbd>/</kbd> to write or find, <kbd>Ctrl</kbd> + "
        "<kbd>Enter</kbd> to send a form.</p>"
    )
    return section("About", said, id="about")
