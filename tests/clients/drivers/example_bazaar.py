# SPDX-License-Identifier: Apache-2.0
"""The example examples/bazaar at a small scale: loaded by COPY, then asked through psycopg and SQLAlchemy."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "examples" / "bazaar"))

import app  # noqa: E402
import load  # noqa: E402
import psycopg  # noqa: E402
from common import dsn, show  # noqa: E402
from sqlalchemy import create_engine  # noqa: E402

engine = create_engine("postgresql+psycopg://", connect_args={
    "host": os.environ["PGHOST"], "port": os.environ["PGPORT"], "user": os.environ["PGUSER"], "dbname": os.environ["PGDATABASE"]})
with psycopg.connect(dsn()) as connection:
    load.load(connection, 0.005, 1, lambda what, rows, _seconds: show(what, rows))
    app.run(connection, engine, show)
