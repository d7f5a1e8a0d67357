"""The eight pillars a good one-on-one touches."""

from enum import StrEnum

from assistant.domain.evidence import Facet


class Pillar(StrEnum):
    """What a question is for."""

    PASSION = "passion"
    TALENT = "talent"
    CUSTOMER = "customer"
    CONNECTION = "connection"
    GROWTH = "growth"
    OBSTACLES = "obstacles"
    FEEDBACK = "feedback"
    FOLLOW_UP = "follow_up"

    @property
    def code(self) -> str:
        """The three letters used in question ids."""
        return _CODES[self]

    @property
    def words(self) -> str:
        """The pillar in a sentence."""
        return self.value.replace("_", "-")


_CODES = {
    Pillar.PASSION: "PAS",
    Pillar.TALENT: "TAL",
    Pillar.CUSTOMER: "CUS",
    Pillar.CONNECTION: "CON",
    Pillar.GROWTH: "GRO",
    Pillar.OBSTACLES: "OBS",
    Pillar.FEEDBACK: "FBM",
    Pillar.FOLLOW_UP: "FOL",
}
PILLAR_OF_CODE = {code: pillar for pillar, code in _CODES.items()}
PILLAR_OF_FACET = {
    Facet.PASSION: Pillar.PASSION,
    Facet.TALENT: Pillar.TALENT,
    Facet.CUSTOMER_VALUE: Pillar.CUSTOMER,
}
