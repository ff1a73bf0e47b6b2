"""The training loop.

Imports torch. Every file it writes lies below the run's folder:
``checkpoint.pt`` (goes on to the step), ``constant.pt`` (the last one before the decay),
``model/`` (a Hugging Face folder), ``metrics.csv``, ``curve.png``, ``config.json``.
"""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import Tensor
from transformers import ModernBertForMaskedLM

from build_tools.corpus.shards import load_shards
from build_tools.corpus.tokenise import han_ids
from build_tools.memory_feed import attach
from build_tools.precision import autocast
from build_tools.pretrain.batches import Batch, BatchStream, IdiomReading
from build_tools.pretrain.checkpoint import (
    State,
    check_tokenizer,
    load_state,
    save_model,
    save_state,
)
from build_tools.pretrain.config import TrainConfig
from build_tools.pretrain.evaluate import HeldOut, HeldOutSet
from build_tools.pretrain.feed import RowFeeder
from build_tools.pretrain.group import Group
from build_tools.pretrain.idioms import ContrastLoss, IdiomTable
from build_tools.pretrain.masking import Masker, MaskRules
from build_tools.pretrain.metrics import Metrics, draw_curve
from build_tools.pretrain.model import PackedLoss, load_model, special_ids
from build_tools.pretrain.optimiser import MuonAdamW
from build_tools.pretrain.schedule import schedule_of
from build_tools.pretrain.threads import ThreadChooser
from build_tools.stopping import Stopping

# A resumed run reads other batches, or another part of them, if one of these differs.
_FIXED = (
    "rows",
    "tokens",
    "seed",
    "masks",
    "shards",
    "memory",
    "memory_dropout",
    "idioms",
    "idiom_repeat",
)


class Trainer:
    """One run, in one process of a group."""

    def __init__(self, config: TrainConfig) -> None:
        """Load model, data and, if there is one, the checkpoint.

        Raises ValueError when shards, tokenizer and checkpoint do not belong together.
        """
        self.config, self.out = config, Path(config.out)
        self.out.mkdir(parents=True, exist_ok=True)
        self._group = Group.join(config.device)
        self._threads = ThreadChooser(config.threads)
        self._tokenizer = Path(config.tokenizer or config.init)
        self._sources = check_tokenizer(Path(config.shards), self._tokenizer)["train"]
        self._load_data()
        self._load_model()
        self._step = self._tokens = 0
        self._minutes = 0.0
        self._stopping = Stopping()
        self._held_out: HeldOut | None = None
        self.notes: dict[str, Any] = {}
        self._schedule = schedule_of(config, dt.datetime.now())
        self._restore()

    def _load_data(self) -> None:
        config = self.config
        tokenizer = Tokenizer.from_file(str(self._tokenizer / "tokenizer.json"))
        special, is_han = special_ids(tokenizer), han_ids(tokenizer)
        train, held_out = load_shards(Path(config.shards))
        feeder = None
        if config.memory:
            feeder = RowFeeder(Path(config.memory), tokenizer, dropout=config.memory_dropout)
        idioms = None
        if config.idioms:
            table = IdiomTable.read(Path(config.idioms), tokenizer, train)
            idioms = IdiomReading(table, special.mask, config.idiom_repeat)
        self._stream = BatchStream(
            train,
            Masker(config.masks, special, is_han, idioms and idioms.table),
            rows=config.rows,
            tokens=config.tokens,
            pad=special.pad,
            seed=config.seed,
            rank=self._group.rank,
            world=self._group.world,
            feeder=feeder,
            idioms=idioms,
        )
        self._held_out_set = None
        if self._group.leads and config.held_out_rows and len(held_out):
            self._held_out_set = HeldOutSet(
                held_out,
                MaskRules(),  # whatever was hidden in training: runs are compared
                special,
                is_han,
                rows=config.held_out_rows,
                tokens=config.tokens,
                feeder=feeder,
            )

    def _load_model(self) -> None:
        config, device = self.config, self._group.device
        model = load_model(Path(config.init), grow=config.grow, seed=config.seed)
        if config.memory:
            attach(model)
        # On a CPU the compiler fuses plain attention better than it calls the fused kernel.
        default = "eager" if device.type == "cpu" else "sdpa"
        model.set_attn_implementation(config.attention or default)
        self.use(model)

    def use(self, model: ModernBertForMaskedLM) -> None:
        """Train ``model`` instead."""
        config = self.config
        self._net = self.loss_of(model.to(self._group.device).train())
        self._optimiser = MuonAdamW(
            self._net,
            learning_rate=config.learning_rate,
            weight_decay=config.weight_decay,
            muon_steps=config.muon_steps,
        )
        wrapped = self._group.wrap(self._net)
        self._run = torch.compile(wrapped) if config.compile else wrapped

    def loss_of(self, model: ModernBertForMaskedLM) -> PackedLoss:
        """Return the loss that is learnt; others may learn another."""
        return (
            ContrastLoss(model, self.config.idiom_weight)
            if self.config.idioms
            else PackedLoss(model)
        )

    @property
    def model(self) -> ModernBertForMaskedLM:
        """The encoder in training."""
        return self._net.model

    @property
    def batches(self) -> BatchStream:
        """The stream of batches."""
        return self._stream

    def measure(self) -> HeldOut | None:
        """Return the accuracy on held-out text, None without any."""
        return self._held_out_set.measure(self._net) if self._held_out_set else None

    def _restore(self) -> None:
        own = self.out / "checkpoint.pt"
        path = own if own.exists() else self.config.resume and Path(self.config.resume)
        if not path:
            return
        state = load_state(path)
        mine = self.config.to_json()
        before = TrainConfig.from_json(state.config).to_json()
        changed = [name for name in _FIXED if before[name] != mine[name]]
        if changed or len(state.positions) != self._group.world:
            what = ", ".join(changed) or "the number of processes"
            raise ValueError(f"{path} was made with other {what}: start from its model folder")
        self._net.model.load_state_dict(state.model)
        self._optimiser.load_state_dict(state.optimiser)
        torch.set_rng_state(state.generator)
        self._step, self._tokens, self._minutes = state.step, state.tokens, state.minutes
        self._schedule.progress = state.progress
        self._stream.position = state.positions[self._group.rank]

    def run(self) -> HeldOut | None:
        """Train until the schedule ends or a signal comes; return the last held-out accuracy."""
        try:
            with self._stopping:
                self._begin()
                if not self._schedule.finished(self._step):
                    self._train()
        finally:
            self._group.leave()
        return self._held_out

    def _begin(self) -> None:
        if self._group.leads:
            self.config.save(self.out / "config.json")
            self._metrics = Metrics(self.out / "metrics.csv", self._step)
            if not self._step:
                self._evaluate()

    def _train(self) -> None:
        self._saved = self._evaluated = self._logged = time.monotonic()
        self._logged_tokens = self._tokens
        decaying = self._schedule.progress > 0.0
        for batch in self._stream:
            rate = self._schedule.rate(self._step)
            loss, norm, seconds = self._learn(batch, rate)
            self._schedule.advance(self._step, seconds, dt.datetime.now())
            self._step += 1
            self._minutes += seconds / 60
            self._tokens += self.config.rows * self.config.tokens * self._group.world
            if self._step % self.config.log_steps == 0:
                self._log(rate, loss, norm)
            over, save, evaluate, begins = self._decisions(decaying)
            if evaluate:
                self._evaluate()
            if save or begins:
                self._save("constant.pt" if begins else None)
            decaying = decaying or begins
            if over:
                return

    def _decisions(self, decaying: bool) -> tuple[bool, bool, bool, bool]:
        """Tell whether to end, save, evaluate, and begin the decay: the leader's view."""
        schedule, now = self._schedule, time.monotonic()
        finished = schedule.finished(self._step)
        over = finished or self._stopping.asked
        save = over or now - self._saved > self.config.checkpoint_minutes * 60
        evaluate = finished or now - self._evaluated > self.config.evaluate_minutes * 60
        begins = not decaying and schedule.decaying(self._step, dt.datetime.now())
        agreed = self._group.agreed([schedule.progress, over, save, evaluate, begins])
        schedule.progress = agreed[0]
        over, save, evaluate, begins = (bool(flag) for flag in agreed[1:])
        return over, save, evaluate, begins

    def _learn(self, batch: Batch, rate: float) -> tuple[Tensor, Tensor, float]:
        begin = time.monotonic()
        self._threads.before(self._step)
        loss = self.loss(batch)
        loss.backward()
        norm = self._optimiser.step(rate, self.config.clip)
        seconds = time.monotonic() - begin
        self._threads.after(seconds)
        return loss.detach(), norm, seconds

    def loss(self, batch: Batch) -> Tensor:
        """Return the loss of ``batch``."""
        device = self._group.device
        parts = (*batch.inputs, batch.targets, *batch.choices, *batch.fed)
        inputs = [torch.from_numpy(part).to(device, non_blocking=True) for part in parts]
        with autocast(device.type):
            return self._run(*inputs)

    def _log(self, rate: float, loss: Tensor, norm: Tensor) -> None:
        if not self._group.leads:
            return
        now = time.monotonic()
        speed = (self._tokens - self._logged_tokens) / (now - self._logged)
        self._logged, self._logged_tokens = now, self._tokens
        self._metrics.add(
            step=self._step,
            tokens=self._tokens,
            minutes=self._minutes,
            learning_rate=rate,
            loss=float(loss),
            gradient_norm=float(norm),
            tokens_per_second=speed,
            threads=self._threads.current,
        )
        print(
            f"step {self._step} · {self._tokens / 1e6:.2f} M tokens · loss {float(loss):.3f} · "
            f"norm {float(norm):.2f} · rate {rate:.2e} · {speed:,.0f} tokens/s",
            flush=True,
        )

    def _evaluate(self) -> None:
        self._evaluated = time.monotonic()
        if self._held_out_set is None:
            return
        found = self._held_out = self._held_out_set.measure(self._net)
        self._metrics.add(
            step=self._step,
            tokens=self._tokens,
            minutes=self._minutes,
            held_out_loss=found.loss,
            held_out_characters=found.characters,
            held_out_isolated=found.isolated,
            held_out_length=found.length,
        )
        draw_curve(self.out / "metrics.csv", self.out / "curve.png")
        print(
            f"step {self._step} · held out: loss {found.loss:.4f} · "
            f"characters {found.characters:.4f} of {found.character_count} · "
            f"isolated {found.isolated:.4f} · "
            f"length {found.length:.4f} of {found.length_count}",
            flush=True,
        )

    def _save(self, also: str | None) -> None:
        self._saved = time.monotonic()
        positions = tuple(self._group.gathered(self._stream.position))
        if not self._group.leads:
            return
        state = State(
            step=self._step,
            tokens=self._tokens,
            minutes=self._minutes,
            progress=self._schedule.progress,
            positions=positions,
            model=self._net.model.state_dict(),
            optimiser=self._optimiser.state_dict(),
            generator=torch.get_rng_state(),
            config=self.config.to_json(),
        )
        save_state(self.out / "checkpoint.pt", state)
        if also:  # to go on from before the decay, as if it had not begun
            save_state(self.out / also, replace(state, progress=0.0))
        held_out = self._held_out
        training = {
            "step": self._step,
            "tokens": self._tokens,
            "minutes": round(self._minutes, 1),
            "held_out": held_out and {"characters": held_out.characters, "length": held_out.length},
            "config": self.config.to_json(),
            "sources": self._sources,
            **self.notes,
        }
        save_model(self.out / "model", self._net.model, self._tokenizer, training)
