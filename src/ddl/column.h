/* SPDX-License-Identifier: Apache-2.0 */
/* column.h - a column as CREATE TABLE and ADD COLUMN are told of it: what its clauses say, and what is made once it
 * stands in the catalogs. */
#pragma once

#include "ddl/ddl_internal.h"

typedef struct NewColumn {
    const AstColumnDef *ast;
    CatNewColumn column;
    const AstConstraint *identity, *generated;
    const AstNode *default_; /* NULL: none */
    QExpr *bound;            /* of LIKE: the default or the generation expression; NULL: none */
    bool serial;
    Oid sequence; /* that ddl__make_column_sequence made; 0: none */
} NewColumn;

/* PostgreSQL looks at the types of columns once before it makes any, so what there is to warn of is told twice. */
void ddl__warn_of_type(Ddl *ddl, const AstColumnDef *ast);
/* What its clauses say; its constraints but for defaults are added to `constraints`. `table`: as messages name it. */
void ddl__read_column(Ddl *ddl, Str table, AstColumnDef *ast, NewConstraints *constraints,
                      NewColumn *column);
/* 42501, USAGE is not given; 42P16, a pseudo-type: no column may have it. */
void ddl__check_column_type(Ddl *ddl, Str column, Oid type);
void ddl__forbid_pseudo_type(Ddl *ddl, Str column, Oid type); /* 42P16 */
/* As COLLATE says, or of the type; 42804 where that has none. */
Oid ddl__column_collation(Ddl *ddl, const AstColumnDef *ast, Oid type);
/* 42P16: the relation would hold rows of its own, at any depth. */
void ddl__forbid_row_in_itself(Ddl *ddl, const CatRelation *relation, Oid type);
/* Of serial and identity columns: made before the table, so that it can be dropped with it. */
void ddl__make_column_sequence(Ddl *ddl, const NewSequence *place, NewColumn *column);
/* The column is in the catalogs, and in the relation as it was read since: it gets its sequence, default or expression,
 * NOT NULL if that is implied, and what is kept beside (storage, compression). A relation that has changed is read
 * whole again, so what is read once serves for all columns. */
void ddl__finish_column(Ddl *ddl, const CatRelation *relation, int16_t number,
                        const NewColumn *column);
/* Storage and compression as SQL names them, as pg_attribute keeps them; for a column of that type. */
char ddl__storage_of(Ddl *ddl, Str word, Oid type);
char ddl__compression_of(Ddl *ddl, Str word, Oid type);

typedef struct NewColumns {
    NewColumn *items;
    uint32_t count, capacity;
    Arena *arena;
} NewColumns;
void ddl__push_column(NewColumns *columns, const NewColumn *column); /* 42701 */

/* ---- like.c ---- */
/* The columns that LIKE stands for, and constraints; the source's OID, which is locked. */
Oid ddl__take_like(Ddl *ddl, const AstTableLike *like, NewColumns *columns,
                   NewConstraints *constraints);
/* What can be made only when the table is there: indexes, statistics objects, comments. */
void ddl__finish_like(Ddl *ddl, const AstTableLike *like, Oid source, Oid table);
