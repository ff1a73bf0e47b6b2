"""``python -m build_tools.finetune STEP``; each step has ``--help``."""

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
    step = steps.add_parser("likeness", help="static vectors and known labels, without encoder")
    step.add_argument("--data", type=Path, default=_DATA)
    step.add_argument("--prepared", type=Path, default=_WORK / "data")
    step.add_argument("--tokenizer", type=Path, default=_INIT / "tokenizer.json")
    step.add_argument("--seed", type=int, default=1)
    step.set_defaults(run=_likeness)
    _add_graft(steps)
    _add_train(steps)
    _add_fit(steps)
    _add_measures(steps)
    options = parser.parse_args()
    options.run(options)


def _add_graft(steps: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    step = steps.add_parser("graft", help="put a fine-tuned model on a better encoder")
    step.add_argument("tuned", type=Path, help="a folder that train wrote, or a thawed package")
    step.add_argument(
        "out", type=Path, help="folder that does not exist yet; train --init reads it"
    )
    step.add_argument("--old", type=Path, default=_INIT, help="the encoder that tuning began with")
    step.add_argument("--new", type=Path, required=True, help="the same, pretrained further")
    step.set_defaults(run=_graft)


def _add_train(steps: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    # What is not said leaves no trace: a config.json says it, or TuneConfig's defaults do.
    step = steps.add_parser(
        "train",
        help="train; run again to go on after a stop",
        argument_default=argparse.SUPPRESS,
    )
    step.add_argument("--data")
    step.add_argument("--init")
    step.add_argument("--out")
    step.add_argument("--until", help="time of day, HH:MM, at which the rate reaches zero")
    step.add_argument("--max-steps", type=int)
    step.add_argument("--learning-rate", type=float)
    step.add_argument("--rows", type=int)
    step.add_argument("--seed", type=int)
    step.add_argument("--threads", type=int)
    step.add_argument("--no-compile", dest="compile", action="store_false")
    step.add_argument(
        "--config", type=Path, default=None, help="a config.json; the options above win over it"
    )
    step.set_defaults(run=_train)


def _add_fit(steps: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    step = steps.add_parser("fit", help="temperatures, what neutral is given, linear judgement")
    step.add_argument("--model", type=Path, default=_WORK / "run/model")
    step.add_argument("--data", type=Path, default=_WORK / "data")
    step.add_argument("--seed", type=int, default=1)
    step.add_argument("--stranger-share", type=float, default=0.25, help="see the README")
    step.add_argument("--judgement-share", type=float, help="see the README (default: fitted)")
    step.add_argument(
        "--label-temperature", type=float, nargs=3, help="see the README (default: fitted)"
    )
    step.add_argument("--likeness", type=float, nargs=5, help="see the README (default: fitted)")
    step.add_argument("--feelings", type=float, nargs=4, help="see the README (default: none)")
    step.set_defaults(run=_fit)


def _add_measures(steps: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    step = steps.add_parser("evaluate", help="development sets with the torch model, quickly")
    step.add_argument("--model", type=Path, default=_WORK / "run/model")
    step.add_argument("--dev", type=Path, default=_DATA / "dev")
    step.add_argument("--limit", type=int, default=300, help="texts per set")
    step.set_defaults(run=_evaluate)
    step = steps.add_parser("baseline", help="linear models on the same rows and sets")
    step.add_argument("--data", type=Path, default=_WORK / "data")
    step.add_argument("--dev", type=Path, default=_DATA / "dev")
    step.add_argument("--out", type=Path, default=_WORK / "baseline.json")
    step.set_defaults(run=_baseline)


def _likeness(options: argparse.Namespace) -> None:
    from build_tools.finetune.build_likeness import build_likeness

    build_likeness(options.data, options.prepared, options.tokenizer, options.seed)


def _graft(options: argparse.Namespace) -> None:
    from build_tools.finetune.graft import graft

    graft(options.tuned, options.old, options.new, options.out)


def _fit(options: argparse.Namespace) -> None:
    from assistant.engine.label_temperature import LabelTemperature
    from build_tools.finetune.fit import Chosen, Fitter

    given, feelings = options.label_temperature, options.feelings
    chosen = Chosen(
        options.stranger_share,
        options.judgement_share,
        options.likeness,
        None if given is None else LabelTemperature(*given),
        None if feelings is None else (feelings[0], LabelTemperature(*feelings[1:])),
    )
    found = Fitter(options.model, options.data, options.seed, chosen).run()
    print(json.dumps(found, ensure_ascii=False, indent=1))


def _evaluate(options: argparse.Namespace) -> None:
    from build_tools.finetune.evaluate import evaluate

    for name, figure in evaluate(options.model, options.dev, options.limit):
        print(f"{name}: {figure:.4f}", flush=True)


def _baseline(options: argparse.Namespace) -> None:
    from build_tools.finetune.baseline import baseline

    print(json.dumps(baseline(options.data, options.dev, options.out), indent=1))


def _train(options: argparse.Namespace) -> None:
    from build_tools.finetune.config import TuneConfig
    from build_tools.finetune.train import Trainer

    values = {"data": str(_WORK / "data"), "init": str(_INIT), "out": str(_WORK / "run")}
    if options.config:
        values |= json.loads(options.config.read_text("utf-8"))
    values |= {name: value for name, value in vars(options).items() if name in TuneConfig.__slots__}
    Trainer(TuneConfig.from_json(values)).run()


if __name__ == "__main__":
    main()
