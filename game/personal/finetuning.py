"""Fits a model to one player and judges it on sittings that are new to it: what plays changes only for the better."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any, Literal, NamedTuple

from engine.store import Store
from engine.store.models import COMMON, OWN
from engine.store.rows import OwnRole, Player
from game.errors import GameError
from game.personal import lessons
from game.personal.lessons import Taught
from game.personal.playing import which
from neuro.learn.data import Person
from neuro.learn.gate import Ruling, judge
from neuro.learn.lessons import Lesson
from neuro.learn.personal import LEAST, course
from neuro.scorer import Scorer

MOST = 24
"""So many of the newest sittings are looked at: a course, and about a minute of work (own choice)."""

LEAST_HELD = 3
"""Sittings from the third on, each of which judges what those before it would have made; nothing with fewer."""

SHADOWED = 2
"""Sittings in which a challenger's scores run beside before it plays: such as no verdict has rested on before."""

BESIDE = 0.05
"""What may be lost of the AUC in them, for two are soon unlucky: what is not better loses more one time in ten."""

SEED = 1
_READING = 0.6  # of the time that a run takes, about
_JUDGING = 0.9

WAITS = "It was better so far. Before it plays, its scores run beside in the next sittings."
NOT_BESIDE = "In the sittings in which its scores ran beside it was worse than the model in use."

Came = Literal["too_few", "not_better", "waits", "not_better_beside", "shipped"]
"""What a run came to, in one word."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a challenger was judged; the store keeps it as plain JSON.

    learned, held, beside: numbers of the sittings that taught it, of those among them that judged what had been
                           learned before them, and of those in which it ran beside
    base_auc, candidate_auc: of what the player plays with and of the challenger, as it was before each of them
    interval: of the gain, over sittings (neuro.learn.gate.SURE); None, as the others, where too few could be judged
    """

    came: Came
    why: str
    learned: tuple[int, ...]
    held: tuple[int, ...]
    beside: tuple[int, ...]
    base_auc: float | None
    candidate_auc: float | None
    gain: float | None
    interval: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to. verdict, model: None where nothing was made; skipped: why sittings taught nothing"""

    came: Came
    why: str
    sittings: int
    skipped: tuple[str, ...]
    verdict: Verdict | None = None
    model: str | None = None


class _Split(NamedTuple):
    """Sittings by what they are for, the oldest first."""

    learned: list[Taught]
    beside: list[Taught]

    @property
    def held(self) -> list[Taught]:
        return self.learned[LEAST:]


def finetune(
    store: Store,
    player: Player,
    common: Scorer,
    watch: Callable[[float], None],
    others: Callable[[], Sequence[Person]],
    workers: int,
) -> Run:
    """One run, after which the player's models are what `Came` says.

    others:  asked for once there is something to judge: people for whom nothing may get worse
    workers: processes that read sittings
    watch:   takes the share 0..1 that is done; whatever it raises ends the run, and changes nothing

    Raises: GameError: the player has not agreed; NotFound.
    """
    if not store.consents.holds(player.id, "personalise"):
        raise GameError(
            f"{player.name} has not agreed to a model of their own: ask, and keep the answer with "
            "heron consent PLAYER --yes personalise --who YOU."
        )
    taught = _taught(store, player, watch, workers)
    usable, skipped = [one for one in taught if one.lesson], tuple(one.why for one in taught if one.why)
    waiting = store.models.at_work(player.id, "challenger", common.sha256)
    split = _since(usable, waiting.verdict) if waiting else _split(usable, _looked_at(store, player))
    if len(split.held) < LEAST_HELD:
        return Run("too_few", _too_few(usable), len(usable), skipped)
    made, so_far = course(
        common.onnx,
        _lessons(split.learned),
        SEED,
        lambda share: watch(_READING + (_JUDGING - _READING) * share),
    )
    challenger = store.models.get(waiting.sha256).onnx if waiting else made
    playing = which(store, player.id, common).scorer.onnx
    unseen = _unseen(store, player, common, split)
    so_far = [(model, one) for model, one in so_far if any(one is each.lesson for each in unseen)]
    ruling = judge(playing, challenger, _lessons(split.beside), SEED, others(), so_far)
    came, why = _came(ruling, playing, challenger, split.beside)
    learned = waiting.verdict["learned"] if waiting else _numbers(split.learned)
    verdict = Verdict(
        came=came,
        why=why,
        learned=tuple(learned),
        held=_numbers(unseen),
        beside=_numbers(split.beside),
        base_auc=_known(ruling.base_auc),
        candidate_auc=_known(ruling.candidate_auc),
        gain=_known(ruling.gain),
        interval=ruling.interval if isfinite(sum(ruling.interval)) else None,
    )
    watch(1.0)
    sha = _kept(store, player, common, challenger, verdict)
    store.audit.note("fine-tuning", verdict.came.replace("_", " "), f"model {sha[:12]} of {player.pseudonym}")
    return Run(verdict.came, verdict.why, len(usable), skipped, verdict, sha)


def _taught(store: Store, player: Player, watch: Callable[[float], None], workers: int) -> list[Taught]:
    """The newest sittings, the oldest first."""
    sittings = [one for one in store.sessions.recent(player.id, MOST) if one.kind == "play" and one.ending]
    numbers = [one.id for one in sorted(sittings, key=lambda one: one.anchor_unix_s)]
    taught = []
    for one in lessons.read_all(store.path, numbers, workers):
        taught.append(one)
        watch(_READING * len(taught) / len(numbers))
    return taught


def _split(usable: list[Taught], looked_at: set[int]) -> _Split:
    """The newest run beside, if no verdict has rested on them yet."""
    aside = SHADOWED if len(usable) >= LEAST + LEAST_HELD + SHADOWED else 0
    if any(one.session in looked_at for one in usable[len(usable) - aside :]):
        aside = 0
    return _Split(usable[: len(usable) - aside], usable[len(usable) - aside :])


def _since(usable: list[Taught], verdict: dict[str, Any]) -> _Split:
    """For a challenger that waits: those that taught it, and all that came later."""
    learned = [one for one in usable if one.session in verdict["learned"]]
    return _Split(learned, usable[usable.index(learned[-1]) + 1 :] if learned else [])


def _unseen(store: Store, player: Player, common: Scorer, split: _Split) -> list[Taught]:
    """Those that judge what was learned before them, but for what taught the own model that plays now."""
    champion = store.models.at_work(player.id, "champion", common.sha256)
    taught = set(champion.verdict["learned"]) if champion else set()
    return [one for one in split.held if one.session not in taught]


def _looked_at(store: Store, player: Player) -> set[int]:
    """Sittings that any verdict on a model of this player has rested on."""
    verdicts = [one.verdict for one in store.models.own(player.id)]
    return {number for verdict in verdicts for kind in ("held", "beside") for number in verdict[kind]}


def _known(value: float) -> float | None:
    return value if isfinite(value) else None


def _came(ruling: Ruling, playing: bytes, challenger: bytes, beside: list[Taught]) -> tuple[Came, str]:
    if not ruling.ships:
        return "not_better", ruling.why
    if len(beside) < SHADOWED:
        return "waits", WAITS
    if not judge(playing, challenger, _lessons(beside), SEED).gain > -BESIDE:  # nor where nothing could be judged
        return "not_better_beside", NOT_BESIDE
    return "shipped", ruling.why


_ROLES: dict[Came, OwnRole] = {
    "not_better": "retired",
    "not_better_beside": "retired",
    "waits": "challenger",
    "shipped": "champion",
}


def _kept(store: Store, player: Player, common: Scorer, onnx: bytes, verdict: Verdict) -> str:
    """The challenger in the store, in the role that the verdict gives it, and the verdict with it."""
    parent = store.models.add(common.onnx, COMMON, common.metadata)
    sha = store.models.add(onnx, OWN, Scorer(onnx).metadata, player.id, parent)
    store.models.judged(sha, _ROLES[verdict.came], asdict(verdict))
    return sha


def _lessons(some: Sequence[Taught]) -> list[Lesson]:
    return [one.lesson for one in some if one.lesson]


def _numbers(some: Sequence[Taught]) -> tuple[int, ...]:
    return tuple(one.session for one in some)


def _too_few(usable: list[Taught]) -> str:
    least = LEAST + LEAST_HELD
    return f"A model of one's own needs at least {least} sittings with signals; there are {len(usable)} so far."
