"""One Dagster asset per Babelforce stream, each hour, into DuckDB. Tried with dagster 1.13 and the PyAirbyte of
../pyairbyte/requirements.txt:

    BABELFORCE_CONFIG=config.json BABELFORCE_EXECUTABLE=../../dist/main.mjs dagster dev -f babelforce.py
"""

import json
import os
from pathlib import Path

import airbyte as ab
import dagster as dg
from airbyte.caches import DuckDBCache

MOVING = ["calls", "call_records", "conversations"]
WHOLE = ["agents", "queues", "users"]


@dg.multi_asset(specs=[dg.AssetSpec(name) for name in MOVING + WHOLE])
def babelforce():
    source = ab.get_source(
        "source-babelforce",
        config=json.loads(Path(os.environ["BABELFORCE_CONFIG"]).read_text()),
        local_executable=Path(os.environ["BABELFORCE_EXECUTABLE"]).absolute(),
        install_if_missing=False,
    )
    cache = DuckDBCache(db_path=os.environ.get("BABELFORCE_DATABASE", "babelforce.duckdb"))
    source.read(cache=cache, streams=MOVING)
    source.read(cache=cache, streams=WHOLE, force_full_refresh=True, write_strategy="replace")
    for name in MOVING + WHOLE:
        yield dg.MaterializeResult(asset_key=name, metadata={"dagster/row_count": len(cache[name])})


job = dg.define_asset_job("babelforce_job", selection="*")
defs = dg.Definitions(
    assets=[babelforce],
    jobs=[job],
    schedules=[dg.ScheduleDefinition(job=job, cron_schedule="0 * * * *")],
)
