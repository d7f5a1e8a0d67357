"""The way files go out: everything about one person, or a whole account, as one ZIP for the browser that is signed in.

Nothing is written on this machine for it, and no copy stays.
"""

import asyncio
import zipfile
from io import BytesIO

from assistant.domain.account import AccountId, Role
from assistant.errors import FlourishError, Invalid, Unknown
from ui.export.folder import files_of, folder_name
from ui.web.guard import Receive, Scope, Send, said_in
from ui.web.openers import Openers
from ui.web.replies import Reply
from ui.web.sessions import Session
from ui.web.show_leaving import EXPORT as PATH

__all__ = ["PATH", "Exports"]


class Exports:
    """An ASGI app behind the guard that answers with a file to save."""

    def __init__(self, openers: Openers) -> None:
        self._openers = openers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request for an export."""
        said = said_in(scope)
        account, person = ((said.get(key) or [""])[0] for key in ("a", "p"))
        try:
            reply = await asyncio.to_thread(self._made, scope["flourish.session"], account, person)
        except FlourishError as error:
            reply = Reply(404, str(error))
        await reply.send(send)

    def _made(self, session: Session, named: str, person: str) -> Reply:
        """The file.

        Raises:
            Unknown: It is not this session's account, or there is no such person in it.
            Invalid: There is nobody on record.
        """
        known = next((a for a in self._openers.accounts() if a.id == named and a.active), None)
        if known is None or known.id not in session.accounts or Role.MANAGER not in known.roles:
            raise Unknown("There is no such account here.", next="Load the page again.")
        desk = self._openers.desk(AccountId(known.id))
        exported = desk.person(person).export() if person else desk.export()
        people = [row["id"] for row in exported.tables["person"]]
        if not people:
            raise Invalid("There is nobody on record.", next="Add somebody first.")
        folder = folder_name(desk.person(person).person.id if person else named, self._openers.today())
        body = BytesIO()
        with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, text in files_of(desk, people, exported).items():
                packed.writestr(f"{folder}/{name}", text)
        plain = folder.encode("ascii", "replace").decode().replace("?", "-")
        saved = (b"content-disposition", f'attachment; filename="{plain}.zip"'.encode())
        return Reply(200, body.getvalue(), "application/zip", (saved,))
