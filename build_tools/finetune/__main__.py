"""``python -m build_tools.finetune prepare|train|evaluate|baseline``: see ``--help`` of each."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from build_tools.finetune.prepare import prepare

_DATA = Path("../shared/data")
_INIT = Path("../shared/models/fill-lab")
_WORK = Path("work/understand")


def main() -> None:
    """Parse the command line and run one step."""
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    step = steps.add_parser("prepare", help="gather the rows and make the neighbour vectors")
    step.add_argument("--data", type=Path, default=_DATA)
    step.add_argument("--tokenizer", type=Path, default=_INIT)
    step.add_argument("--out", type=Path, default=_WORK / "data")
    step.add_argument("--seed", type=int, default=1)
    step.set_defaults(run=lambda o: prepare(o.data, o.tokenizer, o.out, o.seed))
    _add_train(steps)
    options = parser.parse_args()
    options.run(options)


def _add_train(steps: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    step = steps.add_parser("train", help="train; run again to go on after a stop")
    step.add_argument("--data", default=str(_WORK / "data"))
    step.add_argument("--init", default=str(_INIT))
    step.add_argument("--out", default=str(_WORK / "run"))
    step.add_argument("--until", help="time of day, HH:MM, at which the rate reaches zero")
    step.add_argument("--max-steps", type=int)
    step.add_argument("--learning-rate", type=float, default=8e-4)
    step.add_argument("--rows", type=int, default=16)
    step.add_argument("--seed", type=int, default=1)
    step.add_argument("--threads", type=int, default=1)
    step.add_argument("--no-compile", dest="compile", action="store_false")
    step.add_argument("--config", type=Path, help="a config.json; the options above win over it")
    step.set_defaults(run=_train)


def _train(options: argparse.Namespace) -> None:
    from build_tools.finetune.config import TuneConfig
    from build_tools.finetune.train import Trainer

    names = ("data", "init", "out", "until", "max_steps", "learning_rate", "rows", "seed")
    values = json.loads(options.config.read_text("utf-8")) if options.config else {}
    values |= {name: getattr(options, name) for name in (*names, "threads", "compile")}
    Trainer(TuneConfig.from_json(values)).run()


if __name__ == "__main__":
    main()
