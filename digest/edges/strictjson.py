"""JSON as RFC 8259 has it -> values that can be written again, whatever a stranger put into the text."""

import json

_MOST_DIGITS = 4300
"""CPython turns no longer number into an integer, or back into text."""


def read_json(text: str) -> object:
    """The value of a JSON text; of a key that stands twice in an object the last one counts.

    Raises ValueError, in words for the user, where the text is no JSON or holds what no JSON can be made of again: a number
    that is too large or too long, half a surrogate pair.
    """
    try:
        value = json.loads(text, parse_constant=_refuse, parse_int=_integer, parse_float=_float)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except json.JSONDecodeError as e:
        raise ValueError(f"not JSON: {e.msg} at character {e.pos}") from None
    except UnicodeEncodeError as e:
        raise ValueError(f"half a surrogate pair, {e.object[e.start : e.start + 1]!a}") from None
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _integer(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if abs(number) == float("inf"):
        raise ValueError(f"the number {digits[:20]} is too large")
    return number
