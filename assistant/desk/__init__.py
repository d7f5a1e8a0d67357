"""All that a face may call for a manager. Bound to one account and one day."""

from assistant.desk.desk import Desk
from assistant.desk.own_desk import OwnDesk, faults_of
from assistant.desk.person_desk import PersonDesk
from assistant.desk.put_back_desk import put_back

__all__ = ["Desk", "OwnDesk", "PersonDesk", "faults_of", "put_back"]
