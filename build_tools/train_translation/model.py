"""A Marian model and the loss it is trained with.

Imports torch and transformers. The parameters are those of ``MarianMTModel``; the forward pass is
written out, because a few plain matrix products over fixed shapes are what the compiler is fast
with. A test holds it against the class's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import MarianConfig, MarianMTModel

from build_tools.train_translation.vocabulary import EOS, PAD


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a model."""

    vocabulary: int
    width: int = 256
    feed_forward: int = 1024
    encoder_layers: int = 6
    decoder_layers: int = 2
    heads: int = 8
    positions: int = 256


def new_model(shape: Shape, seed: int) -> MarianMTModel:
    """Return a Marian model with random weights; deeper layers start with smaller ones."""
    torch.manual_seed(seed)
    config = MarianConfig(
        vocab_size=shape.vocabulary,
        decoder_vocab_size=shape.vocabulary,
        d_model=shape.width,
        encoder_ffn_dim=shape.feed_forward,
        decoder_ffn_dim=shape.feed_forward,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        max_position_embeddings=shape.positions,
        activation_function="swish",
        dropout=0.0,
        attention_dropout=0.0,
        activation_dropout=0.0,
        scale_embedding=True,
        share_encoder_decoder_embeddings=True,
        tie_word_embeddings=True,
        pad_token_id=PAD,
        eos_token_id=EOS,
        forced_eos_token_id=None,
        decoder_start_token_id=PAD,
        init_std=0.02,
    )
    model = MarianMTModel(config)
    for name, parameter in model.named_parameters():
        if ".layers." in name and parameter.ndim == 2:
            nn.init.xavier_uniform_(parameter)
    nn.init.normal_(model.get_input_embeddings().weight, std=shape.width**-0.5)
    generation = model.generation_config
    generation.bad_words_ids = [[PAD]]
    generation.num_beams = 1
    generation.max_length = shape.positions
    return model


def grow(model: MarianMTModel, encoder_layers: int) -> MarianMTModel:
    """Return a copy with each encoder layer doubled in place until there are ``encoder_layers``.

    Progressive stacking (Gong et al. 2019): shallow models learn faster per second.
    """
    config = MarianConfig.from_dict(model.config.to_dict())
    before = config.encoder_layers
    config.encoder_layers = encoder_layers
    taller = MarianMTModel(config)
    taller.generation_config = model.generation_config
    state = model.state_dict()
    for name in taller.state_dict():
        if not name.startswith("model.encoder.layers."):
            continue
        parts = name.split(".")
        parts[3] = str(int(parts[3]) * before // encoder_layers)
        state[name] = model.state_dict()[".".join(parts)]
    taller.load_state_dict(state)
    return taller


class TranslationLoss(nn.Module):
    """Label-smoothed cross-entropy of a Marian model, over real target tokens only."""

    def __init__(self, model: MarianMTModel, smoothing: float) -> None:
        super().__init__()
        self.model = model
        self.smoothing = smoothing

    def forward(
        self, source: Tensor, target: Tensor, where: Tensor, wanted: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return (loss to minimise, plain cross-entropy), means over the target tokens.

        ``source`` and ``target`` int64 [B, S] and [B, T], padded; ``target`` begins with the
        decoder's start. ``where`` int64 [N] are flat places in [B·T], ``wanted`` int64 [N] the
        tokens to say there; places that only fill up N have ``wanted`` -100.
        """
        hidden = self.decode(target, self.encode(source), source)
        picked = hidden.reshape(-1, hidden.shape[-1])[where]
        logits = functional.linear(picked, self.model.model.shared.weight).float()
        real = wanted >= 0
        count = real.sum()
        normaliser = logits.logsumexp(-1)
        said = logits.gather(1, wanted.clamp(min=0)[:, None])[:, 0]
        plain = ((normaliser - said) * real).sum() / count
        if not self.smoothing:
            return plain, plain
        even = ((normaliser - logits.mean(-1)) * real).sum() / count
        return (1 - self.smoothing) * plain + self.smoothing * even, plain

    def encode(self, source: Tensor) -> Tensor:
        """Return the encoder's output [B, S, width]."""
        encoder = self.model.model.encoder
        keys = (source != PAD)[:, None, None, :]
        states = self._embed(source, encoder.embed_positions.weight)
        for layer in encoder.layers:
            mixed = self._attend(layer.self_attn, states, states, keys, causal=False)
            states = layer.self_attn_layer_norm(states + mixed)
            states = layer.final_layer_norm(states + self._feed(layer, states))
        return states

    def decode(self, target: Tensor, memory: Tensor, source: Tensor) -> Tensor:
        """Return the decoder's output [B, T, width]."""
        decoder = self.model.model.decoder
        keys = (source != PAD)[:, None, None, :]
        states = self._embed(target, decoder.embed_positions.weight)
        for layer in decoder.layers:
            mixed = self._attend(layer.self_attn, states, states, None, causal=True)
            states = layer.self_attn_layer_norm(states + mixed)
            mixed = self._attend(layer.encoder_attn, states, memory, keys, causal=False)
            states = layer.encoder_attn_layer_norm(states + mixed)
            states = layer.final_layer_norm(states + self._feed(layer, states))
        return states

    def _embed(self, ids: Tensor, positions: Tensor) -> Tensor:
        scale = self.model.config.d_model**0.5
        words = functional.embedding(ids, self.model.model.shared.weight) * scale
        return self._dropped(words + positions[: ids.shape[1]])

    def _feed(self, layer: nn.Module, states: Tensor) -> Tensor:
        return self._dropped(layer.fc2(functional.silu(layer.fc1(states))))

    def _attend(
        self, part: Any, states: Tensor, others: Tensor, keys: Tensor | None, *, causal: bool
    ) -> Tensor:
        def heads(values: Tensor) -> Tensor:
            return values.unflatten(-1, (part.num_heads, -1)).transpose(1, 2)

        query = heads(part.q_proj(states))
        key, value = heads(part.k_proj(others)), heads(part.v_proj(others))
        scores = (query @ key.transpose(-1, -2)).float() * part.head_dim**-0.5
        if keys is not None:
            scores = scores.masked_fill(~keys, -1e4)
        if causal:
            length = scores.shape[-1]
            later = torch.ones(length, length, dtype=torch.bool, device=scores.device).triu(1)
            scores = scores.masked_fill(later, -1e4)
        mixed = scores.softmax(-1).to(value.dtype) @ value
        return self._dropped(part.out_proj(mixed.transpose(1, 2).flatten(2)))

    def _dropped(self, values: Tensor) -> Tensor:
        chance = self.model.config.dropout
        return functional.dropout(values, chance, self.training) if chance else values
