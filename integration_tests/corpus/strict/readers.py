"""Reads protocol lines from stdin with two strict parsers, and tells by name which lines each of them refuses."""

import json
import sys

import orjson
import pydantic
import pydantic_core

READERS = {
    "orjson": orjson.loads,
    "pydantic": lambda line: pydantic_core.from_json(line, allow_inf_nan=False, cache_strings="none"),
}


def refused(name: str, line: bytes) -> str | None:
    try:
        line.decode("utf-8", errors="strict")
        if not isinstance(READERS[name](line), dict):
            return "it is no object"
    except ValueError as error:
        return str(error)
    return None


lines = [line for line in sys.stdin.buffer.read().split(b"\n") if line]
problems = [
    [name, why, line.decode("latin-1")[:400]]
    for name in READERS
    for line in lines
    if (why := refused(name, line)) is not None
]
versions = {"orjson": orjson.__version__, "pydantic": pydantic.VERSION}
print(json.dumps({"lines": len(lines), "problems": problems, "versions": versions}))
