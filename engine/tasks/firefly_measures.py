"""What flights after the firefly say of pursuit."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, median

from engine.tasks.measures import share
from engine.tasks.task import Trial, counted


@dataclass(frozen=True, slots=True)
class FireflyMeasures:
    """What the valid, scored flights say; None where there were too few to say it.

    on_target: share of the time on the fly
    The others are of the time in which the eyes followed, which is while they were within 5 degrees of it: eyes that
    are elsewhere do not pursue badly, they do not pursue.
    gain:      speed of the eyes between their jumps, by that of the fly; mean over flights, each by what it says
    lag_s:     how long ago the fly was where the eyes are; median over flights
    rmse_deg:  root mean square distance; mean over flights
    catch_ups_per_s: jumps forward of .75 degrees or more; mean over flights
    """

    trials: int
    success_rate: float | None
    gain: float | None
    lag_s: float | None
    rmse_deg: float | None
    catch_ups_per_s: float | None
    on_target: float | None


def measures(trials: Iterable[Trial]) -> FireflyMeasures:
    """Outcome measures of pursuit from the trials that count; formulas: engine.tasks.firefly_pursuit."""
    valid = counted(trials)
    details = [trial.detail for trial in valid]

    def of(name: str) -> list[float]:
        return [detail[name] for detail in details if name in detail]

    gains = [(detail["gain"], detail["gain_weight"]) for detail in details if "gain" in detail]
    lags_s, far_deg, catch_ups, on = map(of, ("lag_s", "rmse_deg", "catch_ups_per_s", "on"))
    return FireflyMeasures(
        trials=len(valid),
        success_rate=share(sum(trial.success for trial in valid), len(valid)),
        gain=sum(gain * weight for gain, weight in gains) / sum(weight for _, weight in gains) if gains else None,
        lag_s=median(lags_s) if lags_s else None,
        rmse_deg=fmean(far_deg) if far_deg else None,
        catch_ups_per_s=fmean(catch_ups) if catch_ups else None,
        on_target=fmean(on) if on else None,
    )
