"""A client's own models on the therapist's page: their history, the way back to the common one, and another try."""

from dataclasses import dataclass
from hashlib import sha256

from litestar import post
from litestar.response import Redirect

import assets
from engine.store import Store
from engine.store.rows import OwnModel
from game.personal.between import can_learn
from game.portal.doors import THERAPIST, Client, PortalRequest, asker, house
from game.portal.pages import to
from game.words import later

ROLES = {
    "challenger": later("runs beside"),
    "champion": later("plays"),
    "retired": later("does not play"),
    "sent_back": later("was taken back"),
}

WHYS = (
    later("There are too few later sittings to judge by: play on."),
    later("On later sittings it is not better than the model in use, or not surely enough."),
    later("It is less honest about how sure it is than the model in use."),
    later("It does worse on other people than the model in use."),
    later("Tense muscles raise its score more than that of the model in use."),
    later("It is better on later sittings, and no worse in anything else that was asked."),
    later("It was better so far. Before it plays, its scores run beside in the next sittings."),
    later("In the sittings in which its scores ran beside it was worse than the model in use."),
)
"""All that a verdict can say (`neuro.learn.gate`, `game.personal.finetuning`), marked for translation: what says it
takes seconds to import."""


@dataclass(frozen=True, slots=True)
class Models:
    """agreed: to a model of one's own; can_learn: whether this computer can make one; own: the newest first

    plays: the one that scores the next sitting; None for the common one
    """

    agreed: bool
    can_learn: bool
    plays: OwnModel | None
    own: tuple[OwnModel, ...]


def read(store: Store, player_id: int) -> Models:
    common_sha = sha256(assets.model().read_bytes()).hexdigest()
    return Models(
        agreed=store.consents.holds(player_id, "personalise"),
        can_learn=can_learn(),
        plays=store.models.at_work(player_id, "champion", common_sha),
        own=store.models.own(player_id),
    )


@post("/clients/{pseudonym:str}/models/back", opt={"roles": THERAPIST}, sync_to_thread=True, name="model_back")
def back(request: PortalRequest, client: Client) -> Redirect:
    """The common model plays again, and no other is made until somebody asks."""
    store = house(request).store
    if store.models.send_back(client.id):
        store.audit.note(asker(request).word, "sent back", f"model of {client.pseudonym}")
    return to(f"/clients/{client.pseudonym}#models")


@post("/clients/{pseudonym:str}/models/again", opt={"roles": THERAPIST}, sync_to_thread=True, name="model_again")
def again(request: PortalRequest, client: Client) -> Redirect:
    """A model is made and judged anew, in a process of its own; whether it plays, the verdict says."""
    here = house(request)
    if here.store.consents.holds(client.id, "personalise"):
        here.store.audit.note(asker(request).word, "asked for", f"model of {client.pseudonym}")
        here.learn(client.pseudonym)
    return to(f"/clients/{client.pseudonym}#models")


ROUTES = (back, again)
