"""A LangChain chain over our parts gives what our ports give."""

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda, RunnablePassthrough
from langchain_core.vectorstores import InMemoryVectorStore

from assistant.errors import Unknown
from assistant.ports.records import Records
from knowledge.embedding.local import LocalEmbedder
from knowledge.search.langchain import EmbeddingsAdapter, NoteRetriever
from knowledge.search.notes import ExactNoteSearch
from tests.knowledge.search.home import ADA, ME, TODAY, ZOE

QUESTIONS = ["who taught the apprentice", "what is due by mid July", "praise in January", "would they miss us"]


def joined(documents: list[Document]) -> list[tuple[str, str, float]]:
    return [(d.metadata["note_id"], d.page_content, d.metadata["score"]) for d in documents]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_chain_over_the_retriever_finds_what_the_port_finds(
    question: str, records: Records, search: ExactNoteSearch
) -> None:
    retriever = NoteRetriever(records=records, search=search, account=ME, today=TODAY, person_id=ADA.id, limit=4)
    chain = {"found": retriever | RunnableLambda(joined), "asked": RunnablePassthrough()} | RunnableLambda(dict)
    with records.reading(ME, TODAY) as shelf:
        found = search.find(shelf, question, person=ADA, limit=4)
    wanted = [(hit.note.id, hit.quote.text, hit.score) for hit in found.hits]
    assert chain.invoke(question) == {"found": wanted, "asked": question}


def test_the_retriever_reaches_no_other_account(records: Records, search: ExactNoteSearch) -> None:
    everybody = NoteRetriever(records=records, search=search, account=ME, today=TODAY, limit=50)
    assert {d.metadata["person_id"] for d in everybody.invoke("Zoe loves baking rye")} == {"ada", "bo"}
    foreign = NoteRetriever(records=records, search=search, account=ME, today=TODAY, person_id=ZOE.id)
    with pytest.raises(Unknown):
        foreign.invoke("rye")


def test_embeddings_are_the_embedders_and_serve_a_langchain_store(embedder: LocalEmbedder) -> None:
    adapter = EmbeddingsAdapter(embedder)
    texts = ["a warm oven", "ships at sea"]
    assert adapter.embed_documents(texts) == [list(v) for v in embedder.embed(texts)]
    assert adapter.embed_query("a warm oven") == adapter.embed_documents(texts)[0]
    store = InMemoryVectorStore(adapter)
    store.add_texts(texts)
    retriever = store.as_retriever(search_kwargs={"k": 1})
    (nearest,) = (retriever | RunnableLambda(lambda documents: [d.page_content for d in documents])).invoke("baking")
    assert nearest == "a warm oven"
