"""Contributions add up to the answer, are exact for a plain sum, and are those that captum finds."""

import pytest

pytest.importorskip("torch")

import torch

from neuro.learn.contributions import integrated_gradients


def curved(seed: int) -> torch.nn.Module:
    torch.manual_seed(seed)
    return torch.nn.Sequential(
        torch.nn.Flatten(), torch.nn.Linear(12, 16), torch.nn.GELU(), torch.nn.Linear(16, 1), torch.nn.Flatten(0)
    ).eval()


def windows(seed: int) -> torch.Tensor:
    return torch.randn(5, 3, 4, generator=torch.Generator().manual_seed(seed))


def test_in_a_plain_sum_each_number_contributes_itself_times_its_weight() -> None:
    weight, at = windows(1)[0], windows(2)
    found = integrated_gradients(lambda x: (x * weight).sum((1, 2)), at, torch.zeros_like(at))
    assert torch.allclose(found, at * weight, atol=1e-5)


def test_contributions_add_up_to_what_the_answer_moved() -> None:
    net, at, start = curved(3), windows(4), windows(5)
    found = integrated_gradients(net, at, start)
    with torch.no_grad():
        moved = net(at) - net(start)
    assert torch.allclose(found.sum((1, 2)), moved, atol=1e-3)


def test_what_changes_nothing_contributes_nothing() -> None:
    at = windows(6)
    found = integrated_gradients(lambda x: torch.tanh(x[:, 0]).sum(1), at, torch.zeros_like(at))
    assert not found[:, 1:].any()
    assert found[:, 0].all()


def test_captum_finds_the_same() -> None:
    captum = pytest.importorskip("captum.attr")
    net, at, start = curved(7), windows(8), windows(9)
    theirs = captum.IntegratedGradients(net).attribute(at, start, n_steps=64, method="riemann_middle")
    assert torch.allclose(integrated_gradients(net, at, start), theirs.float(), atol=1e-5)
