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


@pytest.mark.parametrize(
    "private",
    [
        "His cough is better.", "He has been coughing and I do not like it.", "She had a cold all week.",
        "He has a fever again.", "She came in with a headache.", "His backache is no better.", "He walks with a limp.",
        "Er hustet seit Tagen.", "Ihr Husten ist besser.", "Sie hatte Fieber.", "Er ist erkältet.",
        "Sie klagt über Rückenschmerzen.", "Er humpelt.", "Tiene tos desde el lunes.",
        "Sigue tosiendo mucho por la mañana.",
        "Vino con fiebre.", "Está resfriada.", "Le duele la espalda.",
    ],
)  # fmt: skip
def test_everyday_symptoms_stay_out(private: str) -> None:
    assert is_sensitive(private)


@pytest.mark.parametrize(
    "work",
    [
        "They had to cough up the deposit.", "She has a cold room to clean.", "He made a cold call to the mill.",
        "Nerves were at fever pitch before the opening.", "The pump motor coughs when it starts.",
        "The rota gives us headaches every month.", "Der alte Motor hustet.", "Der Vergleich hinkt.",
        "Die Planung macht ihr Kopfschmerzen.", "La mesa cojea.", "La fiebre del oro es el tema de la obra.",
    ],
)  # fmt: skip
def test_words_that_sound_like_an_illness_are_read(work: str) -> None:
    assert not is_sensitive(work)
