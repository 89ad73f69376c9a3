"""How a model is trained: every number in one frozen place."""

from dataclasses import dataclass
from typing import Literal

Optimiser = Literal["sgd", "adam", "adamw", "adagrad", "adadelta"]
Schedule = Literal["constant", "decay", "cosine"]


@dataclass(frozen=True, slots=True)
class Config:
    """The defaults train the shipped model.

    width, hidden: of a token inside the net, and of the layer that makes it
    heads:        of the attention over time and modalities
    epochs, steps, batch: an epoch is so many steps of so many windows, people and labels evenly drawn
    rate, warm_up: the highest learning rate, and the share of all steps in which it is reached
    averaged:     how many steps the running mean of the weights looks back
    folds:        people are held out in so many turns, to find after how many epochs to stop and how sure to be
    dropout:      inside the net
    drop_channel, drop_token, drop_place, drop_eyes, drop_eeg: chances of leaving that out of a window
    shift:        how far an electrode sits beside its place, SD, on a head of radius 1
    noise:        added to every deviation, SD
    contact:      how far a channel's height moves with its contact, SD
    disturbed:    chance of muscle in a window; blinks and loose contacts come less often
    rise:         what it costs that muscle raises the log odds by 1; it grows with the square
    montages, most_channels: how many sets of sensors are drawn from those that people wore, and of how many at most;
                  every number from 1 on is as likely
    brain:        the share of what the net finds in the brain that joins the straight line
    straight_batches, ridge: how many batches the straight line is found from, and what its weights cost
    """

    width: int = 64
    hidden: int = 96
    heads: int = 4
    epochs: int = 10
    steps: int = 40
    batch: int = 64
    optimiser: Optimiser = "adamw"
    schedule: Schedule = "cosine"
    rate: float = 1e-3
    warm_up: float = 0.1
    weight_decay: float = 0.1
    averaged: int = 100
    folds: int = 3
    dropout: float = 0.4
    drop_channel: float = 0.1
    drop_token: float = 0.1
    drop_place: float = 0.15
    drop_eyes: float = 0.3
    drop_eeg: float = 0.3
    shift: float = 0.1
    noise: float = 0.3
    contact: float = 0.5
    disturbed: float = 0.15
    rise: float = 0.02
    montages: int = 48
    most_channels: int = 8
    brain: float = 0.05
    straight_batches: int = 400
    ridge: float = 0.1
