#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The house rules that a text search can prove (docs/design.md, section 2; docs/style.md).

    tools/check_layers.py [--root FOLDER] [--generated FOLDER]

Which room may include which is read from the table in docs/design.md: that table is the rule. What else is a matter of
fact (who may call what, whose headers are whose) stands in the tables below; an exception gets a row with its reason.
Each rule is a function that yields violations; RULES lists them. FOLDER of --generated holds a build's generated
sources: they count as callers and definers, and obey no other rule.
"""

import argparse
import ast
import re
import subprocess
import sys
from collections import Counter, namedtuple
from pathlib import Path

from c_text import Source
from tree import ROOT, c_files, files, folders

Violation = namedtuple("Violation", "path line rule text")
CallRule = namedtuple("CallRule", "what rooms names")

FILE_LINES_MAX = 1500
FUNCTION_LINES_MAX = 70
COLUMNS_MAX = 120
RATCHET = "tools/ratchet.txt"

# Calls that belong to some rooms only. Members (`file->read(...)`) are not calls of these.
CALL_RULES = [
    CallRule("allocates from the system", {"base"}, """
        malloc calloc realloc reallocarray free strdup strndup aligned_alloc posix_memalign memalign valloc asprintf
        vasprintf getline getdelim open_memstream alloca"""),
    CallRule("maps memory", {"base", "os"}, "mmap munmap mremap madvise mprotect mlock shm_open memfd_create"),
    CallRule("reads or writes files", {"os"}, """
        open openat creat close read write pread pwrite preadv pwritev readv writev lseek fsync fdatasync
        sync_file_range ftruncate truncate fallocate posix_fallocate posix_fadvise stat fstat lstat fstatat statx
        statvfs fstatvfs unlink unlinkat rename renameat renameat2 mkdir rmdir opendir readdir closedir fdopendir
        link symlink readlink realpath chmod fchmod chown flock fcntl ioctl dup dup2 dup3 pipe pipe2 umask chdir
        getcwd mkstemp mkdtemp access copy_file_range sendfile splice sync syncfs"""),
    CallRule("uses streams", {"os"}, """
        fopen fdopen freopen fclose fread fgets fgetc getc getchar fscanf scanf fseek ftell fileno setvbuf popen
        pclose tmpfile"""),
    CallRule("prints", {"os", "cli"}, """
        printf fprintf vprintf vfprintf dprintf puts fputs putchar fputc putc fwrite fflush perror"""),
    CallRule("uses sockets", {"os"}, """
        socket socketpair bind listen accept accept4 connect shutdown send sendto sendmsg recv recvfrom recvmsg
        setsockopt getsockopt getsockname getpeername getaddrinfo freeaddrinfo getnameinfo poll ppoll select pselect
        epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd"""),
    CallRule("reads the clock or sleeps", {"os"}, """
        clock_gettime clock_getres gettimeofday time localtime_r gmtime_r nanosleep clock_nanosleep usleep sleep
        timer_create timerfd_create timerfd_settime setitimer alarm"""),
    CallRule("asks the machine", {"os"}, """
        getpid getppid gettid getuid geteuid getgid getpwuid getpwuid_r getpwnam getpwnam_r gethostname uname
        sysconf getpagesize getrlimit setrlimit getrusage sysinfo sched_yield sched_getaffinity sched_setaffinity
        getenv secure_getenv setenv unsetenv putenv getrandom getentropy getauxval syscall prctl"""),
    CallRule("handles processes or signals", {"os"}, """
        fork vfork execv execve execvp posix_spawn waitpid wait wait4 kill raise_signal tgkill signal sigaction
        sigprocmask pthread_sigmask sigaltstack sigwait sigwaitinfo signalfd _exit exit quick_exit atexit daemon
        setsid dlopen dlsym dlclose backtrace"""),
    CallRule("draws random numbers", {"os"}, "rand rand_r random drand48"),
    CallRule("stops the process", {"base"}, "abort"),
]
# Families too large to list. Functions of these prefixes belong to os.
CALL_PREFIXES = {
    "pthread_": "handles threads",
    "sem_": "handles threads",
    "mtx_": "handles threads",
    "cnd_": "handles threads",
    "thrd_": "handles threads",
    "futex": "handles threads",
    "io_uring_": "does asynchronous I/O",
    "makecontext": "switches stacks",
    "swapcontext": "switches stacks",
}
# room -> call -> why it may all the same.
CALL_EXCEPTIONS = {
    "base": {
        "write": "the log writer's last resort: a message when nothing else works any more",
        "fprintf": "the message of a failed assertion",
        "fputs": "the message of a failed assertion",
        "fflush": "the message of a failed assertion",
        "pthread_self": "the stack's limits, once a thread",
        "pthread_getattr_np": "the stack's limits, once a thread",
        "pthread_attr_getstack": "the stack's limits, once a thread",
        "pthread_attr_destroy": "the stack's limits, once a thread",
        "getrlimit": "the main thread's stack limit",
        "clock_gettime": "the time in a log line",
        "sysconf": "the size of a memory page, for the page allocator below the arenas",
    },
    "cli": {
        "exit": "the program's exit code",
    },
}

# Headers of the C library that bring no system calls and may stand anywhere.
HARMLESS_HEADERS = {"stdint.h", "stddef.h", "stdbool.h", "string.h", "limits.h", "math.h", "float.h", "inttypes.h",
                    "stdatomic.h", "stdarg.h", "stdalign.h", "assert.h"}
# Other system headers: these rooms. room -> header -> why, for single ones.
SYSTEM_HEADER_ROOMS = {"base", "os"}
SYSTEM_HEADER_EXCEPTIONS = {"cli": {"stdio.h": "prints to the terminal", "stdlib.h": "exit codes"}}

# library -> (what its headers look like, the rooms that may include them)
LIBRARIES = {
    "ICU": (r"unicode/.*", {"type", "search"}),
    "OpenSSL": (r"openssl/.*", {"type", "session", "ddl", "server"}),
    "PCRE2": (r"pcre2\.h", {"type"}),
    "GMP": (r"gmp\.h", {"type"}),
    "LZ4": (r"lz4.*\.h", {"store", "table", "repl"}),
    "zstd": (r"zstd.*\.h|zdict\.h", {"store", "table", "repl"}),
    "liburing": (r"liburing\.h", {"os"}),
    "xxHash": (r"xxhash\.h|xxh3\.h", {"base"}),
    "CRoaring": (r"roaring/.*", {"table", "exec"}),
    "libstemmer": (r"libstemmer\.h|libstemmer/.*", {"search"}),
    "libxml2": (r"libxml/.*", {"type"}),
    "cmocka": (r"cmocka\.h", set()),  # tests only
}

README_HEADINGS = ["Owns", "Does not own", "Idea and sources", "Invariants", "Lock order", "How to add",
                   "How it is tested"]

# In pieces, so that this file passes its own rule.
BANNED_WORDS = ["to" "do", "fix" "me", "ha" "ck", "st" "ub", "place" "holder", "for " "now", "not yet " "implemented",
                "simpli" "fied", "na" "ive", "good " "enough"]
BANNED = re.compile(r"(?<![a-z0-9])(" + "|".join(w.replace(" ", r"\s+") for w in BANNED_WORDS) + r")s?(?![a-z0-9])",
                    re.IGNORECASE)
TEXT_SUFFIXES = {".c", ".h", ".py", ".md", ".sh", ".build", ".txt", ".nodes", ".records", ".def", ".toml", ".yml", ""}
SPDX = "SPDX-License-Identifier: Apache-2.0"
SPDX_SUFFIXES = {".c", ".h", ".py", ".sh", ".build"}

# function -> why no code in sight defines or calls it.
UNSEEN_FUNCTIONS = {
    **dict.fromkeys(["int2_parse", "int4_parse", "int8_parse", "float4_print", "float8_print"],
                    "called by the wrappers that a macro makes for a type's struct"),
    **dict.fromkeys(["key_put_i16", "key_put_i64", "wire_put_u32", "wire_put_u64"],
                    "called by what a macro makes for each width"),
}


class Tree:
    """Everything the rules look at, read once."""

    def __init__(self, root, generated=None):
        self.root = root
        self.rooms, self.may_include = read_rooms(root / "docs" / "design.md")
        self.sources = []
        for path in c_files(root):
            relative = path.relative_to(root)
            in_room = relative.parts[0] == "src" and len(relative.parts) > 2
            self.sources.append(Source(path, relative, relative.parts[1] if in_room else None))
        self.in_rooms = [s for s in self.sources if s.room]
        self.generated = []
        if generated and generated.is_dir():
            self.generated = [Source(p, p.relative_to(generated), None) for p in files(generated, {".c", ".h"})]
            # What is generated for programs rather than rooms stands beside it.
            self.generated += [Source(p, Path(p.name), None) for p in sorted(generated.parent.glob("*.c"))]
        self.room_folders = sorted(p for p in (root / "src").glob("*") if p.is_dir())
        # A room that has interfaces and no code yet gets one violation, not one for each function.
        self.built = {p.name for p in self.room_folders if (p / "meson.build").is_file()}


def read_rooms(design):
    """The table of design.md, section 2: rooms from the lowest floor up, and which rooms each may include."""
    floors = []
    for line in design.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 4 and cells[0].isdigit():
            floors.append((re.findall(r"`src/(\w+)/`", cells[1]), cells[3]))
    rooms, may_include = [], {}
    for names, allowed in floors:
        below = list(rooms)
        for name in names:
            rooms.append(name)
            may_include[name] = {name, *(below if allowed == "floors below" else re.findall(r"\w+", allowed))}
    return rooms, may_include


# --- Rooms


def rooms_are_listed(tree):
    """Every folder of src/ is a row of the table, and meson builds the rooms from the lowest floor up."""
    if not tree.rooms:
        yield Violation("docs/design.md", 1, "rooms", "section 2 has no table of rooms")
    for folder in tree.room_folders:
        path = f"src/{folder.name}"
        if folder.name not in tree.rooms:
            yield Violation(path, 1, "rooms", "is no row of the table in docs/design.md, section 2")
        if folder.name not in tree.built:
            yield Violation(path, 1, "rooms", "has no meson.build: nothing of it is built")
    build = (tree.root / "meson.build").read_text()
    listed = re.search(r"^rooms = \[(.*?)\]", build, re.MULTILINE | re.DOTALL)
    if listed is None or re.findall(r"'(\w+)'", listed.group(1)) != tree.rooms:
        yield Violation("meson.build", 1, "rooms", "its list of rooms is not the one of docs/design.md, section 2")
    for path in files(tree.root / "src", {".c", ".h"}):
        if path.parent == tree.root / "src":
            yield Violation(path.relative_to(tree.root), 1, "rooms", "lies in no room")


def rooms_have_readmes(tree):
    for folder in tree.room_folders:
        if folder.name not in tree.built:
            continue
        readme = folder / "README.md"
        path = readme.relative_to(tree.root)
        if not readme.is_file():
            yield Violation(path, 1, "readme", "is missing")
            continue
        headings = re.findall(r"^##\s+(.*?)\s*$", readme.read_text(), re.MULTILINE)
        for wanted in README_HEADINGS:
            if not any(h.lower().startswith(wanted.lower()) for h in headings):
                yield Violation(path, 1, "readme", f"has no heading `## {wanted}`")


def sources_are_built(tree):
    for source in tree.in_rooms:
        if source.relative.suffix != ".c":
            continue
        build = tree.root / "src" / source.room / "meson.build"
        below = source.relative.relative_to(f"src/{source.room}").as_posix()
        if build.is_file() and f"'{below}'" not in build.read_text():
            yield Violation(source.relative, 1, "built", f"is not listed in src/{source.room}/meson.build")


def folders_are_not_empty(tree):
    for folder, subfolders, names in folders(tree.root):
        if not subfolders and not names:
            yield Violation(folder.relative_to(tree.root), 1, "empty", "is an empty folder")


# --- Includes


def includes_point_down(tree):
    for source in tree.in_rooms:
        allowed = tree.may_include.get(source.room)
        if allowed is None:
            continue  # rooms_are_listed says so
        for include in source.includes:
            room = include.path.split("/")[0] if "/" in include.path else None
            if include.is_system:
                continue
            if room not in tree.rooms:
                yield Violation(source.relative, include.line, "include",
                                f'"{include.path}" is no path from src/: "room/header.h"')
            elif room not in allowed:
                yield Violation(source.relative, include.line, "layer",
                                f"{source.room} may not include {room} ({include.path})")


def private_headers_stay(tree):
    """A *_internal.h is for its own room and that room's unit tests."""
    for source in tree.sources:
        parts = source.relative.parts
        own = parts[2] if parts[:2] == ("tests", "unit") and len(parts) > 3 else source.room
        for include in source.includes:
            if include.path.endswith("_internal.h") and not include.is_system:
                room = include.path.split("/")[0]
                if room in tree.rooms and room != own:
                    yield Violation(source.relative, include.line, "private", f"{include.path} is private to {room}")


def own_header_comes_first(tree):
    for source in tree.in_rooms:
        if source.relative.suffix != ".c" or not source.includes:
            continue
        own = source.path.with_suffix(".h")
        first = source.includes[0]
        own_includes = [i for i in source.includes if not i.is_system and i.path.startswith(f"{source.room}/")]
        if own.is_file():
            wanted = own.relative_to(tree.root / "src").as_posix()
            if first.path != wanted:
                yield Violation(source.relative, first.line, "own-first", f'the first include has to be "{wanted}"')
        elif own_includes and first not in own_includes:
            yield Violation(source.relative, first.line, "own-first",
                            f"the first include has to be one of {source.room}")


def libraries_stay(tree):
    for source in tree.in_rooms:
        for include in source.includes:
            if not include.is_system or include.path in HARMLESS_HEADERS:
                continue
            library = next((n for n, (form, _) in LIBRARIES.items() if re.fullmatch(form, include.path)), None)
            if library is not None:
                if source.room not in LIBRARIES[library][1]:
                    yield Violation(source.relative, include.line, "library",
                                    f"{source.room} may not include {library} ({include.path})")
            elif source.room not in SYSTEM_HEADER_ROOMS and \
                    include.path not in SYSTEM_HEADER_EXCEPTIONS.get(source.room, {}):
                yield Violation(source.relative, include.line, "system",
                                f"only base and os include system headers like {include.path}")


def headers_are_included(tree):
    included = {i.path for s in [*tree.sources, *tree.generated] for i in s.includes}
    for source in tree.in_rooms:
        if source.relative.suffix == ".h" and source.room in tree.built and \
                source.relative.relative_to("src").as_posix() not in included:
            yield Violation(source.relative, 1, "unused", "nobody includes this header")


# --- Calls and names


def call_table():
    table = {}
    for rule in CALL_RULES:
        for name in rule.names.split():
            table[name] = (rule.what, rule.rooms)
    return table


def calls_stay(tree):
    table = call_table()
    call = re.compile(r"(?<![\w.])(?<!->)([a-z_]\w*)\s*\(")
    for source in tree.in_rooms:
        own = {f.name for f in source.defined}
        for match in call.finditer(source.code):
            name = match.group(1)
            what, rooms = table.get(name, (None, None))
            if what is None:
                prefix = next((p for p in CALL_PREFIXES if name.startswith(p)), None)
                if prefix is None:
                    continue
                what, rooms = CALL_PREFIXES[prefix], {"os"}
            if source.room not in rooms and name not in CALL_EXCEPTIONS.get(source.room, {}) and name not in own:
                yield Violation(source.relative, source.line_at(match.start(1)), "call",
                                f"{name}() {what}: only {' and '.join(sorted(rooms))} may")


def private_names_stay(tree):
    """`topic__verb` is private to the room that declares or defines it (and to that room's unit tests)."""
    private = re.compile(r"\b[A-Za-z]\w*?[A-Za-z0-9]__[A-Za-z]\w*")
    owners = {}
    for source in tree.in_rooms:
        functions = [f.name for f in [*source.declared, *source.defined]]
        for name in functions + re.findall(r"#\s*define\s+(\w+)", source.code):
            if private.fullmatch(name):
                owners.setdefault(name, set()).add(source.room)
    for source in tree.sources:
        parts = source.relative.parts
        own = parts[2] if parts[:2] == ("tests", "unit") and len(parts) > 3 else source.room
        for match in private.finditer(source.code):
            rooms = owners.get(match.group())
            if rooms and (own not in rooms or (len(rooms) > 1 and own == source.room)):
                yield Violation(source.relative, source.line_at(match.start()), "private",
                                f"{match.group()} is private to {' and '.join(sorted(rooms))}")


def thread_locals_stay(tree):
    for source in tree.in_rooms:
        for match in re.finditer(r"\b(_Thread_local|__thread|thread_local)\b", source.code):
            if source.room != "base":
                yield Violation(source.relative, source.line_at(match.start()), "thread-local",
                                "the one thread-local is the Task pointer in base")


def functions_are_used(tree):
    everything = [*tree.sources, *tree.generated]
    defined = {f.name for s in everything for f in s.defined}
    uses = Counter()
    for source in everything:
        uses.update(source.identifiers)
        uses.subtract(Counter(f.name for f in [*source.declared, *source.defined]))
    for source in tree.in_rooms:
        if source.relative.suffix != ".h" or source.room not in tree.built:
            continue
        for function in [*source.declared, *source.defined]:
            if function.name in UNSEEN_FUNCTIONS:
                continue
            if function.name not in defined:
                yield Violation(source.relative, function.line, "undefined", f"no code defines {function.name}()")
            elif uses[function.name] <= 0:
                yield Violation(source.relative, function.line, "uncalled", f"no code, no test calls {function.name}()")


# --- Files


def sources_open_right(tree):
    """SPDX in the first line (the second after a #!), #pragma once in headers."""
    for path in files(tree.root):
        relative = path.relative_to(tree.root)
        with path.open("rb") as file:
            head = file.read(200).decode(errors="replace").split("\n")
        is_script = head[0].startswith("#!")
        opening = head[1] if is_script and len(head) > 1 else head[0]
        if (path.suffix in SPDX_SUFFIXES or is_script) and SPDX not in opening:
            yield Violation(relative, 1, "spdx", f"does not open with `{SPDX}`")
    for source in tree.in_rooms:
        first = re.search(r"^\s*(#.*)$", source.code, re.MULTILINE)
        if source.relative.suffix == ".h" and (not first or first.group(1).split() != ["#pragma", "once"]):
            yield Violation(source.relative, 1, "once", "the first directive of a header has to be #pragma once")


def words_are_clean(tree):
    for path in files(tree.root, TEXT_SUFFIXES):
        relative = path.relative_to(tree.root)
        if relative.name in ("LICENSE", ".gitignore"):
            continue
        text = path.read_bytes().decode(errors="replace")
        for match in BANNED.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield Violation(relative, line, "word", f"`{match.group()}` does not stand here")


def lines_are_short(tree):
    for path in [*c_files(tree.root), *files(tree.root / "tools", {".py"})]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > COLUMNS_MAX:
                yield Violation(path.relative_to(tree.root), number, "columns",
                                f"{len(line)} columns, {COLUMNS_MAX} at most")


# --- Sizes, with the ratchet


def measure_sizes(tree):
    """What is over a limit: name in the ratchet file -> (lines, limit)."""
    over = {}
    for source in tree.sources:
        if source.line_count() >= FILE_LINES_MAX:
            over[source.relative.as_posix()] = (source.line_count(), FILE_LINES_MAX)
        for function in source.defined:
            lines = function.end_line - function.line + 1
            if lines >= FUNCTION_LINES_MAX:
                over[f"{source.relative.as_posix()}:{function.name}"] = (lines, FUNCTION_LINES_MAX)
    for path in [*files(tree.root / "tools", {".py"}), *files(tree.root / "tests", {".py"})]:
        relative = path.relative_to(tree.root).as_posix()
        text = path.read_text()
        if text.count("\n") >= FILE_LINES_MAX:
            over[relative] = (text.count("\n"), FILE_LINES_MAX)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = node.end_lineno - node.lineno + 1
                if lines >= FUNCTION_LINES_MAX:
                    over[f"{relative}:{node.name}"] = (lines, FUNCTION_LINES_MAX)
    return over


def parse_ratchet(text):
    fields = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {f[0]: int(f[1]) for f in fields}


def committed_ratchets(root):
    if not (root / ".git").exists():
        return
    for commit in ("HEAD", "HEAD^"):
        if subprocess.run(["git", "-C", str(root), "diff", "--quiet", commit, "--", "tools/check_layers.py"],
                          stderr=subprocess.DEVNULL).returncode != 0:
            continue  # no such commit, or the limits themselves changed: a new one may list its offenders
        result = subprocess.run(["git", "-C", str(root), "show", f"{commit}:{RATCHET}"], stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, text=True)
        if result.returncode == 0:
            yield parse_ratchet(result.stdout)


def sizes_are_limited(tree):
    path = tree.root / RATCHET
    allowed = parse_ratchet(path.read_text()) if path.is_file() else {}
    over = measure_sizes(tree)
    for name, (lines, limit) in sorted(over.items()):
        if name not in allowed:
            yield Violation(name.split(":")[0], 1, "size", f"{name} has {lines} lines: under {limit} is the rule")
        elif lines > allowed[name]:
            yield Violation(name.split(":")[0], 1, "size", f"{name} grew from {allowed[name]} to {lines} lines")
    for name, lines in sorted(allowed.items()):
        now = over.get(name, (0, 0))[0]
        if now < lines:
            yield Violation(RATCHET, 1, "ratchet",
                            f"{name} shrank: {f'write {now}' if now else 'delete the line'}")
    for before in committed_ratchets(tree.root):
        for name, lines in sorted(allowed.items()):
            if lines > before.get(name, 0):
                yield Violation(RATCHET, 1, "ratchet", f"{name}: the list may lose lines, never gain them")


RULES = [
    rooms_are_listed, rooms_have_readmes, sources_are_built, folders_are_not_empty,
    includes_point_down, private_headers_stay, own_header_comes_first, libraries_stay, headers_are_included,
    calls_stay, private_names_stay, thread_locals_stay, functions_are_used,
    sources_open_right, words_are_clean, lines_are_short, sizes_are_limited,
]


def check(root, generated=None):
    tree = Tree(root, generated)
    return [violation for rule in RULES for violation in rule(tree)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT)
    parser.add_argument("--generated", type=Path)
    arguments = parser.parse_args()
    violations = check(arguments.root.resolve(), arguments.generated and arguments.generated.resolve())
    for violation in violations:
        print(f"{violation.path}:{violation.line}: [{violation.rule}] {violation.text}")
    sys.exit(1 if violations else 0)


if __name__ == "__main__":
    main()
