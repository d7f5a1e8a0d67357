"""Where one is signed in, and how a phone comes in: device, since when, the way out."""

from collections.abc import Sequence

from assistant.domain.sign_in import By, Came, SignIn
from ui.web.devices import Devices
from ui.web.qr import drawn
from ui.web.sessions import PAIRING_SECONDS, Seen, Way
from ui.web.show import button, day_words, esc, folded, section

WAYS = {
    Way.KEY: "signed in by the printed link",
    Way.PASSWORD: "signed in with a password",
    Way.PHONE: "signed in as a phone",
}


def span(seconds: float) -> str:
    """A span of time in its largest unit, as in "3 hours"."""
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        number = int(seconds // size)
        if number:
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return "a moment"


def signed_in(devices: Devices) -> str:
    """Every device of this account, and the phone that could be the next."""
    rows = "".join(_row(seen, seen.session.id == devices.session.id) for seen in devices.all())
    everywhere = '<button type="button" class="fl-button fl-plainly" data-post="/sign-out-everywhere">{}</button>'
    acts = button("pair", "Show a code for my phone") if devices.may_pair else ""
    if devices.session.way is not Way.KEY:
        acts += '<a class="fl-button fl-plainly" href="/password">Change password</a>'
        acts += everywhere.format("Sign out everywhere")
    if devices.may_pair:
        hint = "A phone comes in with a code from this page; it then has a session of its own."
    elif devices.reach:
        hint = "Sign in with your password to bring a phone in."
    else:
        hint = (
            "Only this machine can reach this page. To have it on your phone as well, set a password and start "
            "Flourish for your network: docs/accounts.md says how."
        )
    return section(
        "Where you are signed in",
        f'<ul class="fl-list">{rows}</ul><div class="fl-acts">{acts}</div>', id="devices", hint=hint,
    )  # fmt: skip


def _row(seen: Seen, here: bool) -> str:
    session = seen.session
    mark = '<span class="fl-state">this one</span>' if here else ""
    out = "" if here else button("end_session", "Sign out", id=session.id, name=f"Sign out {session.device}",
                                 style="fl-plainly")  # fmt: skip
    return (
        f'<li class="fl-row"><div><p class="fl-text">{esc(session.device or "A browser")} {mark}</p><p class="fl-meta">'
        f"<span>{WAYS[session.way]}</span><span>for {span(seen.open_for)}</span>"
        f'<span>last used {span(seen.idle_for)} ago</span></p></div><div class="fl-acts">{out}</div></li>'
    )


HOW = {By.PASSWORD: "with the password", By.PHONE: "with a code, as a phone", By.LINK: "by the printed link"}
SHOWN = 5


def came(entries: Sequence[SignIn], account: str) -> str:
    """Who signed in, who tried, and when the password changed: so that a stranger would be seen."""
    rows = [came_row(entry) for entry in entries]
    failed = sum(entry.came is Came.FAILED for entry in entries)
    hint = "The last ninety days. Seen by this account, and by whoever runs Flourish (flourish account log)."
    if failed:
        tries = f"{failed} attempt{'s' if failed > 1 else ''} with a wrong password"
        hint = f"{tries}: if that was not you, change the password. {hint}"
    return section("Who signed in", folded(rows, SHOWN, "earlier"), id="came", hint=hint)


def came_row(entry: SignIn, who: str = "") -> str:
    """One line of a log of sign-ins; `who` is named where it is of several accounts."""
    at = entry.at.astimezone()
    said = {
        Came.IN: f"Signed in {HOW[entry.by]}",
        Came.FAILED: '<span class="fl-late"><span aria-hidden="true">!</span> Wrong password</span>',
        Came.NEW_PASSWORD: "New password",
    }[entry.came]
    where = "".join(f"<span>{esc(part)}</span>" for part in (entry.device, entry.address) if part)
    whose = f"<strong>{esc(who)}</strong> · " if who else ""
    return (
        f'<li><p class="fl-text">{whose}{said}</p><p class="fl-meta">'
        f'<time datetime="{at.isoformat(timespec="minutes")}">'
        f"{day_words(at.date())}, {at:%H:%M}</time>{where}</p></li>"
    )


def code(link: str) -> str:
    """The code to hold a phone's camera to."""
    minutes = int(PAIRING_SECONDS // 60)
    return (
        '<section class="fl-card fl-front" tabindex="-1" aria-labelledby="fl-pairing"><h2 id="fl-pairing">On your phone'
        '</h2><p class="fl-hint">Hold your phone’s camera to this code and open the link. It signs one phone in, once, '
        f"within {minutes} minutes. Show it to nobody else.</p>{drawn(link, 'Code that signs your phone in')}"
        f'<details class="fl-more"><summary>Show the link instead</summary><p class="fl-text"><code>{esc(link)}</code>'
        "</p></details></section>"
    )
