"""The encoder with neighbour vectors and two heads, and its loss on packed batches.

Imports torch and transformers, nothing of ``assistant``. The text does not see the hypothesis, the
hypothesis sees both: so in training one text serves many hypotheses.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import ModernBertConfig, ModernBertModel

from build_tools.finetune.records import CALM, ENTAILMENT, NOT_ENTAILMENT
from build_tools.finetune.vectors import BUCKETS, PRIME, STRIDE, WIDTH

_FAR = -1e4
_LIFT_SHARE = 0.3
"""Size of the neighbour vectors beside the token embeddings they are added to, at the start."""
SIDES = 3
"""Columns of the sentiment head: NEGATIVE, POSITIVE, CALM."""


class Understander(nn.Module):
    """Sentiment of texts and inference of pairs."""

    def __init__(self, config: ModernBertConfig, cls_id: int) -> None:
        super().__init__()
        self.encoder = ModernBertModel(config)
        self.cls_id = cls_id
        size = config.hidden_size
        self.neighbours = nn.Embedding(BUCKETS, WIDTH)
        self.lift = nn.Linear(WIDTH, size, bias=False)
        self.part = nn.Embedding(2, size)
        nn.init.zeros_(self.part.weight)
        self.sentiment = nn.Sequential(nn.Linear(2 * size, size), nn.GELU(), nn.Linear(size, SIDES))
        self.entailment = nn.Sequential(
            nn.Linear(2 * size + WIDTH, size), nn.GELU(), nn.Linear(size, 3)
        )

    def start(self, vectors: Tensor) -> None:
        """Take the neighbour vectors, and lift them to a fixed share of the embeddings."""
        with torch.no_grad():
            self.neighbours.weight.copy_(vectors)
            wanted = self.encoder.embeddings.tok_embeddings.weight.std() * _LIFT_SHARE
            found = vectors[vectors.abs().sum(1) > 0].std()
            nn.init.normal_(self.lift.weight, std=float(wanted / found / WIDTH**0.5))

    def near(self, ids: Tensor) -> Tensor:
        """Return the vector of each token with its left neighbour, [rows, tokens, WIDTH]."""
        left = torch.cat([torch.zeros_like(ids[:, :1]), ids[:, :-1]], dim=1)
        buckets = 1 + (left * STRIDE + ids) % PRIME
        return self.neighbours(torch.where(ids == self.cls_id, 0, buckets))

    def hidden(
        self, ids: Tensor, positions: Tensor, parts: Tensor, mask: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return the encoder's output and the neighbour vectors; ``mask`` is added to scores."""
        near = self.near(ids)
        embedded = self.encoder.embeddings.tok_embeddings(ids) + self.lift(near)
        embedded = embedded + self.part((parts > 0).long())
        masks = {"full_attention": mask, "sliding_attention": mask}
        output = self.encoder(inputs_embeds=embedded, position_ids=positions, attention_mask=masks)
        return output.last_hidden_state, near

    def judge(self, first: Tensor, mean: Tensor) -> Tensor:
        """Return sentiment logits [n, 3] of [CLS] and the mean of the text."""
        return self.sentiment(torch.cat([first, mean], dim=-1))

    def infer(self, last: Tensor, mean: Tensor, near_text: Tensor, near_own: Tensor) -> Tensor:
        """Return inference logits [n, 3] of the final [SEP], the mean, and the two subjects."""
        common = normalised(near_text) * normalised(near_own) * WIDTH**0.5
        return self.entailment(torch.cat([last, mean, common], dim=-1))


def normalised(vectors: Tensor) -> Tensor:
    """Return ``vectors`` at length 1 (or about 0)."""
    return vectors / (vectors.square().sum(-1, keepdim=True) + 1e-6).sqrt()


class PackedHidden(nn.Module):
    """The part of the work that is compiled: fixed shapes in, hidden states out."""

    def __init__(self, model: Understander) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, ids: Tensor, positions: Tensor, owners: Tensor, parts: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return hidden states and neighbour vectors of packed rows."""
        same = owners[:, :, None] == owners[:, None, :]
        seen = same & ((parts[:, None, :] == 0) | (parts[:, :, None] == parts[:, None, :]))
        mask = torch.zeros(seen.shape, device=ids.device).masked_fill(~seen, _FAR)[:, None]
        return self.model.hidden(ids, positions, parts, mask)


@dataclass(frozen=True, slots=True)
class Outputs:
    """Logits of a batch: ``sentiment`` [texts, 3], ``inference`` [pairs, 3]."""

    sentiment: Tensor
    inference: Tensor


def outputs(
    model: Understander, hidden: Tensor, near: Tensor, spans: Tensor, texts: Tensor, pairs: Tensor
) -> Outputs:
    """Pool the spans and run the heads, in FP32."""
    flat = hidden.float().flatten(0, 1)
    means = _means(flat, spans)
    subjects = _means(near.float().flatten(0, 1), spans)
    return Outputs(
        model.judge(flat[texts[:, 1]], means[texts[:, 0]]),
        model.infer(
            flat[pairs[:, 1]], means[pairs[:, 0]], subjects[pairs[:, 2]], subjects[pairs[:, 0]]
        ),
    )


def _means(flat: Tensor, spans: Tensor) -> Tensor:
    where = spans.flatten()
    count = int(where.max()) + 1
    sums = torch.zeros(count, flat.shape[1], device=flat.device).index_add(0, where, flat)
    sizes = torch.bincount(where, minlength=count).clamp(min=1)
    return sums / sizes[:, None]


def losses(
    found: Outputs, sentiments: Tensor, of_three: Tensor, pairs: Tensor, lists: Tensor
) -> dict[str, Tensor]:
    """Return the mean loss of each kind of question that the batch holds."""
    terms = sentiment_losses(found.sentiment, sentiments, of_three)
    if not len(pairs):
        return terms
    each = inference_loss(found.inference, pairs[:, 3])
    listed = torch.zeros(len(pairs), dtype=torch.bool, device=pairs.device)
    listed[lists[lists >= 0]] = True
    if listed.any():
        scores = found.inference[:, ENTAILMENT][lists.clamp(min=0)]
        scores = scores.masked_fill(lists < 0, float("-inf"))
        terms["ranking"] = -scores.log_softmax(-1)[:, 0].mean()
        terms["labels"] = each[listed].mean()
    if not listed.all():
        terms["inference"] = each[~listed].mean()
    return terms


def sentiment_losses(logits: Tensor, wanted: Tensor, of_three: Tensor) -> dict[str, Tensor]:
    """Return the mean losses of ``wanted`` [texts], −1 where nothing is known.

    ``of_three`` [texts] tells whose judgement chose among all three; of the others only the two
    sides are compared, or, where they are calm, calm is asked for.
    """
    calm = (wanted == CALM) & ~of_three
    chosen = {"polarity": (wanted >= 0) & of_three, "sentiment": (wanted >= 0) & ~of_three & ~calm}
    terms: dict[str, Tensor] = {}
    for name, rows in {**chosen, "calm": calm}.items():
        if rows.any():
            compared = logits[rows][:, : CALM if name == "sentiment" else SIDES]
            terms[name] = nn.functional.cross_entropy(compared, wanted[rows])
    return terms


def inference_loss(logits: Tensor, classes: Tensor) -> Tensor:
    """Return the loss of each pair; NOT_ENTAILMENT asks for either of the other two classes."""
    log_probs = logits.log_softmax(-1)
    rest = torch.logsumexp(log_probs[:, ENTAILMENT + 1 :], dim=-1)
    chances = torch.cat([log_probs, rest[:, None]], dim=-1)
    assert chances.shape[1] == NOT_ENTAILMENT + 1
    return -chances.gather(1, classes[:, None])[:, 0]
