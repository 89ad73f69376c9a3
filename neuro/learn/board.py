"""Training as TensorBoard shows it."""

from pathlib import Path

from torch.utils.tensorboard import SummaryWriter

from neuro.learn.final import Epoch, Watch


def to_tensorboard(folder: Path) -> Watch:
    """Writes each epoch's losses, one run a turn. Raises: ImportError: tensorboard is not installed."""
    writers: dict[int, SummaryWriter] = {}

    def watch(epoch: Epoch) -> None:
        name = f"held out {epoch.turn + 1}" if epoch.held_out is not None else "everybody"
        if epoch.turn not in writers:
            writers[epoch.turn] = SummaryWriter(str(folder / name))
        writer = writers[epoch.turn]
        writer.add_scalar("loss", epoch.loss, epoch.epoch)
        if epoch.held_out is not None:
            writer.add_scalar("held out", epoch.held_out, epoch.epoch)
        writer.flush()

    return watch
