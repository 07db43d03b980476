# SPDX-License-Identifier: Apache-2.0
"""Each house rule finds its violation, and a clean tree has none.

A test takes the clean tree below, breaks one thing, and names the violations that must follow: those and no others.
"""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import check_layers  # noqa: E402
from c_text import Source  # noqa: E402

C_SPDX = "/* SPDX-License-Identifier: Apache-2.0 */\n"
SPDX = "# SPDX-License-Identifier: Apache-2.0\n"
README = "# room\n" + "".join(f"## {h}\nText.\n" for h in check_layers.README_HEADINGS)

DESIGN = """# Design
| floor | room | owns | may include |
|---|---|---|---|
| 0 | `src/base/` | words | - |
| 1 | `src/os/` | the machine | base |
| 2 | `src/store/` | pages | base os |
| 3 | `src/type/` | types | base os |
| 4 | `src/ddl/` `src/copy/` | commands | floors below |
| 5 | `src/cli/` | the program | floors below |
"""

ROOMS = ("base", "os", "store", "type", "ddl", "copy", "cli")


def room_files(room, includes="", body=""):
    """A room of one header and one source whose function the source itself calls."""
    return {
        f"src/{room}/README.md": README,
        f"src/{room}/meson.build": f"{SPDX}room_sources = files('{room}.c')\n",
        f"src/{room}/{room}.h": f"{C_SPDX}#pragma once\n\nint {room}_run(int depth);\n",
        f"src/{room}/{room}.c": f'{C_SPDX}#include "{room}/{room}.h"\n\n{includes}\nint {room}_run(int depth)\n{{\n'
                                f"    return depth > 0 ? {room}_run(depth - 1) : 0;\n}}\n{body}",
    }


def clean_tree():
    tree = {
        "docs/design.md": DESIGN,
        "meson.build": SPDX + "rooms = [" + ", ".join(f"'{room}'" for room in ROOMS) + "]\n",
        "tests/unit/store/test_store.c": C_SPDX + '#include "store/store.h"\n#include <cmocka.h>\n',
    }
    for room in ROOMS:
        tree.update(room_files(room))
    return tree


class CheckLayersTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name)
        self.tree = clean_tree()

    def violations(self):
        for name, text in self.tree.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return check_layers.check(self.root)

    def expect(self, *wanted):
        """`wanted`: (path, rule) of every violation there must be."""
        found = self.violations()
        self.assertEqual(sorted((str(v.path), v.rule) for v in found), sorted(wanted), found)

    def add_to(self, room, includes="", body=""):
        self.tree.update(room_files(room, includes, body))

    def test_clean_tree(self):
        self.expect()

    # --- rooms

    def test_room_outside_the_table(self):
        self.add_to("attic")
        self.expect(("src/attic", "rooms"))

    def test_room_without_build(self):
        del self.tree["src/type/meson.build"]
        del self.tree["src/type/README.md"]
        del self.tree["src/type/type.c"]
        self.expect(("src/type", "rooms"))

    def test_meson_lists_other_rooms(self):
        self.tree["meson.build"] = SPDX + "rooms = ['base', 'os']\n"
        self.expect(("meson.build", "rooms"))

    def test_source_outside_rooms(self):
        self.tree["src/lost.c"] = C_SPDX
        self.expect(("src/lost.c", "rooms"))

    def test_readme_missing(self):
        del self.tree["src/os/README.md"]
        self.expect(("src/os/README.md", "readme"))

    def test_readme_without_a_heading(self):
        for heading in check_layers.README_HEADINGS:
            with self.subTest(heading):
                self.tree["src/os/README.md"] = README.replace(f"## {heading}\n", "")
                self.expect(("src/os/README.md", "readme"))

    def test_readme_heading_may_go_on(self):
        self.tree["src/os/README.md"] = README.replace("## How to add", "## How to add a wait event")
        self.expect()

    def test_source_nobody_builds(self):
        self.tree["src/store/stray.c"] = C_SPDX
        self.expect(("src/store/stray.c", "built"))

    def test_empty_folder(self):
        (self.root / "ext" / "nothing").mkdir(parents=True)
        self.expect(("ext/nothing", "empty"))

    # --- includes

    def test_include_upward(self):
        self.add_to("os", '#include "store/store.h"')
        self.expect(("src/os/os.c", "layer"))

    def test_include_room_not_listed(self):
        self.add_to("type", '#include "store/store.h"')
        self.expect(("src/type/type.c", "layer"))

    def test_include_same_floor(self):
        self.add_to("ddl", '#include "copy/copy.h"')
        self.add_to("copy", '#include "ddl/ddl.h"')
        self.expect(("src/ddl/ddl.c", "layer"), ("src/copy/copy.c", "layer"))

    def test_floors_below(self):
        self.add_to("cli", '#include "ddl/ddl.h"\n#include "copy/copy.h"\n#include "store/store.h"')
        self.expect()

    def test_include_in_header_counts(self):
        self.tree["src/os/os.h"] += '#include "type/type.h"\n'
        self.expect(("src/os/os.h", "layer"))

    def test_include_in_comment_does_not_count(self):
        self.add_to("os", '/*\n#include "store/store.h"\n*/\n// #include "type/type.h"')
        self.expect()

    def test_include_without_room(self):
        self.tree["src/store/store.c"] = self.tree["src/store/store.c"].replace('"store/store.h"', '"store.h"')
        self.expect(("src/store/store.c", "include"), ("src/store/store.c", "own-first"))

    def test_internal_header_of_another_room(self):
        self.tree["src/os/os_internal.h"] = C_SPDX + "#pragma once\n"
        self.add_to("os", '#include "os/os_internal.h"')
        self.add_to("store", '#include "os/os_internal.h"')
        self.expect(("src/store/store.c", "private"))

    def test_internal_header_in_tests(self):
        self.tree["src/store/store_internal.h"] = C_SPDX + "#pragma once\n"
        self.tree["tests/unit/store/test_store.c"] += '#include "store/store_internal.h"\n'
        self.expect()
        self.tree["tests/unit/type/test_type.c"] = C_SPDX + '#include "store/store_internal.h"\n'
        self.expect(("tests/unit/type/test_type.c", "private"))

    def test_own_header_not_first(self):
        self.tree["src/store/store.c"] = self.tree["src/store/store.c"].replace(
            '#include "store/store.h"', '#include <stdint.h>\n#include "store/store.h"')
        self.expect(("src/store/store.c", "own-first"))

    def test_room_header_first_where_there_is_no_own(self):
        self.tree["src/store/meson.build"] = SPDX + "room_sources = files('store.c', 'part.c')\n"
        self.tree["src/store/part.c"] = C_SPDX + '#include "store/store.h"\n#include "base/base.h"\n'
        self.expect()
        self.tree["src/store/part.c"] = C_SPDX + '#include "base/base.h"\n#include "store/store.h"\n'
        self.expect(("src/store/part.c", "own-first"))

    def test_system_header(self):
        for header in ("stdio.h", "sys/mman.h", "pthread.h", "time.h"):
            with self.subTest(header):
                self.add_to("base", f"#include <{header}>")
                self.add_to("os", f"#include <{header}>")
                self.add_to("store", f"#include <{header}>")
                self.expect(("src/store/store.c", "system"))

    def test_harmless_headers(self):
        self.add_to("store", "\n".join(f"#include <{h}>" for h in sorted(check_layers.HARMLESS_HEADERS)))
        self.expect()

    def test_cli_may_print(self):
        self.add_to("cli", "#include <stdio.h>", 'int cli_say(void) { return printf("hello\\n"); }\n')
        self.expect()

    def test_library_in_another_room(self):
        cases = {"unicode/ucol.h": "type", "openssl/ssl.h": "ddl", "pcre2.h": "type", "gmp.h": "type",
                 "lz4frame.h": "store", "zstd.h": "store", "liburing.h": "os", "xxhash.h": "base",
                 "libxml/parser.h": "type"}
        for header, owner in cases.items():
            with self.subTest(header):
                self.tree = clean_tree()
                self.add_to(owner, f"#include <{header}>")
                self.add_to("copy", f"#include <{header}>")
                self.expect(("src/copy/copy.c", "library"))

    def test_cmocka_in_a_room(self):
        self.add_to("base", "#include <cmocka.h>")
        self.expect(("src/base/base.c", "library"))

    def test_header_nobody_includes(self):
        self.tree["src/store/lonely.h"] = C_SPDX + "#pragma once\n"
        self.expect(("src/store/lonely.h", "unused"))

    # --- calls and names

    def test_allocation_outside_base(self):
        for call in ("malloc(8)", "calloc(1, 8)", "realloc(p, 8)", "free(p)", "strdup(p)", "aligned_alloc(16, 16)"):
            with self.subTest(call):
                self.add_to("base", body=f"void *base_take(void *p) {{ return (void *){call}; }}\n")
                self.add_to("os", body=f"void *os_take(void *p) {{ return (void *){call}; }}\n")
                self.expect(("src/os/os.c", "call"))

    def test_memory_mapping(self):
        for room in ("base", "os", "store"):
            self.add_to(room, body=f"void *{room}_map(void) {{ return mmap(0, 1, 1, 1, -1, 0); }}\n")
        self.expect(("src/store/store.c", "call"))

    def test_system_calls_outside_os(self):
        calls = ("open(p)", "pread(1, p, 1, 0)", "fsync(1)", "fopen(p, p)", "socket(1, 1, 1)", "epoll_create1(0)",
                 "time(0)", "clock_nanosleep(0, 0, p, p)", "getpid()", "fork()", "getrandom(p, 1, 0)", "syscall(1)",
                 "printf(p)", "pthread_create(p, p, p, p)", "sem_wait(p)", "getenv(p)", "exit(1)", "io_uring_submit(p)")
        for call in calls:
            with self.subTest(call):
                self.add_to("os", body=f"long os_ask(void *p) {{ return (long){call}; }}\n")
                self.add_to("store", body=f"long store_ask(void *p) {{ return (long){call}; }}\n")
                self.expect(("src/store/store.c", "call"))

    def test_base_exceptions_are_the_listed_ones(self):
        for call in check_layers.CALL_EXCEPTIONS["base"]:
            with self.subTest(call):
                self.add_to("base", body=f"long base_ask(void) {{ return (long){call}(0); }}\n")
                self.expect()
        self.add_to("base", body="long base_ask(void) { return (long)socket(0); }\n")
        self.expect(("src/base/base.c", "call"))

    def test_what_is_no_call(self):
        self.add_to("store", body="""/* malloc(1), open("x") */
struct file { long (*read)(void *); };
long store_ask(struct file *file) { return file->read("free(p)") + (*file).read(0); }
""")
        self.expect()

    def test_private_name_in_another_room(self):
        self.tree["src/os/os.h"] += "int wait__enter(int x);\n"
        self.add_to("store", body="int store_ask(int x) { return wait__enter(x); }\n")
        self.tree["src/os/os.c"] += "int wait__enter(int x)\n{\n    return x ? wait__enter(0) : 0;\n}\n"
        self.expect(("src/store/store.c", "private"))

    def test_private_name_at_home(self):
        self.tree["src/store/store.h"] += "int leaf__find(int x);\n"
        self.tree["src/store/store.c"] += "int leaf__find(int x)\n{\n    return x ? leaf__find(0) : 0;\n}\n"
        self.tree["tests/unit/store/test_store.c"] += "int try_it(void) { return leaf__find(1); }\n"
        self.expect()

    def test_private_macro(self):
        self.tree["src/os/os.h"] += "#define WAIT__SLOTS 4\n"
        self.add_to("store", body="int store_slots = WAIT__SLOTS;\n")
        self.expect(("src/store/store.c", "private"))

    def test_thread_local_outside_base(self):
        self.add_to("base", body="_Thread_local int base_mine;\n")
        self.add_to("store", body="_Thread_local int store_mine;\n")
        self.expect(("src/store/store.c", "thread-local"))

    def test_function_nobody_defines(self):
        self.tree["src/store/store.h"] += "int store_promise(int x);\n"
        self.expect(("src/store/store.h", "undefined"))

    def test_function_nobody_calls(self):
        self.tree["src/store/store.h"] += "int store_idle(int x);\n"
        self.tree["src/store/store.c"] += "int store_idle(int x)\n{\n    return x;\n}\n"
        self.expect(("src/store/store.h", "uncalled"))

    def test_a_test_is_a_caller(self):
        self.test_function_nobody_calls()
        self.tree["tests/unit/store/test_store.c"] += "static int try_it(void) { return store_idle(1); }\n"
        self.expect()

    def test_inline_function_nobody_calls(self):
        self.tree["src/store/store.h"] += "static inline int store_idle(int x)\n{\n    return x;\n}\n"
        self.expect(("src/store/store.h", "uncalled"))

    # --- files

    def test_licence_line_missing(self):
        for name in ("src/store/store.c", "src/store/store.h", "src/store/meson.build",
                     "tests/unit/store/test_store.c"):
            with self.subTest(name):
                self.tree = clean_tree()
                self.tree[name] = self.tree[name].split("\n", 1)[1]
                self.expect((name, "spdx"))

    def test_licence_line_of_scripts(self):
        self.tree["tools/gen.py"] = "#!/usr/bin/env python3\n" + SPDX
        self.expect()
        self.tree["tools/gen.py"] = "#!/usr/bin/env python3\nimport sys\n"
        self.expect(("tools/gen.py", "spdx"))

    def test_pragma_once_missing(self):
        self.tree["src/store/store.h"] = self.tree["src/store/store.h"].replace("#pragma once\n", "")
        self.expect(("src/store/store.h", "once"))

    def test_banned_words(self):
        for word in check_layers.BANNED_WORDS:
            for text in (word, word.upper(), f"a_{word}_b", f"({word})", word.replace(" ", "\n")):
                with self.subTest(text):
                    self.tree["docs/notes.md"] = f"# Notes\n{text}\n"
                    self.expect(("docs/notes.md", "word"))

    def test_words_that_only_look_banned(self):
        self.tree["docs/notes.md"] = "stubborn mastodons, shacks; a simplification, native code; for nowhere\n"
        self.expect()

    def test_long_line(self):
        self.tree["src/store/store.c"] += f"/* {'x' * check_layers.COLUMNS_MAX} */\n"
        self.expect(("src/store/store.c", "columns"))

    # --- sizes and the ratchet

    def long_function(self, lines):
        return "int store_long(void)\n{\n" + "    store_run(0);\n" * (lines - 4) + "    return 0;\n}\n"

    def test_long_function(self):
        self.add_to("store", body=self.long_function(69))
        self.expect()
        self.add_to("store", body=self.long_function(70))
        self.expect(("src/store/store.c", "size"))

    def test_long_file(self):
        self.add_to("store", body="\n" * 1480)
        self.expect()
        self.add_to("store", body="\n" * 1500)
        self.expect(("src/store/store.c", "size"))

    def test_long_python_function(self):
        self.tree["tools/gen.py"] = SPDX + "def gen():\n" + "    pass\n" * 70
        self.expect(("tools/gen.py", "size"))

    def test_ratchet_allows_what_it_lists(self):
        self.add_to("store", body=self.long_function(80))
        self.tree["tools/ratchet.txt"] = "src/store/store.c:store_long 80\n"
        self.expect()

    def test_ratchet_never_grows(self):
        self.add_to("store", body=self.long_function(81))
        self.tree["tools/ratchet.txt"] = "# offenders\nsrc/store/store.c:store_long 80\n"
        self.expect(("src/store/store.c", "size"))

    def test_ratchet_follows_down(self):
        self.tree["tools/ratchet.txt"] = "src/store/store.c:store_long 80\n"
        self.add_to("store", body=self.long_function(75))
        self.expect(("tools/ratchet.txt", "ratchet"))
        self.add_to("store", body=self.long_function(20))
        self.expect(("tools/ratchet.txt", "ratchet"))

    def test_ratchet_gains_no_line(self):
        self.tree["tools/ratchet.txt"] = "# offenders\n"
        self.expect()
        git = ["git", "-C", str(self.root), "-c", "user.name=t", "-c", "user.email=t@example.org"]
        for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
            subprocess.run([*git, *command], check=True)
        self.tree["tools/ratchet.txt"] = "src/store/store.c:store_long 80\n"
        self.add_to("store", body=self.long_function(80))
        self.expect(("tools/ratchet.txt", "ratchet"))


class CTextTest(unittest.TestCase):
    """What the reader of C takes for a function."""

    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "x.c"
            path.write_text(text)
            return Source(path, Path("x.c"), None)

    def names(self, text):
        source = self.read(text)
        return [f.name for f in source.declared], [f.name for f in source.defined]

    def test_functions(self):
        cases = [
            ("int f(void);", ["f"], []),
            ("int f(void)\n{\n}\nint g(int (*h)(int), char s[4]);", ["g"], ["f"]),
            ("static __attribute__((noinline)) char *f(void)\n{\n}", [], ["f"]),
            ("void f(const char *s, ...) __attribute__((format(printf, 1, 2)));", ["f"], []),
            ("void f(const char *s, ...) PRINTF_LIKE(1, 2);", ["f"], []),
            ('SQL_FUNCTION(1, "f", text, (text), STRICT, text_f, "x")\nstatic Str text_f(Fn *fn, Str s)\n{\n}', [],
             ["text_f"]),
            ("typedef int (*Handler)(int);\ntypedef int Shape(int);", [], []),
            ("Status (*hook)(void);\nstatic int (*table[2])(void) = { a, b };", [], []),
            ("static const Op ops[] = { { f(1) }, };\nint g(void);", ["g"], []),
            ("struct S {\n    int (*read)(int);\n};\nenum E { A = (1), B };\nint f(void);", ["f"], []),
            ("static_assert(sizeof(int) == 4, \"x\");\n_Noreturn void f(void);", ["f"], []),
            ("#define F(x) \\\n    int x(void) { return 1; }\nint g(void);", ["g"], []),
            ("int f(void)\n{\n    if (a) { g(); }\n    const char *s = \"}\";\n    char c = '{';\n}\nint h(void);",
             ["h"], ["f"]),
            ("extern _Thread_local Task *task_current;\nint x = f(1);", [], []),
        ]
        for text, declared, defined in cases:
            with self.subTest(text):
                self.assertEqual(self.names(text), (declared, defined))

    def test_lines(self):
        source = self.read("\n/* x\n*/\nint f(void)\n{\n    g();\n}\n")
        self.assertEqual([(f.line, f.end_line) for f in source.defined], [(4, 7)])


if __name__ == "__main__":
    unittest.main()
