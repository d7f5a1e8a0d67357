import pytest

from assistant.errors import PromptError
from assistant.prompting import LANGUAGES, Prompt, offline_language, offline_words
from tests.prompt_lock import locked, words

PROMPT = '+++\nname = "ask"\nversion = 3\nvariables = ["facet", "name"]\n+++\nAsk about the $facet of $name.\n'


def test_changed_words_need_a_new_version() -> None:
    assert len(words()) >= 5
    assert words() == locked(), "run `python -m tests.prompt_lock` after raising the version"


def test_a_prompt_fills_declared_variables_and_nothing_else() -> None:
    prompt = Prompt.parse(PROMPT, "ask.md")
    assert prompt.render(facet="talent", name="$facet {Dana}") == "Ask about the talent of $facet {Dana}.\n"
    with pytest.raises(PromptError, match="was given"):
        prompt.render(facet="talent")
    with pytest.raises(PromptError, match="was given"):
        prompt.render(facet="talent", name="Dana", mood="good")


@pytest.mark.parametrize(
    "raw", ["no head", "+++\nname = 'x'\n+++\nwords", PROMPT.replace("$facet", "$mood"), PROMPT.replace("= 3", "= = 3")]
)
def test_a_broken_prompt_is_refused_by_name(raw: str) -> None:
    with pytest.raises(PromptError, match=r"ask\.md"):
        Prompt.parse(raw, "ask.md")


def test_english_is_complete_and_another_language_falls_back_visibly() -> None:
    english = {name.split("/")[2] for name in words() if name.startswith("offline/en/")}
    for language in LANGUAGES:
        others = {name.split("/")[2] for name in words() if name.startswith(f"offline/{language}/")}
        assert others <= english
    assert offline_language("chat", "fr") == "en"
    assert offline_words("chat", "fr") == offline_words("chat", "en")
    with pytest.raises(PromptError, match="Reinstall"):
        offline_words("no_such_file")
