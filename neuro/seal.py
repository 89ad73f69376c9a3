"""A model file carries its own hash, so that what reached the disk is what was made."""

from hashlib import sha256

_HEAD = b"\x72\x4a\x0a\x06sealed\x12\x40"
"""An entry `sealed` of 64 letters in the metadata of an ONNX file: field 14, a pair of texts, as protobuf writes it.

Fields may follow each other in any order, so the entry can stand at the end: the hash is that of all before it.
"""
_LENGTH = len(_HEAD) + 64


def sealed(onnx: bytes) -> bytes:
    """The same model with its hash at the end; one that is sealed already stays as it is."""
    return onnx if is_sealed(onnx) else onnx + _seal(onnx)


def is_sealed(onnx: bytes) -> bool:
    """Whether every byte is as it was when the model was sealed."""
    return onnx[-_LENGTH:] == _seal(onnx[:-_LENGTH])


def _seal(onnx: bytes) -> bytes:
    return _HEAD + sha256(onnx).hexdigest().encode()
