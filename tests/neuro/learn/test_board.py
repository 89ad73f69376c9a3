"""Training on TensorBoard: one run a turn, with what was held out."""

from pathlib import Path

from neuro.learn.board import to_tensorboard
from neuro.learn.final import Epoch


def test_every_turn_is_a_run_of_its_own(tmp_path: Path) -> None:
    watch = to_tensorboard(tmp_path)
    for turn, held_out in ((0, 0.6), (1, None)):
        for epoch in (1, 2):
            watch(Epoch(turn, 2, epoch, 2, 0.7 / epoch, held_out))
    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["everybody", "held out 1"]
    assert all(len(list(folder.iterdir())) == 1 for folder in tmp_path.iterdir())
