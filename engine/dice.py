"""Chance without a state: the same question about the same sitting always has the same answer."""

from hashlib import blake2b

Key = str | int


def roll(seed: int, *question: Key) -> float:
    """A number in [0, 1) that depends on the seed and the question alone.

    roll(7, "block", 0, "trial", 3, "frog") needs no generator to be carried through the rules,
    so a replay cannot fall out of step. Uniform to 53 bits of BLAKE2b.
    """
    digest = blake2b(repr((seed, question)).encode(), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 2**53


def between(low: float, high: float, seed: int, *question: Key) -> float:
    """A number in [low, high), as `roll` chooses."""
    return low + (high - low) * roll(seed, *question)
