"""Any EEG or gaze that some program streams over the Lab Streaming Layer (LSL), by the stream's name."""

from neuro.sources.lsl.eeg import LslEeg
from neuro.sources.lsl.feed import load_pylsl
from neuro.sources.lsl.gaze import LslGaze

__all__ = ["LslEeg", "LslGaze", "load_pylsl"]
