# SPDX-License-Identifier: Apache-2.0
"""The flags by which a build compiles, read from its compile_commands.json."""

import json
import shlex
from pathlib import Path


def read_commands(build):
    """Maps each source (an absolute path) to the arguments of its compilation, without the compiler's name."""
    commands = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = (Path(entry["directory"]) / entry["file"]).resolve()
        commands[source] = shlex.split(entry["command"])[1:]
    return commands


def language_flags(arguments):
    """The flags that decide what the text means: language, macros, include folders, warnings."""
    kept = []
    for position, argument in enumerate(arguments):
        if argument.startswith(("-std", "-D", "-I", "-W", "-m")):
            kept.append(argument)
        elif argument in ("-isystem", "-include"):
            kept += [argument, arguments[position + 1]]
    return kept
