"""The training loop of the translation model.

Imports torch, nothing of ``assistant``. Every file it writes lies below the run's folder:
``checkpoint.pt`` (goes on to the step), ``constant.pt`` (the last one before the decay),
``model/`` (a Marian folder), ``models/`` (one for each checkpoint, to average), ``metrics.csv``.
"""

from __future__ import annotations

import csv
import datetime as dt
import time
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import MarianMTModel

from build_tools.precision import autocast
from build_tools.pretrain.optimiser import MuonAdamW
from build_tools.pretrain.schedule import schedule_of
from build_tools.stopping import Stopping
from build_tools.train_translation.batches import Batch, BatchStream
from build_tools.train_translation.checkpoint import State, load_state, save_model, save_state
from build_tools.train_translation.config import RunConfig
from build_tools.train_translation.decode import quick_bleu
from build_tools.train_translation.layout import check_vocabulary, training_model
from build_tools.train_translation.model import Shape, TranslationLoss, grow, new_model
from build_tools.train_translation.shards import load_shards, read_listing
from build_tools.train_translation.vocabulary import PAD

COLUMNS = ("step", "tokens", "minutes", "learning_rate", "loss", "tokens_per_second")
# A resumed run reads other batches if one of these differs.
_FIXED = ("tokens", "seed", "prepared")
_KEPT_MODELS = 4


class Trainer:
    """One run in one process."""

    def __init__(self, config: RunConfig) -> None:
        """Load model, data and, if there is one, the checkpoint.

        Raises ValueError when data and checkpoint do not belong together.
        """
        self.config, self.out = config, Path(config.out)
        self.out.mkdir(parents=True, exist_ok=True)
        torch.set_num_threads(config.threads)
        prepared = Path(config.prepared)
        self._tokenizer_folder = prepared / "tokenizer"
        self._tokenizer = Tokenizer.from_file(str(self._tokenizer_folder / "tokenizer.json"))
        self._sources = read_listing(prepared / "shards")["sources"]
        self._step = self._tokens = 0
        self._minutes = 0.0
        self._stopping = Stopping()
        self._schedule = schedule_of(config, dt.datetime.now())
        self._model = self._first_model()
        self._net = TranslationLoss(self._model.to(config.device), config.smoothing).train()
        self._optimiser = MuonAdamW(
            self._net,
            learning_rate=config.learning_rate,
            weight_decay=config.weight_decay,
            muon_steps=config.muon_steps,
        )
        self._stream = BatchStream(
            load_shards(prepared / "shards"), tokens=config.tokens, seed=config.seed
        )
        self._restore()
        self._clear_padding()
        self._run = torch.compile(self._net, dynamic=True) if config.compile else self._net

    def _first_model(self) -> MarianMTModel:
        config = self.config
        if config.init:
            check_vocabulary(Path(config.init), self._tokenizer_folder)
            model = training_model(config.init)
            if model.config.encoder_layers < config.encoder_layers:
                return grow(model, config.encoder_layers)
            return model
        shape = Shape(
            vocabulary=self._tokenizer.get_vocab_size(),
            width=config.width,
            feed_forward=config.feed_forward,
            encoder_layers=config.encoder_layers,
            decoder_layers=config.decoder_layers,
            heads=config.heads,
        )
        return new_model(shape, config.seed)

    def _restore(self) -> None:
        own = self.out / "checkpoint.pt"
        path = own if own.exists() else self.config.resume and Path(self.config.resume)
        if not path:
            return
        state = load_state(path)
        mine = self.config.to_json()
        changed = [name for name in _FIXED if state.config[name] != mine[name]]
        if changed:
            raise ValueError(f"{path} was made with other {', '.join(changed)}: use its model")
        self._model.load_state_dict(state.model)
        self._optimiser.load_state_dict(state.optimiser)
        torch.set_rng_state(state.generator)
        self._step, self._tokens, self._minutes = state.step, state.tokens, state.minutes
        self._schedule.progress = state.progress
        self._stream.place = state.place

    def run(self) -> None:
        """Train until the schedule ends or SIGTERM or Ctrl+C comes, which finish the step."""
        self.config.save(self.out / "config.json")
        with self._stopping:
            if not self._schedule.finished(self._step):
                self._train()

    def _train(self) -> None:
        saved = logged = time.monotonic()
        seen, total = 0, 0.0
        decaying = self._schedule.progress > 0.0
        for batch in self._stream:
            begin = time.monotonic()
            rate = self._schedule.rate(self._step)
            total += float(self._learn(batch, rate)) * batch.real_tokens
            seen += batch.real_tokens
            now = time.monotonic()
            self._schedule.advance(self._step, now - begin, dt.datetime.now())
            self._step += 1
            self._minutes += (now - begin) / 60
            self._tokens += batch.real_tokens
            over = self._schedule.finished(self._step) or self._stopping.asked
            if over or now - logged > self.config.log_seconds:
                self._log(rate, total / seen, seen / (now - logged))
                logged, seen, total = now, 0, 0.0
            begins = not decaying and self._schedule.decaying(self._step, dt.datetime.now())
            if over or begins or now - saved > self.config.checkpoint_minutes * 60:
                self._save("constant.pt" if begins else None)
                saved = time.monotonic()
            decaying = decaying or begins
            if over:
                return

    def _learn(self, batch: Batch, rate: float) -> Tensor:
        parts = (batch.source, batch.target, batch.where, batch.wanted)
        inputs = [torch.from_numpy(part).to(self.config.device) for part in parts]
        with autocast(self.config.device):
            loss, plain = self._run(*inputs)
        loss.backward()
        self._optimiser.step(rate, self.config.clip)
        self._clear_padding()
        return plain.detach()

    @torch.no_grad()
    def _clear_padding(self) -> None:
        """Keep the padding's embedding zero: Marian begins to write from nothing.

        CTranslate2 does not even read that row, which stands where the decoder starts.
        """
        next(self._model.get_input_embeddings().parameters())[PAD].zero_()

    def _log(self, rate: float, loss: float, speed: float) -> None:
        values = (self._step, self._tokens, self._minutes, rate, loss, speed)
        path = self.out / "metrics.csv"
        fresh = not path.exists()
        with path.open("a", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            if fresh:
                writer.writerow(COLUMNS)
            writer.writerow([f"{value:.6g}" for value in values])
        place = self._stream.place
        print(
            f"{dt.datetime.now():%H:%M} step {self._step} · epoch {place.epoch} · "
            f"{self._tokens / 1e6:.2f} M tokens · loss {loss:.3f} · rate {rate:.2e} · "
            f"{speed:,.0f} tokens/s",
            flush=True,
        )

    def _save(self, also: str | None) -> None:
        state = State(
            step=self._step,
            tokens=self._tokens,
            minutes=self._minutes,
            progress=self._schedule.progress,
            place=self._stream.place,
            model=self._model.state_dict(),
            optimiser=self._optimiser.state_dict(),
            generator=torch.get_rng_state(),
            config=self.config.to_json(),
        )
        for name in filter(None, ("checkpoint.pt", also)):
            save_state(self.out / name, state)
        training: dict[str, Any] = {
            "step": self._step,
            "target_tokens": self._tokens,
            "minutes": round(self._minutes, 1),
            "epoch": self._stream.place.epoch,
            "config": self.config.to_json(),
            "sources": self._sources,
        }
        if self.config.development and self.config.bleu_sentences:
            training["quick_bleu"] = self._quick_bleu()
        save_model(self.out / "model", self._model, self._tokenizer_folder, training)
        numbered = self.out / "models" / f"{self._step:07d}"
        numbered.parent.mkdir(exist_ok=True)
        save_model(numbered, self._model, self._tokenizer_folder, training)
        self._forget_old(numbered.parent)

    def _forget_old(self, folder: Path) -> None:
        for old in sorted(folder.iterdir())[:-_KEPT_MODELS]:
            for file in old.iterdir():
                file.unlink()
            old.rmdir()

    def _quick_bleu(self) -> dict[str, float]:
        self._model.eval()
        folder = Path(self.config.development or "")
        found = quick_bleu(self._model, self._tokenizer, folder, self.config.bleu_sentences)
        self._model.train()
        for name, (score, example) in found.items():
            print(f"    {name} BLEU {score:.2f} · {example}", flush=True)
        return {name: round(score, 2) for name, (score, _) in found.items()}
