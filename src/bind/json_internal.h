/* SPDX-License-Identifier: Apache-2.0 */
/* json_internal.h - what the binders of SQL/JSON share. */
#pragma once

#include "bind/bind_internal.h"
#include "bind/json_ops.h"

/* Of RETURNING: raises for what no value of that type can be made as. */
void bind__json_check_returning(const Bind *bind, const AstJsonReturning *returning, Oid type);
QExpr *bind__json_function(Level *level, const AstNode *node);
/* What a path is run over, as jsonb. */
QExpr *bind__json_document(Level *level, const AstJsonValue *value);
/* JSON_EXISTS, JSON_VALUE and JSON_QUERY of parts that are bound; `call` says the rest. */
typedef struct JsonFunctionParts {
    QExpr *document, *path;
    QExprList passed;
    NodeStrs names;
    Str column; /* of JSON_TABLE, which errors name; no data: none */
} JsonFunctionParts;
QExpr *bind__json_function_of(Level *level, const AstJsonFunction *call,
                              const JsonFunctionParts *parts);
