"""A home in a federation: answers the server's rounds with its own program, over TLS, and sends nothing else.

A SuperNode of Flower runs whatever program the server sends. A home of Heron speaks the same protocol by Flower's own
connection, and runs what is installed here: so a server cannot ask for more than `Answers` gives.
"""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from flwr.app import Context, Message, RecordDict
from flwr.client import ClientApp, NumPyClient
from flwr.client.mod import secaggplus_mod
from flwr.supercore.inflatable.inflatable_object import get_all_nested_objects, get_object_tree
from flwr.supercore.inflatable.inflatable_utils import pull_and_inflate_object_from_tree
from flwr.supernode.fleet_http_connection import http_request_response
from numpy.random import Generator  # noqa: TID251 -- the type is no source of chance
from numpy.typing import NDArray

from neuro.errors import NeuroError, NoWorkers
from neuro.learn.federate.learning import Recipe, along, of_home
from neuro.learn.federate.line import N_LINE, Seen

ASKS_EVERY_S = 0.3
"""How often a home asks the server for work."""

PATIENCE_S = 120.0
"""With a server that does not answer."""

MOST_PLAYERS = 1000
"""Of one home, as far as the masked sums are made for."""


class NotAgreed(NeuroError):
    """A server asks for something else than was agreed on."""


class Answers(NumPyClient):  # type: ignore[misc]  # Flower is not typed where it is not installed
    """All that a home does for a server.

    spent: rounds that have been answered; never more than the recipe has
    """

    def __init__(self, players: Sequence[Seen], recipe: Recipe, chance: Generator) -> None:
        self._players, self._recipe, self._chance = players, recipe, chance
        self._basis: NDArray[np.float64] | None = None
        self._along: list[Seen] = []
        self.spent = 0

    @property
    def share(self) -> float:
        """Of the rounds, that is done."""
        return self.spent / self._recipe.rounds

    def fit(
        self, parameters: list[NDArray[Any]], config: dict[str, Any]
    ) -> tuple[list[NDArray[Any]], int, dict[str, Any]]:
        """One round: where this home would go. Raises: NotAgreed."""
        if config.get("recipe") != json.dumps(asdict(self._recipe)):
            raise NotAgreed("The server asks for another recipe than this home has agreed to: ask who runs it.")
        if self.spent >= self._recipe.rounds:
            raise NotAgreed("The server asks for more rounds than this home has agreed to: ask who runs it.")
        (at,) = parameters
        basis = np.frombuffer(config["basis"], np.float64).reshape(N_LINE, self._recipe.directions)
        if self._basis is None:
            self._basis, self._along = basis, [along(player, basis) for player in self._players]
        if not np.array_equal(basis, self._basis) or at.shape != (self._recipe.directions,):
            raise NotAgreed("The server has changed the directions of learning on the way: ask who runs it.")
        self.spent += 1
        there = of_home(at.astype(np.float64), self._along, self._recipe, self._chance)
        return [there], len(self._players), {}


def join(address: str, certificate: Path, answers: Answers, done: Callable[[float], None]) -> None:
    """Answer a server until all rounds are done.

    certificate: of the authority that vouches for the server
    Raises: NotAgreed. NoWorkers: the server went away before the end.
    """
    ended: list[Exception | None] = []
    with http_request_response(address, False, str(certificate), max_wait_time=PATIENCE_S) as connection:
        try:
            _answer(Line(*connection), answers, done)
            ended.append(None)
        except Exception as error:  # Flower's connection would write it into its log, and say nothing
            ended.append(error)
    if not ended:
        raise NoWorkers(f"The server at {address} went away before all rounds were done: ask who runs it.")
    if ended[0]:
        raise ended[0]


class Line(NamedTuple):
    """What Flower's connection of a home can do."""

    node: int
    receive: Callable[[], Any]
    send: Callable[..., tuple[set[str], str]]
    run: Callable[[int], Any]
    program: Callable[[str, int], Any]
    pull: Callable[[int, str], bytes]
    push: Callable[[int, str, str, bytes], None]
    confirm: Callable[[int, str], None]


def _answer(line: Line, answers: Answers, done: Callable[[float], None]) -> None:
    app = ClientApp(client_fn=lambda _context: answers.to_client(), mods=[secaggplus_mod])
    context: Context | None = None
    while True:
        if (received := line.receive()) is None:
            threading.Event().wait(ASKS_EVERY_S)
            continue
        head, tree = received
        run = head.metadata.run_id
        message = pull_and_inflate_object_from_tree(
            tree, partial(line.pull, run), partial(line.confirm, run), return_type=Message
        )
        message.metadata.__dict__["_message_id"] = tree.object_id  # as Flower's own node does
        stage = _stage(message)
        context = context or Context(run, line.node, {}, RecordDict(), {})
        reply = app(message, context)
        reply.metadata.__dict__["_message_id"] = reply.object_id
        missing, session = line.send(reply, get_object_tree(reply), 0.0)
        for name, part in get_all_nested_objects(reply).items():
            if name in missing:
                line.push(run, session, name, part.deflate())
        done(answers.share)
        if answers.share == 1 and stage == "unmask":
            return


def _stage(message: Message) -> str:
    """Of the protocol that sums without seeing; answering takes it away."""
    return str(next((record["stage"] for record in message.content.config_records.values() if "stage" in record), ""))
