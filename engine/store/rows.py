"""What goes into the database and comes out of it again, one class a table."""

import json
from dataclasses import dataclass
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from engine.control import Arm
from engine.events import Detail, Outcome, Strand

Kind = Literal["play", "demo", "imported"]
Ending = Literal["done", "left", "interrupted", "failed"]
Stream = Literal["eeg", "gaze"]
Hand = Literal["left", "right"]
Role = Literal["administrator", "therapist", "parent", "player"]
OwnRole = Literal["challenger", "champion", "retired", "sent_back"]


@dataclass(frozen=True, slots=True)
class Player:
    """A person who plays; None is what was not asked.

    pseudonym: what stands for the name wherever data leave the file, as "P-1f09ac3e"; random
    picture:   its name, of those that Heron brings; language: as "en"; hand: "left" or "right"
    """

    id: int
    pseudonym: str
    name: str
    birth_year: int | None
    created_utc: str
    picture: str | None
    language: str | None
    hand: Hand | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name and a role; who has two roles is two of these. player_id: of players alone."""

    id: int
    name: str
    role: Role
    player_id: int | None


@dataclass(frozen=True, slots=True)
class NewSession:
    """What is known when a sitting begins.

    level_toml:    the level's text as it is played, so that a later edit cannot change the past
    setup_json:    all that the rules were begun with
    anchor_mono_s: host monotonic seconds at the moment of `anchor_unix_s`: the bridge from sitting to calendar
    headset_json:  what the source of EEG said of itself; None without one
    gaze:          address of the source of gaze; None without one
    mode:          who decides about rewards, as "live"
    model_sha:     of a model in `models`; None where nothing is scored
    version:       of Heron
    study:         in which it was played, by name; None outside
    """

    player_id: int
    level_id: str
    level_toml: str
    setup_json: str
    seed: int
    kind: Kind
    anchor_mono_s: float
    anchor_unix_s: float
    headset_json: str | None
    gaze: str | None
    mode: str
    model_sha: str | None
    version: str
    study: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A sitting as it is stored; it runs, or was cut off, while `ending` is None."""

    id: int
    player_id: int
    level_id: str
    level_toml: str
    setup_json: str
    seed: int
    kind: Kind
    started_utc: str
    anchor_mono_s: float
    anchor_unix_s: float
    headset_json: str | None
    gaze: str | None
    mode: str
    model_sha: str | None
    version: str
    heartbeat_unix_s: float
    ended_unix_s: float | None
    ending: Ending | None
    study: str | None


@dataclass(frozen=True, slots=True)
class Recovered:
    """A sitting that was cut off, and what of it was kept."""

    session_id: int
    player: str
    level_id: str
    started_utc: str
    trials: int
    estimates: int
    kept_s: float

    @property
    def sentence(self) -> str:
        minutes, seconds = divmod(round(self.kept_s), 60)
        trials = "1 trial" if self.trials == 1 else f"{self.trials} trials"
        return (
            f"Sitting {self.session_id} of {self.player} was cut off; {minutes} min {seconds} s of it "
            f"with {trials} are kept: see them with heron report {self.session_id}. "
            f"Heron goes on with what is left of the day; "
            f'heron erase "{self.player}" --sitting {self.session_id} discards it.'
        )


@dataclass(frozen=True, slots=True)
class History:
    """What earlier sittings of one player leave to the next.

    sittings:         how many were played to their end
    last_threshold_z: of the last block that had a threshold, in SDs of its own calibration
    last_calibration: its centre and its SD, in scores
    """

    sittings: int
    last_threshold_z: float | None
    last_calibration: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """A study as it was sealed.

    sittings: of a course; donors: sittings whose scores yoked players see, in turn
    alone:    whose it is, where it is of one player: its places are then stretches of so many `sittings`, in order
    """

    name: str
    sittings: int
    donors: tuple[int, ...]
    sealed_utc: str
    alone: int | None = None


@dataclass(frozen=True, slots=True)
class Papers:
    """What its makers say of a study; None where they did not. Source: CRED-nf, Ros et al. 2020, Brain 143:1674.

    preregistered: where (item 1a); sample_size: how it was chosen (1b)
    raters: who was blinded, the statistician included (2c); comparator: the standard of care (2e)
    instructions: strategies that players were told (3b)
    criterion: what counts as a meaningful change (6a); availability: of data and code (7a)
    """

    preregistered: str | None = None
    sample_size: str | None = None
    raters: str | None = None
    comparator: str | None = None
    instructions: str | None = None
    criterion: str | None = None
    availability: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """One allocation of a study; `player_id` is None as long as nobody has taken it.

    number:     from 1, in the order in which players come
    commitment: SHA-256 of arm and nonce, for everybody to see
    """

    study: str
    number: int
    commitment: str
    arm: Arm
    nonce: str
    player_id: int | None


@dataclass(frozen=True, slots=True)
class Model:
    """A model of attention as it was added; `metadata` is plain JSON.

    player_id:  whose own it is; None for everybody's
    parent_sha: of the model from which it was fine-tuned
    withdrawn_*: when and why it may be used no more
    """

    sha256: str
    name: str
    metadata: dict[str, object]
    onnx: bytes
    added_utc: str
    player_id: int | None
    parent_sha: str | None
    withdrawn_utc: str | None
    withdrawn_why: str | None


@dataclass(frozen=True, slots=True)
class OwnModel:
    """A player's own model, as its history tells it; the bytes are in `Model`.

    role:    challenger: its scores run beside; champion: it plays; retired: it was not better, or a better one came;
             sent_back: somebody went back to the common model
    verdict: how it was judged, in plain JSON (`game.personal.finetuning.Verdict`)
    parent_sha: of the common model that it was made from
    """

    sha256: str
    role: OwnRole
    role_utc: str
    added_utc: str
    verdict: dict[str, Any]
    parent_sha: str | None
    withdrawn_utc: str | None
    withdrawn_why: str | None


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A finished block, as `engine.events.BlockDone`; shares are 0..1, None where there was nothing to divide by."""

    block: int
    task: str
    level: str
    by: str
    seconds: float
    trials: int
    success_rate: float | None
    rewards: int
    reward_share: float | None
    good_share: float | None
    threshold_z: float | None
    difficulty: float
    distractors: int
    stars: int


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A finished trial, as `engine.events.TrialDone`; difficulty in logits, detail as one object of JSON."""

    trial: int
    block: int
    task: str
    kind: str
    outcome: Outcome
    success: bool
    valid: bool
    practice: bool
    onset_tick: int
    reaction_s: float | None
    difficulty: float
    distractors: int
    strand: Strand = "first"
    detail_json: str = "{}"

    @property
    def detail(self) -> Detail:
        return cast(Detail, json.loads(self.detail_json))


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """An estimate of attention; `tick` is the first that saw it, None where none did."""

    t_s: float
    score: float
    trust: float
    state: str
    channels: tuple[str, ...]
    tick: int | None = None


@dataclass(frozen=True, slots=True)
class EventRow:
    """What happened in a tick."""

    tick: int
    kind: str
    data_json: str


@dataclass(frozen=True, slots=True)
class TickRow:
    """All that one tick was given, as one line of JSON, and 8 bytes that tell whether a replay still agrees."""

    tick: int
    inputs_json: str
    digest: bytes

    def __post_init__(self) -> None:
        if len(self.digest) != 8:
            raise ValueError(f"a digest has 8 bytes, not {len(self.digest)}")
        if "\n" in self.inputs_json:
            raise ValueError("the inputs of a tick are one line of JSON")


@dataclass(frozen=True, slots=True, eq=False)
class PollRow:
    """What one poll of one source brought, which may be nothing.

    now_s: when it was polled, host monotonic seconds
    phase: what the player was asked to do
    t_s:   (n,) float64 host monotonic seconds
    data:  (k, n) float32: k channels, or k measures of gaze
    device_s: (n,) float64 as the device or its driver stamped; NaN where it did not, None where nobody stamps

    Nobody may write to the arrays afterwards: the journal holds them until the second is over.
    """

    stream: Stream
    now_s: float
    phase: str
    t_s: NDArray[np.float64]
    data: NDArray[np.float32]
    device_s: NDArray[np.float64] | None = None

    def __post_init__(self) -> None:
        if self.t_s.dtype != np.float64 or self.data.dtype != np.float32:
            raise ValueError(f"stamps are float64 and data float32, not {self.t_s.dtype} and {self.data.dtype}")
        if self.data.ndim != 2 or self.t_s.shape != self.data.shape[1:]:
            raise ValueError(f"{self.t_s.shape} stamps do not fit {self.data.shape} data")
        if self.device_s is not None and self.device_s.shape != self.t_s.shape:
            raise ValueError(f"{self.device_s.shape} stamps of the device do not fit {self.t_s.shape} of the host")


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """What was learned of the player before the play."""

    kind: str
    t_s: float
    data_json: str


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """An unbroken stretch of one device's signal; between two of them it was lost.

    from_s, until_s: its first and its last sample, host monotonic seconds
    name:      of the device, for people
    rate_hz:   samples a second, lost ones included; None where there are fewer than two
    loss:      how many samples were lost on the way
    jitter_ms: standard deviation of the stamps from straight lines of ten seconds
    clock_*:   the device's clock against the host's at its end; None where nothing is known of it
    reason:    why it ended, in one sentence; None where the sitting did
    blink_*:   of the headset: how much later than the eye tracker it shows blinks, and how far both agree, 0..1, over
               its last five minutes; below 0.3 the lag means nothing. None with fewer than ten blinks
    head_*:    of the eye tracker: root mean square of how fast the head turned; None where it does not say
    """

    device: Stream
    from_s: float
    until_s: float
    name: str
    rate_hz: float | None
    loss: int
    jitter_ms: float | None
    clock_offset_s: float | None
    clock_uncertainty_s: float | None
    clock_drift_ppm: float | None
    reason: str | None
    clock_residual_s: float | None = None
    blink_lag_s: float | None = None
    blink_agreement: float | None = None
    head_motion_rad_s: float | None = None

    @property
    def loss_per_minute(self) -> float | None:
        """None for a stretch without length."""
        return 60 * self.loss / (self.until_s - self.from_s) if self.until_s > self.from_s else None


Row = BlockRow | TrialRow | EstimateRow | EventRow | TickRow | PollRow | CalibrationRow | SegmentRow
"""All that a sitting leaves behind, as the journal takes it and the store gives it back."""
