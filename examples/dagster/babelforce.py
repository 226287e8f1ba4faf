"""Babelforce as Dagster assets, one per stream: any of them alone, or all together. Tried with dagster 1.13:

    npm ci
    BABELFORCE_CONFIG=config.json BABELFORCE_DATA=data dagster dev -f examples/dagster/babelforce.py

Streams that are read by time are partitioned by month, so that a first load of years is a backfill, month by month; the
others are read whole. Give the config a start_date: the first month. Each partition is a folder that `sync` writes to, and
goes on where its last run ended. All of them in DuckDB, of each call its newest version:

    SELECT * FROM read_json('data/*/calls/*.jsonl')
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY _extracted_at DESC) = 1
"""

import json
import os
import subprocess
import tempfile
from pathlib import Path

import dagster as dg

PROJECT = Path(__file__).parents[2]
CONFIG = Path(os.environ["BABELFORCE_CONFIG"]).absolute()
DATA = Path(os.environ.get("BABELFORCE_DATA", "data")).absolute()

BY_MONTH = ["calls", "call_records", "total_calls"]
WHOLE = ["agents", "queues", "users", "outbound_lists"]


def babelforce(*arguments: str) -> str:
    command = ["npx", "source-babelforce", *arguments]
    return subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True).stdout


def ranges() -> list[dict]:
    """The months since the config's start_date, as the connector cuts them: never where time is not over for good."""
    return json.loads(babelforce("plan", "--months", "--config", str(CONFIG)))["ranges"]


MONTHS = dg.MonthlyPartitionsDefinition(start_date=f"{ranges()[0]['start_date'][:7]}-01", end_offset=1)


def config_of(month: str) -> dict:
    """The config for one month. The newest one is left open, and so is one that has only just begun."""
    months = {one["start_date"][:7]: one for one in ranges()}
    dates = dict(months.get(month[:7], {"start_date": f"{month}T00:00:00Z"}))
    if month[:7] not in list(months)[:-1]:
        dates.pop("end_date", None)
    return {**json.loads(CONFIG.read_text()), **dates}


def sync(context: dg.AssetExecutionContext, config: dict, folder: Path):
    """Reads the selected streams into a folder. One result per stream, with the number of records that were read."""
    streams = [key.path[-1] for key in context.selected_asset_keys]
    with tempfile.TemporaryDirectory() as private:
        file = Path(private, "config.json")
        file.write_text(json.dumps(config))
        babelforce("sync", "--config", str(file), "--streams", ",".join(streams), "--into", str(folder))
    manifest = json.loads(Path(folder, "manifest.json").read_text())
    for stream in streams:
        read = manifest["streams"][stream]["last_sync"]
        metadata = {"dagster/row_count": read["records"], "requests": read["requests"], "folder": str(folder)}
        yield dg.MaterializeResult(asset_key=stream, metadata=metadata)


@dg.multi_asset(specs=[dg.AssetSpec(name) for name in BY_MONTH], partitions_def=MONTHS, can_subset=True)
def by_month(context: dg.AssetExecutionContext):
    yield from sync(context, config_of(context.partition_key), DATA / context.partition_key[:7])


@dg.multi_asset(specs=[dg.AssetSpec(name) for name in WHOLE], can_subset=True)
def whole(context: dg.AssetExecutionContext):
    yield from sync(context, json.loads(CONFIG.read_text()), DATA / "whole")


by_month_job = dg.define_asset_job("by_month_job", selection=dg.AssetSelection.assets(by_month))
whole_job = dg.define_asset_job("whole_job", selection=dg.AssetSelection.assets(whole))


@dg.schedule(job=by_month_job, cron_schedule="5 * * * *")
def hourly(context: dg.ScheduleEvaluationContext):
    return dg.RunRequest(partition_key=MONTHS.get_last_partition_key(context.scheduled_execution_time))


defs = dg.Definitions(
    assets=[by_month, whole],
    jobs=[by_month_job, whole_job],
    schedules=[hourly, dg.ScheduleDefinition(job=whole_job, cron_schedule="30 3 * * *")],
)
