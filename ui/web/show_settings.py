"""What writes, who can read what, how the data leave, and what this is made of. Said plainly, with the command."""

from ui.web.about import About
from ui.web.show import esc, section


def settings(about: About, who: str) -> str:
    """Four cards."""
    return _model(about) + privacy(who) + _data(about) + _made_of(about)


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
        "Nothing on this page is fetched from elsewhere, and nothing is left in your browser.",
        "The files lie in a folder that only your user can open. Switch on your machine’s disk encryption as well.",
    )
    return section("Who can read what", f"<ul>{''.join(f'<li>{p}</li>' for p in points)}</ul>", id="privacy")


def _data(about: About) -> str:
    said = f"The newest backup is {esc(about.backup)} old." if about.backup else "There is no backup yet."
    rows = (
        ("Take everything about somebody out", "flourish export PERSON"),
        ("Forget somebody for good", "flourish forget PERSON"),
        ("One sealed file of everything", "flourish backup"),
        ("Is everything well?", "flourish doctor"),
    )
    made = "".join(f"<dt>{name}</dt><dd><code>{command}</code></dd>" for name, command in rows)
    place = f'<p class="fl-hint">Everything lies in <code>{esc(about.home)}</code>.</p>' if about.home else ""
    return section("Your data", f"<p>{said}</p><dl>{made}</dl>{place}", id="data")


def _made_of(about: About) -> str:
    version = f"Flourish {esc(about.version)}. " if about.version else ""
    said = (
        f"<p>{version}Free software under the Apache licence 2.0. The typefaces are Source Serif 4 and Source Sans 3 "
        "by Adobe, under the SIL Open Font License. Press <kbd>/</kbd> to write or find, <kbd>Ctrl</kbd> + "
        "<kbd>Enter</kbd> to send a form.</p>"
    )
    return section("About", said, id="about")
