/* SPDX-License-Identifier: Apache-2.0 */
/* json_internal.h - what the binders of SQL/JSON share. */
#pragma once

#include "bind/bind_internal.h"
#include "bind/json_ops.h"

/* Of RETURNING: raises for what no value of that type can be made as. */
void bind__json_check_returning(const Bind *bind, const AstJsonReturning *returning, Oid type);
QExpr *bind__json_function(Level *level, const AstNode *node);
