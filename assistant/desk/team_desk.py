"""All that a face may call about a manager's team as a whole, assembled in code from the notes of each alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.actions.tell_mix import tell_mix
from assistant.actions.tell_team import tell_team
from assistant.domain.mix import Mix
from assistant.domain.person import PersonId
from assistant.domain.team import Team

if TYPE_CHECKING:
    from assistant.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class TeamDesk:
    """The people of one desk, together."""

    desk: "Desk"

    def mix(self) -> Mix:
        """What the manager's own talks of the last half year were about."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return tell_mix(shelf, self.desk.library)

    def side_by_side(self, person_ids: Iterable[PersonId]) -> Team:
        """These people side by side, and where their notes meet."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return tell_team(shelf, person_ids)
