# SPDX-License-Identifier: Apache-2.0
"""Which files are the project's: all but builds, data and what git keeps for itself."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = float(os.environ.get("TUSK_PATIENCE", "1"))  # what time limits of tests are multiplied by: ./dev help
NOT_OURS = {".git", "build", "data", "node_modules", "__pycache__"}


def folders(root):
    """Yields (folder, names of its subfolders, names of its files), sorted."""
    for folder, subfolders, files in os.walk(root):
        at_top = Path(folder) == Path(root)
        subfolders[:] = sorted(s for s in subfolders
                               if s not in NOT_OURS or (s in ("build", "data") and not at_top))
        yield Path(folder), list(subfolders), sorted(files)


def files(root, suffixes=None):
    for folder, _, names in folders(root):
        for name in names:
            path = folder / name
            if (suffixes is None or path.suffix in suffixes) and not path.is_symlink():
                yield path


def c_files(root):
    """The C sources and headers of src/, tests/, ext/ and bench/."""
    return [path for top in ("src", "tests", "ext", "bench") for path in files(root / top, {".c", ".h"})]
