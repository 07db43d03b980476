/* SPDX-License-Identifier: Apache-2.0 */
/* virtual.h - what virtual generated columns may not be, and where they may not be. */
#pragma once

#include "ddl/ddl_internal.h"

/* 0A000 for a domain, and for what a user made; for an expression that uses such types or functions. */
void ddl__check_virtual_type(Ddl *ddl, Str column, Oid type);
void ddl__check_virtual_expression(Ddl *ddl, QExpr *expr);
/* Does the expression (NULL: none) over the relation read one? */
bool ddl__names_virtual(const CatRelation *relation, QExpr *expr);
/* 0A000: the action of ALTER TABLE is not for that column. */
_Noreturn void ddl__raise_virtual(const CatRelation *relation, Str column, const char *what);
