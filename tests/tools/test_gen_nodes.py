# SPDX-License-Identifier: Apache-2.0
"""What a .nodes file becomes, and that its mistakes are told with their line."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

from gen_nodes import NodesError, Reader, Writer  # noqa: E402

HEAD = "family tree root=Node types=Tr kinds=TREE\n"
WHOLE = HEAD + """
# How two are joined.
enum JoinKind = JOIN { INNER, LEFT }
abstract Expr : Node
abstract Scan : Node { rows: f64 }
# Two inputs.
Join : Expr { join: JoinKind, flag: bool, left: Expr, on: Expr?, names: [str], args: [Expr] }
SeqScan : Scan {
    table: u32          # an OID
}
"""


def written(text):
    return Writer(Reader(text, "x.nodes").read(), "x.nodes", "x/tree.h")


class GenNodesTest(unittest.TestCase):
    def fails(self, text, message):
        with self.assertRaises(NodesError) as raised:
            written(text)
        self.assertIn(message, str(raised.exception))

    def test_header(self):
        header = written(WHOLE).header()
        for part in ("typedef TrNode TrExpr;",
                     "struct TrScan {", "TREE_JOIN_INNER,", "TREE_SEQ_SCAN,", "/* Two inputs. */",
                     "TrExpr *on; /* may be absent */", "uint32_t table; /* an OID */",
                     "#define TrJoin_KIND TREE_JOIN", "NodeStrs names;", "TrExprList args;"):
            self.assertIn(part, header)

    def test_wide_fields_come_first_and_inherited_ones_inside(self):
        header = written(WHOLE).header()
        join = header[header.index("struct TrJoin {"):]
        join = join[:join.index("};\n\n")]
        self.assertLess(join.index("TrExprList args"), join.index("bool flag"))
        scan = header[header.index("struct TrSeqScan {"):]
        self.assertLess(scan.index("double rows"), scan.index("uint32_t table"))

    def test_tables_list_children_first_and_keep_the_order_for_printing(self):
        code = written(WHOLE).code()
        self.assertIn("static const uint8_t order_join[] = {3, 4, 0, 1, 5, 2};", code)
        self.assertIn('[TREE_JOIN] = {"join", sizeof(TrJoin), 6, 3, fields_join, order_join},', code)

    def test_nodes_of_another_family_keep_their_names_and_bring_their_tables(self):
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "tree.nodes").write_text(WHOLE)
            text = "family plan root=Node types=P kinds=PLAN\nuse \"tree.nodes\" \"x/tree.h\"\n"
            text += "Op : Node { on: TrExpr?, all: [TrJoin], how: TrJoinKind }\n"
            reader = Reader(text, str(Path(folder) / "plan.nodes"))
            writer = Writer(reader.read(), "plan.nodes", "x/plan.h")
        self.assertIn('#include "x/tree.h"', writer.header())
        self.assertIn("TrExpr *on;", writer.header())
        self.assertIn("TrJoinList all;", writer.header())
        self.assertIn("NODE_FIELD_CHILD, 0, NULL, NULL, &tree_family}", writer.code())
        self.assertIn("NODE_FIELD_LIST, 0, NULL, NULL, &tree_family}", writer.code())
        self.assertIn("NODE_FIELD_ENUM, 2, tree_join_kind_names, NULL, NULL}", writer.code())

    def test_mistakes(self):
        self.fails(HEAD + "A : Nobody { a: bool }", "x.nodes:2: A: no parent Nobody")
        self.fails(HEAD + "A : Node { a: Thing }", "field a: no type Thing")
        self.fails(HEAD + "A : Node { kind: bool }", "field name kind is taken")
        self.fails(HEAD + "A : Node { a: [bool }", "bad field: a: [bool")
        self.fails(HEAD + "A : Node\nB : A", "parent A is not abstract")
        self.fails(HEAD + "A : Node\nA : Node", "A twice")
        self.fails(HEAD + "A : Node { a: bool", "no closing brace")
        self.fails(HEAD + "what is this", "not understood: what is this")
        self.fails(HEAD + "JoinLeft : Node\nenum K = JOIN { LEFT }", "TREE_JOIN_LEFT stands for two things")


if __name__ == "__main__":
    unittest.main()
