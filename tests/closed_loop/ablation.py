"""What each change of the rules brought: python -m tests.closed_loop.ablation [SITTINGS], a table for docs/why/0007.

Every variant sets one number of the shipped rules back to what it was, in processes of its own.
"""

import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from engine import reward, supervisor
from game.simulation import course as courses
from game.simulation import study
from game.simulation.course import Job
from game.simulation.figures import Figures
from game.simulation.stream import Quality

VARIANTS: Mapping[str, Mapping[tuple[object, str], float]] = {
    "as shipped": {},
    "smoothing with a half-life of 1.5 s": {(reward, "HALF_LIFE_S"): 1.5},
    "a blink starts the second anew": {(reward, "_FROZEN"): 0},
    "today's calibration alone": {(reward, "HISTORY_S"): 1e-9},
    "a minute of warm-up": {(courses, "WARMUP_S"): 60.0},
    "blocks of three minutes": {(courses, "BLOCK_S"): 180.0},
    "too hard from .05 below the target": {(supervisor, "TOO_LOW"): 0.05},
}


def varied(variant: str, job: Job) -> list[Figures]:
    """A course under a variant's rules; the process is lost to others afterwards."""
    for (module, name), value in VARIANTS[variant].items():
        assert hasattr(module, name)
        setattr(module, name, value)
    return courses.course(job)


def _line(variant: str, profile: str, auc: float, sittings: int) -> str:
    jobs = [Job(profile, 7, number, quality=Quality(auc)) for number in range(max(2, sittings // study.COURSE))]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        found = list(pool.map(varied, [variant] * len(jobs), jobs))
    figures = (study.success_rate, study.blocks_in_band, study.reward_contrast)
    cells = [str(figure(found)) for figure in figures]
    actions = sum(len(f.actions) for c in found for f in c) / sum(len(c) for c in found)
    return f"| {variant} | {profile}, {auc:.2f} | {' | '.join(cells)} | {actions:.1f} |"


def main(sittings: int) -> None:
    """Prints the table."""
    sys.stdout.write("| rules | player, score AUC | success | blocks in .45-.90 | contrast | actions a sitting |\n")
    sys.stdout.write("|---|---|---|---|---|---|\n")
    for variant in VARIANTS:
        for profile, auc in (("child", 0.70), ("adhd", 0.80)):
            sys.stdout.write(_line(variant, profile, auc, sittings) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
