# SPDX-License-Identifier: Apache-2.0
"""What the scripts share: where the server is (libpq's environment variables), and how results are printed: one line each, so
that those of two servers can be compared."""

import os


def dsn():
    return " ".join(f"{name}={os.environ[variable]}" for name, variable in
                    [("host", "PGHOST"), ("port", "PGPORT"), ("user", "PGUSER"), ("dbname", "PGDATABASE")])


def parts():
    return {"host": os.environ["PGHOST"], "port": int(os.environ["PGPORT"]), "user": os.environ["PGUSER"],
            "database": os.environ["PGDATABASE"]}


def show(what, *values):
    print(what, *(repr(value) for value in values), sep="\t", flush=True)
