"""`python -m bench` is told what to do."""

import pytest
import typer
from typer.testing import CliRunner

from bench import __main__ as command
from bench.worker import WORKS


@pytest.fixture
def bench() -> typer.Typer:
    app = typer.Typer()
    app.command()(command.main)
    return app


def test_work_that_nobody_knows_is_named(bench: typer.Typer) -> None:
    said = CliRunner().invoke(bench, ["--only", "W1,w12"])
    assert said.exit_code == 2
    assert "W12" in said.output
    assert "W8" in said.output


def test_each_work_is_a_file() -> None:
    for module in WORKS.values():
        assert (command.PAGE.parents[1] / module.replace(".", "/")).with_suffix(".py").is_file()
