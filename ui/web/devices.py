"""Where one account is signed in, and the way for its phone: what the settings page may do with sessions, no more."""

from dataclasses import dataclass

from assistant.domain.account import AccountId
from assistant.errors import NotAllowed, Unknown
from ui.web.sessions import Seen, Session, Sessions, Way

PAIR = "/pair"


@dataclass(frozen=True, slots=True)
class Devices:
    """The sessions of one account, seen from one of them.

    Attributes:
        reach: Addresses under which other devices find this server; none when only this machine can reach it.
    """

    sessions: Sessions
    session: Session
    account: AccountId
    reach: tuple[str, ...] = ()

    @property
    def may_pair(self) -> bool:
        """Whether a phone could come in: others reach the server, and this browser came in with a password."""
        return bool(self.reach) and self.session.way is not Way.KEY

    def all(self) -> list[Seen]:
        """Where this account is signed in, newest first."""
        return self.sessions.of_account(self.account)

    def pairing_link(self) -> str:
        """An address that signs one phone in, once, within five minutes; an earlier unused one stops working.

        Raises:
            NotAllowed: No phone could come in.
        """
        if not self.may_pair:
            raise NotAllowed(
                "A phone cannot reach this page yet.", next="Start it so that it can: docs/accounts.md says how."
            )
        return f"{self.reach[0]}{PAIR}?key={self.sessions.pairing_key(self.account, self.session.stamp)}"

    def end(self, session_id: str) -> None:
        """Sign one device out.

        Raises:
            Unknown: This account is not signed in there.
        """
        if not any(seen.session.id == session_id for seen in self.all()):
            raise Unknown("Nobody is signed in there any more.", next="Load the page again.")
        self.sessions.end(session_id)
