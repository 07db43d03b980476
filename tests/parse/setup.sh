#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what the parser's tests judge by into build/witness: the npm package libpg-query (the
# witness) and a Python environment with psycopg (to ask a real server, the oracle). Versions are
# pinned; a second run touches nothing and needs no network. `setup.sh --witness` leaves psycopg out.
set -euo pipefail
witness_version=18.1.5
psycopg_version=3.2.13
root=$(cd "$(dirname "$0")/../.." && pwd)
dir=$root/build/witness
mkdir -p "$dir"

have=$(node -p "require('$dir/node_modules/libpg-query/package.json').version" 2>/dev/null || true)
if [ "$have" != "$witness_version" ]; then
    npm install --prefix "$dir" --no-audit --no-fund --no-save --loglevel=error \
        "libpg-query@$witness_version"
fi

[ "${1:-}" = --witness ] && exit 0
have=$("$dir/venv/bin/python" -c 'import psycopg; print(psycopg.__version__)' 2>/dev/null || true)
if [ "$have" != "$psycopg_version" ]; then
    python3 -m venv "$dir/venv"
    "$dir/venv/bin/pip" install --quiet --disable-pip-version-check \
        "psycopg[binary]==$psycopg_version"
fi
