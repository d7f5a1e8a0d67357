"""What stands around every page: the way about, whose desk it is, and the head that says where one is."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain.account import Account, Role
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person
from ui.web.place import PAGES, VIEWS, Place
from ui.web.show import count, esc, when

NAV = ("today", "chat", "people", "write", "plans", "team", "library", "coach", "accounts", "settings")
ON_PHONE = 4  # the rest waits behind "More"
QUICK = 12  # people in the sidebar; the rest is on their page


def link(place: Place, label: str, *, style: str = "", here: bool = False, name: str = "") -> str:
    """A link to another place; opens in a second tab like any other."""
    current = ' aria-current="page"' if here else ""
    spoken = f' aria-label="{esc(name)}"' if name else ""
    return f'<a href="{esc(place.query)}" class="{style}"{current}{spoken}>{label}</a>'


def pages_of(roles: Collection[Role], *, alone: bool = False, shared: bool = True) -> tuple[str, ...]:
    """The pages an account has: a manager's desk, a coach's bench, the accounts of a home, or several of them.

    Args:
        roles: What the account may do.
        alone: Whether it is the only one of its home, which has no accounts to look after.
        shared: Whether anything was ever handed to a coach; one who is alone has no use for the bench before.
    """
    own = {
        "coach": Role.COACH in roles and (shared or not alone),
        "accounts": Role.ADMIN in roles and not alone,
        "settings": bool(roles),
    }
    return tuple(key for key in NAV if own.get(key, Role.MANAGER in roles))


def first_page(roles: Collection[Role]) -> str:
    """The page an account begins with."""
    return "today" if Role.MANAGER in roles else "coach" if Role.COACH in roles else "accounts"


def nav(
    place: Place, rows: Sequence[PersonRow], foot: str, today: date, pages: Sequence[str] = pages_of({Role.MANAGER})
) -> str:
    """The sidebar; on a phone the bar at the bottom. Only the pages that this account has."""
    here = {"person": "people"}.get(place.page, place.page)
    items = [_item(place, key, here) for key in pages]
    head, rest = "".join(items[:ON_PHONE]), "".join(items[ON_PHONE:])
    more = (
        f'<li class="fl-on-phone"><details class="fl-rest"><summary><span class="fl-icon fl-i-more" aria-hidden="true">'
        f"</span>More</summary><ul>{rest}</ul></details></li>"
        if rest
        else ""
    )
    wide = rest.replace('class="fl-place"', 'class="fl-place fl-on-desk"')
    brand = link(
        Place(place.account), '<span class="fl-leaf" aria-hidden="true"></span>Flourish', style="fl-mark"
    )  # fmt: skip
    return (
        f'<div class="fl-side">{brand}<nav class="fl-nav" aria-label="Pages"><ul>{head}{wide}{more}</ul></nav>'
        f"{_quick(place, rows)}{foot}</div>"
    )


def _item(place: Place, key: str, here: str) -> str:
    icon = f'<span class="fl-icon fl-i-{key}" aria-hidden="true"></span>'
    inner = link(Place(place.account, key), icon + PAGES[key], style="fl-goes", here=key == here)
    return f'<li class="fl-place">{inner}</li>'


def _quick(place: Place, rows: Sequence[PersonRow]) -> str:
    """Everybody at one click, while they are few."""
    if not rows:
        return ""
    made = "".join(_quick_row(place, row) for row in rows[:QUICK])
    more = (
        f"<li>{link(Place(place.account, 'people'), f'All {len(rows):,} people', style='fl-all')}</li>"
        if len(rows) > QUICK
        else ""
    )
    return f'<nav class="fl-quick" aria-label="Your people"><h2>Your people</h2><ul>{made}{more}</ul></nav>'


def _quick_row(place: Place, row: PersonRow) -> str:
    owed = f'<span class="fl-owed"><span class="fl-sr">you owe </span>{row.mine_open}</span>' if row.mine_open else ""
    target = replace(Place(place.account, "person", row.person.id), view=place.view)
    here = row.person.id == place.person
    return (
        f"<li>{link(target, f'<span>{esc(row.person.name)}</span>{owed}', style='fl-person fl-goes', here=here)}</li>"
    )


def foot(banner: str, accounts: Sequence[Account], chosen: str, *, leaves: bool = False) -> str:
    """Whose desk it is, what home, and the way out; in the sample one may sit at another manager's."""
    home = f'<p class="fl-banner">{esc(banner)}</p>' if banner else ""
    if len(accounts) > 1:
        options = "".join(
            f'<option value="{esc(Place(a.id, first_page(a.roles)).query)}"{" selected" if a.id == chosen else ""}>'
            f"{esc(a.name)}</option>"
            for a in accounts
        )
        who = f'<label class="fl-desk">Desk of <select data-do="go">{options}</select></label>'
    else:
        who = "".join(f'<p class="fl-desk">{esc(a.name)}</p>' for a in accounts)
    out = '<button type="button" class="fl-leave" data-post="/sign-out">Sign out</button>' if leaves else ""
    return f'<div class="fl-foot">{home}{who}{out}</div>'


def marks(place: Place, title: str) -> str:
    """What the browser reads of a page: its address and its title."""
    return f'data-place="{esc(place.query)}" data-title="{esc(title)} · Flourish"'


def head(place: Place, title: str, said: str = "", acts: str = "") -> str:
    """The head of a page that is about nobody in particular."""
    lead = f'<p class="fl-lead">{said}</p>' if said else ""
    return (
        f'<header class="fl-head" {marks(place, title)}><div><h1 tabindex="-1">{esc(title)}</h1>{lead}</div>'
        f'<div class="fl-acts">{acts}</div></header>'
    )


def scope_bar(person: Person, place: Place, today: date, notes: int) -> str:
    """Which person and which day everything below is about, and what can be looked at."""
    role = f'<span class="fl-role">{esc(person.role)}</span>' if person.role else ""
    tabs = "".join(
        link(replace(place, view=key, item=""), label, style="fl-goes", here=key == place.view)
        for key, label in VIEWS.items()
    )
    facts = f"<span>{count(notes, 'note')}</span><span>as of {when(today)}</span>"
    chat = link(Place(place.account, "chat", person.id), "Chat", style="fl-button", name=f"Chat about {person.name}")
    write = link(
        Place(place.account, "write", person.id), "Write", style="fl-button", name=f"Write about {person.name}"
    )
    back = link(Place(place.account, "people"), '<span aria-hidden="true">‹</span> People', style="fl-back")
    return (
        f'<header class="fl-scope" {marks(place, f"{person.name}, {VIEWS[place.view].lower()}")}>{back}'
        f'<div class="fl-who"><h1 tabindex="-1">{esc(person.name)}</h1>{role}<span class="fl-facts">{facts}</span>'
        f'<span class="fl-acts">{chat}{write}</span></div>'
        f'<nav class="fl-tabs" aria-label="About {esc(person.first_name)}">{tabs}</nav></header>'
    )
