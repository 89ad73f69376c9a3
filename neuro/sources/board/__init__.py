"""Any board that BrainFlow knows as a source of EEG."""

from neuro.sources.board.layouts import Layout, layout, layouts
from neuro.sources.board.opening import open_board, open_file
from neuro.sources.board.source import LOST_AFTER_S, BoardSource

__all__ = ["LOST_AFTER_S", "BoardSource", "Layout", "layout", "layouts", "open_board", "open_file"]
