"""Which model on which server, and what a person reads when that is written wrongly."""

import pytest

from assistant.engines.llm.call import Call, Fault, ServerFault, Step
from assistant.engines.llm.door import Address, ChatWire, address_of
from assistant.errors import Invalid, NotInstalled

CALL = Call("probe", "probe@1", "s", "u", {"type": "object"})


@pytest.mark.parametrize(
    ("written", "url", "expected"),
    [
        ("openai:gpt-5-mini", "", ("openai", "gpt-5-mini", "https://api.openai.com/v1")),
        ("gpt-5-mini", "", ("openai", "gpt-5-mini", "https://api.openai.com/v1")),
        ("ollama:llama3.2", "", ("ollama", "llama3.2", "http://127.0.0.1:11434/v1")),
        ("ollama:llama3.2:3b", "", ("ollama", "llama3.2:3b", "http://127.0.0.1:11434/v1")),
        ("lmstudio:qwen3", "", ("lmstudio", "qwen3", "http://127.0.0.1:1234/v1")),
        ("vllm:org/model", "http://localhost:9000/v1/", ("vllm", "org/model", "http://localhost:9000/v1")),
        ("openai:x", "https://models.example.org/v1", ("openai", "x", "https://models.example.org/v1")),
        ("anthropic:claude", "", ("anthropic", "claude", "")),
    ],
)
def test_a_name_says_provider_model_and_address(written: str, url: str, expected: tuple[str, str, str]) -> None:
    found = address_of(written, url)
    assert (found.provider, found.model, found.url) == expected


@pytest.mark.parametrize(
    ("written", "url", "told"),
    [
        ("openai:", "", "names no model"),
        ("openai:x", "ftp://somewhere", "is no address"),
        ("openai:x", "localhost:11434", "is no address"),
        ("openai:x", "http://models.example.org/v1", "unencrypted"),
        ("openai:x", "http://127.0.0.1.example.org/v1", "unencrypted"),
        ("openai:x", "http://127.0.0.1@example.org/v1", "unencrypted"),
    ],
)
def test_what_cannot_be_is_refused_with_a_next_step(written: str, url: str, told: str) -> None:
    with pytest.raises(Invalid, match=told) as caught:
        address_of(written, url)
    assert caught.value.next


def test_the_key_is_kept_out_of_every_text_and_away_from_servers_it_is_not_for() -> None:
    address = address_of("openai:x", "", "sk-secret")
    assert address.key == "sk-secret"
    assert "sk-secret" not in f"{address!r} {address.server}"
    assert address_of("ollama:llama3.2", "", "sk-secret").key == ""
    assert address_of("openai:x", "https://user:pass@models.example.org/v1").server == "models.example.org"


def test_without_a_key_nothing_is_sent_to_a_server_that_wants_one() -> None:
    wire = ChatWire(address_of("openai:gpt-5-mini"))
    with pytest.raises(ServerFault) as caught, wire.stream(CALL, Step.TEXT, deadline=0.0, usage=False):
        pass
    assert caught.value.fault is Fault.NO_KEY


def test_a_provider_whose_package_is_missing_is_said_with_the_command_that_brings_it() -> None:
    with pytest.raises(NotInstalled, match="anthropic") as caught:
        ChatWire(Address("anthropic", "claude")).open()
    assert "pip install langchain-anthropic" in caught.value.next


def test_a_provider_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(Invalid, match="no provider 'carrier'") as caught:
        ChatWire(Address("carrier", "pigeon")).open()
    assert "ollama" in caught.value.next
