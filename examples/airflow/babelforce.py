"""Babelforce into files, each hour, with Airflow. Needs nothing but its standard operators; tried with Airflow 3.3.

Copy this file into the folder of your DAGs, and say in Airflow's environment where things are:

    BABELFORCE_PROJECT   this repository, after npm ci
    BABELFORCE_CONFIG    the connector's config
    BABELFORCE_DATA      the folder to write to: JSON lines, state, manifest, and views for DuckDB

Where Airflow runs on Kubernetes, run the image with the same arguments instead (KubernetesPodOperator).
"""

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

SYNC = (
    'cd "$BABELFORCE_PROJECT" && '
    'npx source-babelforce sync --config "$BABELFORCE_CONFIG" --into "$BABELFORCE_DATA" --streams '
)

# One at a time: a second sync into the same folder would refuse to start. A retry goes on where the last try ended.
with DAG(
    "babelforce",
    schedule="@hourly",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    default_args={
        "retries": 2,
        "retry_delay": timedelta(minutes=5),
        "execution_timeout": timedelta(minutes=50),
    },
) as dag:
    by_time = BashOperator(task_id="by_time", bash_command=SYNC + "calls,call_records,conversations")
    whole = BashOperator(task_id="whole", bash_command=SYNC + "agents,queues,users,outbound_lists")
    by_time >> whole
