"""Reads Babelforce into a DuckDB file with PyAirbyte. Run it again, and incremental streams read only what is new.

    python sync.py --executable ../../dist/main.mjs --config config.json
    python sync.py --image source-babelforce/source-babelforce:0.1.0 --config config.json
"""

import argparse
import json
from pathlib import Path

import airbyte as ab
from airbyte.caches import DuckDBCache

# Not source-babelforce: PyAirbyte would take it for the community connector of that name in Airbyte's catalog.
NAME = "babelforce"
STREAMS = "calls,call_records,agents,queues,users,recordings,conversations"


def main() -> None:
    arguments = parse()
    source = open_source(arguments)
    source.check()
    cache = DuckDBCache(db_path=arguments.database)
    # PyAirbyte asks every stream for an incremental sync, those too that cannot: these are read apart, and replaced as a whole.
    moving, whole = split(source, arguments.streams.split(","))
    if moving:
        source.read(cache=cache, streams=moving)
    if whole:
        source.read(cache=cache, streams=whole, force_full_refresh=True, write_strategy="replace")
    for name in moving + whole:
        print(f"{name}: {len(cache[name])} rows in {arguments.database}")


def open_source(arguments: argparse.Namespace) -> ab.Source:
    config = json.loads(Path(arguments.config).read_text())
    if arguments.image:
        way = {"docker_image": arguments.image, "use_host_network": arguments.host_network}
    else:
        way = {"local_executable": Path(arguments.executable).absolute(), "install_if_missing": False}
    return ab.get_source(NAME, config=config, **way)


def split(source: ab.Source, names: list[str]) -> tuple[list[str], list[str]]:
    """The streams that can be read incrementally, and the others."""
    catalog = {stream.name: stream for stream in source.discovered_catalog.streams}
    can = {name: "incremental" in [mode.value for mode in catalog[name].supported_sync_modes] for name in names}
    return [name for name in names if can[name]], [name for name in names if not can[name]]


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Babelforce into DuckDB")
    parser.add_argument("--config", required=True, help="the connector's config, as JSON")
    parser.add_argument("--database", default="babelforce.duckdb", help="the DuckDB file to write")
    parser.add_argument("--streams", default=STREAMS, help="what to read, comma separated")
    parser.add_argument("--executable", default="dist/main.mjs", help="the built connector")
    parser.add_argument("--image", help="the connector's image, instead of the executable")
    parser.add_argument("--host-network", action="store_true", help="let the image reach this machine's loopback")
    return parser.parse_args()


if __name__ == "__main__":
    main()
