"""A thing of the work that is called by an illness is no private matter; a person's illness beside it still is."""

import pytest

from assistant.engines.offline.screen import is_sensitive


@pytest.mark.parametrize(
    "work",
    [
        "She noticed a diabetic tray with the wrong dessert before it left, stopped the belt and fixed it.",
        "Amina will write the allergen card for ward 4 by the end of November.",
        "He explained the stairlift to the dementia ward.",
        "She sat with the diabetic patients and their menus until each had chosen.",
        "Sie hat das Diabetikeressen noch am Band umgestellt.",
        "Er hat auf der Demenzstation die neue Klingel erklärt.",
        "Preparó la bandeja para diabéticos antes que las demás.",
    ],
)
def test_things_of_the_work_are_read(work: str) -> None:
    assert not is_sensitive(work)


@pytest.mark.parametrize(
    "private",
    [
        "Amina is diabetic and tires quickly.",
        "She was off sick, so the diabetic trays ran late.",
        "He fixed the diabetic tray; his own diabetes is worse, he said.",
        "Her mother is on the dementia ward since her stroke.",
        "Sie ist Diabetikerin und war krankgeschrieben, das Diabetikeressen machte Jonas.",
        "Estuvo enferma y la bandeja para diabéticos salió tarde.",
    ],
)
def test_what_is_private_beside_them_stays_private(private: str) -> None:
    assert is_sensitive(private)
