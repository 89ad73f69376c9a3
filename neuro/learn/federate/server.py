"""The program of a federation's server: asks homes for rounds, and sees nothing but the mean of what they answer."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from flwr.app import Context
from flwr.common import ndarrays_to_parameters
from flwr.server import LegacyContext, ServerApp, ServerConfig
from flwr.server.strategy import FedAvg
from flwr.server.workflow import DefaultWorkflow, SecAggPlusWorkflow
from flwr.serverapp import Grid

from neuro.learn.federate.home import MOST_PLAYERS
from neuro.learn.federate.learning import Recipe

WIDEST = 4.0
"""How far a number that is summed may lie from nought; |change| has been .3 (docs/federated.md)."""

LEAST_HOMES = 3
"""With two, each would know what the other said."""

app = ServerApp()


@app.main()  # type: ignore[untyped-decorator]  # Flower is not typed where it is not installed
def rounds(grid: Grid, context: Context) -> None:
    """All rounds; what they come to is kept beside the job."""
    job = Path(str(context.run_config["job"]))
    told: dict[str, Any] = json.loads((job / "job.json").read_text())
    recipe, homes = Recipe(**told["recipe"]), int(told["homes"])
    basis = np.load(job / "basis.npy")
    strategy = FedAvg(
        fraction_fit=1.0,
        fraction_evaluate=0.0,
        min_fit_clients=homes,
        min_available_clients=homes,
        initial_parameters=ndarrays_to_parameters([np.zeros(recipe.directions)]),
        on_fit_config_fn=lambda _round: {"recipe": json.dumps(asdict(recipe)), "basis": basis.tobytes()},
    )
    legacy = LegacyContext(context, ServerConfig(num_rounds=recipe.rounds), strategy)
    sums = SecAggPlusWorkflow(homes, homes - 1, max_weight=float(MOST_PLAYERS), clipping_range=WIDEST)
    DefaultWorkflow(fit_workflow=sums)(grid, legacy)
    (found,) = legacy.state.array_records.values()
    np.save(job / "change.npy", basis @ found.to_numpy_ndarrays()[0])
