"""The fine-tuning loop.

Imports torch, nothing of ``assistant``. Writes below the run's folder: ``checkpoint.pt`` (goes on
to the step), ``model/`` (what export reads), ``config.json``.
"""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from build_tools.finetune.batches import Batch, Packer, Stream
from build_tools.finetune.checkpoint import load_state, new_model, save_model, save_state
from build_tools.finetune.config import TuneConfig
from build_tools.finetune.held_out import measure
from build_tools.finetune.masking import Masking
from build_tools.finetune.model import PackedHidden, losses, outputs
from build_tools.finetune.records import read_rows
from build_tools.finetune.turn import Turner
from build_tools.precision import autocast
from build_tools.pretrain.optimiser import MuonAdamW
from build_tools.pretrain.schedule import Schedule, next_time
from build_tools.stopping import Stopping

# A resumed run would read other batches if one of these differed.
_FIXED = ("data", "rows", "tokens", "seed", "weights", "masked", "rules")


class Trainer:
    """One run in one process."""

    def __init__(self, config: TuneConfig) -> None:
        """Load rows and weights and, if there is one, the checkpoint.

        Raises ValueError when the checkpoint was made of other batches.
        """
        self.config, self.out = config, Path(config.out)
        self.out.mkdir(parents=True, exist_ok=True)
        torch.set_num_threads(config.threads)
        self._load_data()
        vectors = torch.from_numpy(np.load(Path(config.data) / "vectors.npy"))
        self.model = new_model(Path(config.init), vectors, config.seed).train()
        packed = PackedHidden(self.model)
        self._hidden = torch.compile(packed) if config.compile else packed
        self._optimiser = MuonAdamW(
            self.model,
            learning_rate=config.learning_rate,
            weight_decay=config.weight_decay,
            muon_steps=config.muon_steps,
        )
        self._schedule = Schedule(
            peak=config.learning_rate,
            warmup_steps=config.warmup_steps,
            max_steps=config.max_steps,
            decay_steps=config.max_steps,
            decay_end=next_time(config.until, dt.datetime.now()),
        )
        self._step = self._tokens = 0
        self._minutes = 0.0
        self._stopping = Stopping()
        self._restore()

    def _load_data(self) -> None:
        config, folder = self.config, Path(self.config.data)
        tokenizer = Tokenizer.from_file(str(Path(config.init) / "tokenizer.json"))
        train, held_out = (read_rows(folder / f"{name}.jsonl") for name in ("train", "held_out"))
        packer = Packer(tokenizer, config.rows, config.tokens)
        turner = Turner(train, config.rules)
        self._stream = Stream(train, config.weights, turner, packer, config.seed)
        self._masking = Masking(tokenizer, config.masked)
        # The same questions each time: a new stream, all sources with the shares of training.
        self._held_out = lambda: Stream(held_out, config.weights, turner, packer, seed=0)

    def _restore(self) -> None:
        path = self.out / "checkpoint.pt"
        if not path.exists():
            return
        state = load_state(path)
        mine, made = self.config, TuneConfig.from_json(state["config"])
        changed = [name for name in _FIXED if getattr(made, name) != getattr(mine, name)]
        if changed:
            raise ValueError(f"{path} was made with other {', '.join(changed)}: use a new folder")
        self.model.load_state_dict(state["model"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._step, self._tokens = state["step"], state["tokens"]
        self._minutes, self._schedule.progress = state["minutes"], state["progress"]
        self._stream.counts = state["counts"]

    def run(self) -> None:
        """Train until the schedule ends or a signal comes."""
        self.config.save(self.out / "config.json")
        with self._stopping:
            self._train()

    def _train(self) -> None:
        config = self.config
        saved = evaluated = logged = time.monotonic()
        logged_tokens, sums = self._tokens, {}
        while not self._schedule.finished(self._step):
            begin = time.monotonic()
            batch = self._stream.batch(self._step)
            self._masking.apply(batch, (config.seed, self._step))
            rate = self._schedule.rate(self._step)
            terms, norm = self._learn(batch, rate)
            now = time.monotonic()
            self._schedule.advance(self._step, now - begin, dt.datetime.now())
            self._step += 1
            self._tokens += int((batch.owners >= 0).sum())
            self._minutes += (now - begin) / 60
            for name, value in terms.items():
                sums.setdefault(name, []).append(float(value))
            if self._step % config.log_steps == 0:
                speed = (self._tokens - logged_tokens) / (now - logged)
                self._log(sums, norm, rate, speed)
                logged, logged_tokens, sums = time.monotonic(), self._tokens, {}
            over = self._stopping.asked or self._schedule.finished(self._step)
            if over or now - saved > config.checkpoint_minutes * 60 or self._asked():
                self._save()
                saved = time.monotonic()
            if now - evaluated > config.evaluate_minutes * 60 or self._schedule.finished(
                self._step
            ):
                self._evaluate()
                evaluated = time.monotonic()
            if over:
                return

    def _learn(self, batch: Batch, rate: float) -> tuple[dict[str, Tensor], float]:
        arrays = (batch.ids, batch.positions, batch.owners, batch.parts)
        inputs = [torch.from_numpy(array) for array in arrays]
        with autocast("cpu"):
            hidden, near = self._hidden(*inputs)
        spans, texts, pairs = map(torch.from_numpy, (batch.spans, batch.texts, batch.pairs))
        found = outputs(self.model, hidden, near, spans, texts, pairs)
        known = map(torch.from_numpy, (batch.sentiments, batch.of_three))
        terms = losses(found, *known, pairs, torch.from_numpy(batch.lists))
        total = torch.stack([self.config.loss_weights[k] * term for k, term in terms.items()]).sum()
        total.backward()
        norm = self._optimiser.step(rate, self.config.clip)
        return {name: term.detach() for name, term in terms.items()}, float(norm)

    def _log(self, sums: dict[str, list[float]], norm: float, rate: float, speed: float) -> None:
        means = " ".join(f"{name} {np.mean(values):.3f}" for name, values in sorted(sums.items()))
        print(
            f"{dt.datetime.now():%H:%M:%S} step {self._step} · {self._tokens / 1e6:.2f} M tokens · "
            f"{means} · norm {norm:.2f} · rate {rate:.2e} · {speed:,.0f} tokens/s",
            flush=True,
        )

    def _evaluate(self) -> None:
        found = measure(self.model, self._hidden, self._held_out(), self.config.evaluate_batches)
        print(
            "held out: " + " · ".join(f"{k} {v:.3f} ({n})" for k, (v, n) in found.items()),
            flush=True,
        )

    def _asked(self) -> bool:
        """Tell whether a file ``save`` lies in the run's folder, and take it away."""
        wish = self.out / "save"
        if not wish.exists():
            return False
        wish.unlink()
        return True

    def _save(self) -> None:
        state = {
            "step": self._step,
            "tokens": self._tokens,
            "minutes": self._minutes,
            "progress": self._schedule.progress,
            "counts": dict(self._stream.counts),
            "model": self.model.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "config": self.config.to_json(),
        }
        save_state(self.out / "checkpoint.pt", state)
        keep = ("step", "tokens", "minutes", "counts", "config")
        training = {name: state[name] for name in keep}
        save_model(self.out / "model", self.model, Path(self.config.init), training)
