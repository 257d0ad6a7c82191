"""Models on this machine and on the model hub: whether one is here, and a clear word where it cannot be had."""

from pathlib import Path

#: Seconds to wait for the hub before saying that it cannot be reached.
PATIENCE = 5.0


class Unavailable(Exception):
    """A model cannot be had; the text says why."""


def is_here(name: str) -> bool:
    """Return whether the model ``name`` (a folder, or a name on the hub) is on this machine; else the hub has it.

    Raises:
        Unavailable: it is not here, and the hub lacks it or cannot be reached.
    """
    return Path(name).exists() or _is_in_cache(name) or _ask_the_hub(name)


def first_line(error: Exception) -> str:
    """Return what an error says, in one line without a full stop."""
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")


def _is_in_cache(name: str) -> bool:
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        return isinstance(try_to_load_from_cache(name, "config.json"), str)
    except HFValidationError as error:
        reason = f"there is no such folder, and it is no name on the hub ({first_line(error)})"
        raise Unavailable(reason) from error


def _ask_the_hub(name: str) -> bool:
    # The library tries for over a minute where there is no network; one short question first.
    from huggingface_hub import model_info

    try:
        model_info(name, timeout=PATIENCE)
    except Exception as error:
        reason = f"there is no such folder, and the hub lacks it or cannot be reached ({first_line(error)})"
        raise Unavailable(reason) from error
    return False
