"""Our search and our embedder as LangChain's standard parts. Thin: the ranking is ours, word for word.

For people who build chains around Flourish; nothing inside Flourish goes through here. LangChain's classes are base
classes, so this file opens its door when it is imported; import it late.
"""

from datetime import date

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from assistant.domain.account import AccountId
from assistant.domain.person import PersonId
from assistant.ports.outside import Embedder, NoteSearch
from assistant.ports.records import Records


class EmbeddingsAdapter(Embeddings):
    """An embedder of ours where LangChain wants `Embeddings`."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One unit vector for each text."""
        return [list(vector) for vector in self._embedder.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The unit vector of one text."""
        return list(self._embedder.embed([text])[0])


class NoteRetriever(BaseRetriever):
    """One account's notes on one day where LangChain wants a retriever.

    A document's text is the passage, word for word; its metadata holds note_id, person_id, date, kind, score and
    whether the whole answer is weak.

    Attributes:
        records, search: Ours.
        account: Whose notes; the retriever can reach no others.
        today: The day of the view.
        person_id: Whose notes only; None for everybody's.
        limit: How many documents at most.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    records: SkipValidation[Records]
    search: SkipValidation[NoteSearch]
    account: AccountId
    today: date
    person_id: PersonId | None = None
    limit: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        with self.records.reading(self.account, self.today) as shelf:
            person = shelf.people.get(self.person_id) if self.person_id else None
            found = self.search.find(shelf, query, person=person, limit=self.limit)
        return [
            Document(
                page_content=hit.quote.text,
                metadata={
                    "note_id": hit.note.id,
                    "person_id": hit.note.person_id,
                    "date": hit.note.day.isoformat(),
                    "kind": hit.note.kind.value,
                    "score": hit.score,
                    "weak": found.weak,
                },
            )
            for hit in found.hits
        ]
