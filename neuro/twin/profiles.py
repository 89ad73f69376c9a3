"""Who the simulated player can be: every number of the twin, with where it came from.

Numbers without a source of their own are Heron's design values, plausible and checked for what they bring about
(shares of attention, spread of reaction times, difficulty of the EEG) in tests/neuro/twin.
"""

from dataclasses import dataclass, replace
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Attention:
    """How long attention stays and strays: a two-state semi-Markov chain.

    Dwells are gamma distributed with shape 2 (hidden semi-Markov models fit such data: CIN 2015/493769), `in_s` and
    `out_s` on average over a sitting. Arousal is an Ornstein-Uhlenbeck process that sinks by `decrement` SD
    with time on task, and stretches or shortens the dwells in the zone.
    """

    in_s: float
    out_s: float
    decrement: float
    dwell_shape: float = 2.0
    decrement_tau_s: float = 480.0
    arousal_tau_s: float = 60.0
    arousal_sd: float = 0.4
    arousal_gain: float = 0.3  # own choice: log of the mean dwell per SD, a child tires visibly in 20 minutes
    sitting_s: float = 1200.0  # the averages above are those of a sitting of this length
    recovery_tau_s: float = 120.0  # of arousal in breaks
    settle_s: float = 0.5  # own choice: brain and eyes follow a change of zone with this time constant


@dataclass(frozen=True, slots=True)
class Reaction:
    """Ex-Gaussian reaction times (mu + sigma * normal + exponential of mean tau), and how often the hand errs.

    stop_s: how long it takes on average to stop an answer under way, of the usual order by age and ADHD, own choice
    """

    mu_s: float
    sigma_s: float
    tau_s: float
    omission: float
    false_alarm: float
    stop_s: float


@dataclass(frozen=True, slots=True)
class Skill:
    """How well any task goes: half succeed at a difficulty of `ability` logits, lapses aside.

    conflict_s: how much longer an answer takes against what surrounds it says otherwise; own choice
    """

    ability: float
    out_costs: float  # logits, out of the zone
    lapses: float = 0.03
    conflict_s: float = 0.08


@dataclass(frozen=True, slots=True)
class Learning:
    """What practice brings: `gain` logits, 85 % of them by the twelfth sitting, and some within a sitting.

    `attends` is the log of how much longer spells in the zone last after such a course. Caution drifts by
    `caution_per_min` SD towards not pressing (after Huang-Pollock et al. 2020: a shift of bias, not of d').
    """

    gain: float = 1.0  # about .15 logits a sitting at first
    per_trial: float = 0.004
    most_within: float = 0.5  # own choice
    attends: float = 0.0
    caution_per_min: float = 0.03


@dataclass(frozen=True, slots=True)
class Temper:
    """What the game does to attention: hazards a second of leaving the zone, and the glow that a reward leaves."""

    distractible_per_s: float = 0.02  # a level of distractors
    glow_s: float = 5.0
    glow: float = 0.7
    frustrated_per_s: float = 0.02  # own choice: of full frustration; bored_per_s likewise
    bored_per_s: float = 0.02


@dataclass(frozen=True, slots=True)
class Rhythms:
    """What the electrodes pick up, in microvolts RMS, where it is strongest.

    `out` factors multiply an amplitude while attention is away. `wander_sd` is the one scalar that sets how hard
    this brain is to read: the SD of slow changes of each rhythm's log amplitude that mean nothing. It is
    set so that 4 s windows tell in from out with an AUC of .65-.75 on average, as they do in people (24 twins a
    profile, own measurement: adult .733, child .730, adhd .741).
    """

    exponent: float
    exponent_sd: float
    alpha_hz: float
    muscle_per_min: float
    background_uv: float = 10.0  # 1-40 Hz; people: 8-12
    alpha_uv: float = 4.0
    alpha_out: float = 1.5
    alpha_seat: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)  # what each electrode sees of it, against the usual
    alpha_per_min: float = 0.015  # of power: fatigue raises alpha
    theta_hz: float = 6.0
    theta_uv: float = 3.0
    theta_out: float = 1.25
    theta_per_min: float = 0.010
    beta_hz: tuple[float, float] = (13.0, 25.0)
    beta_uv: float = 1.5
    beta_out: float = 0.9
    wander_sd: float = 0.4
    wander_tau_s: float = 15.0  # own choice
    burst_s: tuple[float, float] = (0.4, 1.5)  # an alpha burst: about the 10th and the 90th percentile
    burst_gap_s: float = 0.6  # own choice
    muscle_uv: tuple[float, float] = (5.0, 30.0)
    muscle_s: tuple[float, float] = (0.5, 4.0)
    line_hz: float = 50.0
    line_uv: tuple[float, float] = (2.0, 6.0)  # people: 2-20; a well seated headset has little
    sensor_uv: float = 1.0  # own choice
    pops_per_min: float = 0.05  # own choice: of a well seated headset; a pop is 200 uV and fades within a second
    pop_uv: float = 200.0
    loose_per_min: float = 0.02  # own choice: spells in which one sensor hardly touches, with ten times the noise
    loose_uv: float = 100.0


@dataclass(frozen=True, slots=True)
class Looking:
    """How the eyes hold still, jump, stray and blink, in degrees of visual angle.

    Fixational drift as an Ornstein-Uhlenbeck walk after PNAS 1102730108; blink rate and shape as MNE's `add_eog`.
    `wander_sd` sets how hard these eyes are to read, as that of `Rhythms` does for the brain: the SD of slow changes
    of the drift's log amplitude that mean nothing. It is set so that 4 s windows tell in from out with an AUC of
    .70-.80 (20 twins of all profiles, own measurement: .77; without it .96).
    """

    drift_deg: float
    latency_s: tuple[float, float, float]  # ex-Gaussian mu, sigma, tau of a saccade to a target
    stray_per_s: float  # glances away a second while attention is out
    blinks_per_min: float  # people: 4.5-17; low, as in people who watch a game
    pupil_mm: float
    antisaccade_errors: float
    pursuit_gain: float
    lured: float  # share of times that a lure of one level draws the eyes
    drift_tau_s: float = 0.2
    drift_out: float = 1.8
    wander_sd: float = 0.8
    wander_tau_s: float = 15.0  # own choice, as of the rhythms
    tracker_deg: float = 0.3
    bias_deg: float = 0.5
    stray_s: float = 1.5  # median of a lognormal
    stray_deg: tuple[float, float] = (8.0, 20.0)  # own choice
    saccade_gain: tuple[float, float] = (0.95, 0.06)
    blink_out: float = 1.4
    blink_per_10_min: float = 0.2
    blink_s: tuple[float, float] = (0.20, 0.25)  # people: 0.15-0.25; MNE's is 0.25
    blink_uv: tuple[float, float] = (100.0, 200.0)  # above the eyes
    pupil_arousal_mm: float = 0.06
    pupil_noise_mm: float = 0.05
    pupil_evoked_mm: tuple[float, float] = (0.15, 0.40)  # by what is noticed
    pupil_light_mm: float = 0.55  # narrower for ten times the light
    pupil_lag_s: float = 0.2
    pupil_tau_s: float = 0.4
    corrected: float = 0.8  # share of antisaccade errors that are mended, after 150 ms
    pursuit_tau_s: float = 0.12  # how late smooth pursuit takes up a speed


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of player.

    child:     whether the game is to treat this player as a child
    clench_uv: muscle that the player tightens whenever rewards fail to come, RMS where it is strongest; 0 for none
    """

    name: str
    child: bool
    attention: Attention
    reaction_in: Reaction
    reaction_out: Reaction
    skill: Skill
    rhythms: Rhythms
    looking: Looking
    learning: Learning = Learning()
    temper: Temper = Temper()
    clench_uv: float = 0.0


ADULT = Profile(
    name="adult",
    child=False,
    attention=Attention(in_s=40, out_s=12, decrement=0.5),
    reaction_in=Reaction(mu_s=0.350, sigma_s=0.040, tau_s=0.060, omission=0.005, false_alarm=0.10, stop_s=0.21),
    reaction_out=Reaction(mu_s=0.370, sigma_s=0.060, tau_s=0.140, omission=0.06, false_alarm=0.30, stop_s=0.26),
    skill=Skill(ability=2.0, out_costs=0.9),
    rhythms=Rhythms(exponent=1.1, exponent_sd=0.15, alpha_hz=10.0, muscle_per_min=0.5),
    looking=Looking(
        drift_deg=0.12,
        latency_s=(0.150, 0.025, 0.040),
        stray_per_s=0.05,
        blinks_per_min=8,
        pupil_mm=3.5,
        antisaccade_errors=0.10,
        pursuit_gain=0.95,
        lured=0.03,
    ),
    learning=Learning(gain=0.3, per_trial=0.001),  # own choice: grown hands have little to learn
)

CHILD = Profile(
    name="child",
    child=True,
    attention=Attention(in_s=30, out_s=12, decrement=0.8),
    reaction_in=Reaction(mu_s=0.480, sigma_s=0.080, tau_s=0.120, omission=0.02, false_alarm=0.20, stop_s=0.26),
    reaction_out=Reaction(mu_s=0.520, sigma_s=0.110, tau_s=0.240, omission=0.12, false_alarm=0.40, stop_s=0.32),
    skill=Skill(ability=1.4, out_costs=0.9, conflict_s=0.10),
    rhythms=Rhythms(exponent=1.4, exponent_sd=0.2, alpha_hz=8.8, muscle_per_min=1.0),
    looking=Looking(
        drift_deg=0.20,
        latency_s=(0.190, 0.025, 0.040),
        stray_per_s=0.08,
        blinks_per_min=6,
        pupil_mm=4.5,
        antisaccade_errors=0.45,
        pursuit_gain=0.85,
        lured=0.03,
    ),
)

# ADHD reaction times are set so that children with the usual spread between them differ from CHILD by about
# g = 0.8 in RT variability (target: Kofler's meta-analysis, .76).
ADHD = replace(
    CHILD,
    name="adhd",
    attention=Attention(in_s=20, out_s=12, decrement=1.2),
    reaction_in=Reaction(mu_s=0.485, sigma_s=0.085, tau_s=0.150, omission=0.04, false_alarm=0.30, stop_s=0.31),
    reaction_out=Reaction(mu_s=0.530, sigma_s=0.118, tau_s=0.300, omission=0.22, false_alarm=0.55, stop_s=0.38),
    skill=Skill(ability=1.0, out_costs=1.0, conflict_s=0.12),
    rhythms=replace(CHILD.rhythms, muscle_per_min=2.0),
    looking=replace(CHILD.looking, stray_per_s=0.15, antisaccade_errors=0.60, pursuit_gain=0.75, lured=0.054),
    temper=Temper(distractible_per_s=0.04, glow_s=8.0),
)

MEDICATED = replace(  # stimulants bring variability most of the way back (Kofler 2013: -.74)
    ADHD,
    name="medicated",
    attention=Attention(in_s=28, out_s=12, decrement=0.9),
    reaction_in=Reaction(mu_s=0.480, sigma_s=0.082, tau_s=0.130, omission=0.025, false_alarm=0.23, stop_s=0.28),
    reaction_out=Reaction(mu_s=0.522, sigma_s=0.112, tau_s=0.260, omission=0.15, false_alarm=0.44, stop_s=0.34),
    skill=Skill(ability=1.3, out_costs=0.9, conflict_s=0.11),
    temper=Temper(distractible_per_s=0.03, glow_s=6.0),
)

TIRED = replace(
    CHILD,
    name="tired",
    attention=replace(CHILD.attention, in_s=0.6 * CHILD.attention.in_s, decrement=1.2),
    looking=replace(CHILD.looking, blinks_per_min=8),
)

RANDOM = replace(  # nothing in this head tells of attention
    CHILD, name="random", rhythms=replace(CHILD.rhythms, alpha_out=1.0, theta_out=1.0, beta_out=1.0)
)

EMG_CHEAT = replace(ADULT, name="emg_cheat", clench_uv=12.0)

NOVICE = replace(  # becomes an expert: half of the time in the zone at first, four fifths in the end
    CHILD,
    name="novice",
    attention=replace(CHILD.attention, in_s=12.0),
    skill=Skill(ability=0.4, out_costs=0.9, conflict_s=0.10),
    learning=Learning(gain=2.0, per_trial=0.008, attends=1.39),
)

PROFILES = MappingProxyType(
    {profile.name: profile for profile in (ADULT, CHILD, ADHD, MEDICATED, TIRED, RANDOM, EMG_CHEAT, NOVICE)}
)
