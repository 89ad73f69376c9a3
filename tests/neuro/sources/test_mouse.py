"""Facts about gaze by mouse."""

import numpy as np

from neuro.sources.mouse import MouseGaze


def test_each_frame_of_the_pointer_is_one_sure_sample_without_a_pupil() -> None:
    now_s = 10.0
    with MouseGaze(lambda: now_s) as mouse:
        mouse.move(0.25, 0.5)
        now_s = 10.016
        mouse.move(0.26, 0.5)
        gaze = mouse.read()
        assert gaze.t_s.tolist() == [10.0, 10.016]
        np.testing.assert_allclose(gaze.xy, [[0.25, 0.26], [0.5, 0.5]])
        assert np.isnan(gaze.pupil_mm).all()
        assert gaze.confidence.tolist() == [1.0, 1.0]
        assert mouse.read().t_s.size == 0


def test_two_frames_never_share_a_stamp() -> None:
    with MouseGaze(lambda: 10.0) as mouse:
        mouse.move(0.1, 0.1)
        mouse.move(0.2, 0.1)
        assert np.all(np.diff(mouse.read().t_s) > 0)
