"""What variants are made by: a secret in a file beside the bank, which stands nowhere else."""

import contextlib
import hmac
import json
import os
import secrets
from pathlib import Path

from bugforge.errors import BankError

LENGTH = 32  # bytes


def secret_path(bank: Path) -> Path:
    """The file that holds the secret of a bank."""
    return bank.with_name(f"{bank.name}.secret")


def make_secret(bank: Path) -> None:
    """Write a new secret that only its owner may read; one that lies there already is kept, it is as good.

    Raises BankError where the file cannot be made, or holds something else.
    """
    path = secret_path(bank)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        with contextlib.suppress(OSError):
            if _secret_in(path):
                return
        raise BankError(f"{path} is there already and is no secret of a bank; move it away") from None
    except OSError as error:
        raise BankError(f"{path} cannot be made ({error.strerror}); choose another --bank") from None
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(LENGTH)}\n")


def read_secret(bank: Path) -> bytes:
    """Raises BankError where the file is lost, or holds something else."""
    path = secret_path(bank)
    otherwise = "put it back, or hand out the exercises as they are with --no-variant"
    try:
        found = _secret_in(path)
    except OSError as error:
        raise BankError(f"{path}, by which variants are made, cannot be read ({error.strerror}); {otherwise}") from None
    if found is None:
        raise BankError(f"{path} does not hold the secret by which variants are made; {otherwise}")
    return found


def _secret_in(path: Path) -> bytes | None:
    """What a file holds, if that is a secret."""
    try:
        found = bytes.fromhex(path.read_text(encoding="ascii"))
    except ValueError:
        return None
    return found if len(found) == LENGTH else None


def key_of(secret: bytes, candidate: str, exercise: str) -> bytes:
    """What decides on every choice in the variant of one exercise for one candidate."""
    return hmac.digest(secret, json.dumps([candidate, exercise]).encode(), "sha256")


def number(key: bytes, what: str) -> int:
    """A large number that the key gives to one choice; who lacks the key cannot tell it."""
    return int.from_bytes(hmac.digest(key, what.encode(), "sha256"))
