/* SPDX-License-Identifier: Apache-2.0 */
/* join_facts.c - kinds of joins as the answers to what an operator asks. */
#include "exec/join_facts.h"

#include "exec/ops.h"

JoinFacts join_facts(QJoinKind join)
{
    switch (join) {
    case Q_JOIN_INNER: return (JoinFacts){.pairs = true};
    case Q_JOIN_LEFT: return (JoinFacts){.pairs = true, .outer_unmatched = true};
    case Q_JOIN_RIGHT: return (JoinFacts){.pairs = true, .inner_unmatched = true};
    case Q_JOIN_FULL:
        return (JoinFacts){.pairs = true, .outer_unmatched = true, .inner_unmatched = true};
    case Q_JOIN_SEMI: return (JoinFacts){.semi = true};
    case Q_JOIN_ANTI: return (JoinFacts){.outer_unmatched = true};
    case Q_JOIN_RIGHT_SEMI: return (JoinFacts){.inner_semi = true};
    case Q_JOIN_RIGHT_ANTI: return (JoinFacts){.inner_unmatched = true};
    case Q_JOIN_SINGLE:
    case Q_JOIN_MARK: break;
    }
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED,
                "joins of this kind by keys of both sides are not supported");
}

Vector *join_null_columns(Arena *arena, const RowShape *shape)
{
    Vector *columns = ARENA_ARRAY(arena, Vector, shape->count);
    for (uint32_t i = 0; i < shape->count; i++)
        exec__null_column(&columns[i], arena, shape->types[i], (Phys)shape->physes[i]);
    return columns;
}
