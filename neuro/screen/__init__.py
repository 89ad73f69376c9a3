"""Where on the game's screen a person looks who wears a camera: by marks on the screen, or by nine dots."""

from neuro.screen.detector import Places, TagDetector
from neuro.screen.lens import NEON_PINHOLE, Calibration
from neuro.screen.mapper import Mapped, MappedBy, Picture, SceneCamera, ScreenMapper, TagMapper
from neuro.screen.plane import Homography, span_deg
from neuro.screen.points import DOTS, PointMap, point_map
from neuro.screen.steady import Target
from neuro.screen.validation import Validation, validated
from neuro.screen.watcher import TagWatcher

__all__ = [
    "DOTS",
    "NEON_PINHOLE",
    "Calibration",
    "Homography",
    "Mapped",
    "MappedBy",
    "Picture",
    "Places",
    "PointMap",
    "SceneCamera",
    "ScreenMapper",
    "TagDetector",
    "TagMapper",
    "TagWatcher",
    "Target",
    "Validation",
    "point_map",
    "span_deg",
    "validated",
]
