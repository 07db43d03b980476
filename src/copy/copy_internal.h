/* SPDX-License-Identifier: Apache-2.0 */
/* copy_internal.h - what the files of this room share. */
#pragma once

#include "bind/bind.h"
#include "copy/copy.h"
#include "exec/exec.h"
#include "type/encoding.h"

typedef enum CopyFormat { COPY_TEXT, COPY_CSV, COPY_BINARY } CopyFormat;
typedef enum CopyHeader { COPY_NO_HEADER, COPY_HEADER, COPY_HEADER_MATCH } CopyHeader;

typedef struct CopyOptions {
    CopyFormat format;
    CopyHeader header;
    char delimiter, quote, escape;
    Str null, default_; /* default_.data NULL: no DEFAULT option */
    bool freeze, ignore_errors, verbose, silent;
    int64_t reject_limit;     /* 0: none */
    const Encoding *encoding; /* of the data in text and CSV; NULL: UTF-8 */
    /* A flag a column of the statement. */
    bool *force_quote, *force_not_null, *force_null;
} CopyOptions;

/* A column of the data, in its order. */
typedef struct CopyColumn {
    Str name;
    int16_t number; /* attnum; 0: of a query */
    const Type *type;
    TypeCall call;
    int32_t typmod;
} CopyColumn;

/* Raises what PostgreSQL says of options that do not go together. Flags a column are for `columns`. */
CopyOptions copy__options(UtilityCall *call, const AstCopy *copy, const CopyColumn *columns,
                          uint32_t count);

/* The columns named (or all that are not generated), of a table. */
CopyColumn *copy__columns(UtilityCall *call, const AstCopy *copy, const CatRelation *relation,
                          uint32_t *count);

uint64_t copy__from(UtilityCall *call, const AstCopy *copy);
uint64_t copy__to(UtilityCall *call, const AstCopy *copy);

/* ---- where bytes come from and go to: the client's messages, a file, or a program ---- */
typedef struct CopySource CopySource;
CopySource *copy__source_open(UtilityCall *call, Scope *scope, const AstCopy *copy, bool binary,
                              uint32_t columns);
/* The next piece; false: the end. Valid until the next call. */
bool copy__source_next(CopySource *source, Str *piece);
/* No more is wanted: what the client has still to send is taken and left. */
void copy__source_skip(CopySource *source);
/* When all was read that is wanted. Raises 38000 when a program has failed. */
void copy__source_close(CopySource *source);
typedef struct CopyTarget CopyTarget;
CopyTarget *copy__target_open(UtilityCall *call, Scope *scope, const AstCopy *copy, bool binary,
                              uint32_t columns);
void copy__target_write(CopyTarget *target, Str data);
void copy__target_close(CopyTarget *target);

/* ---- lines ---- */
/* Cuts the text and CSV formats into rows of fields. A field's bytes are valid until the next row. */
typedef struct CopyField {
    Str text;
    bool null, default_;
    bool decoded; /* the text is not the row's own bytes */
} CopyField;
typedef struct CopyReader CopyReader;
CopyReader *copy__reader_new(Arena *arena, CopySource *source, const CopyOptions *options,
                             uint32_t columns);
/* False: no more rows. *count may differ from the number of columns: the caller raises. */
bool copy__reader_next(CopyReader *reader, CopyField **fields, uint32_t *count);
/* Makes the texts of the row's fields last as long as the arena; the row's own is returned. */
Str copy__reader_keep(CopyReader *reader, Arena *arena, uint32_t count);
uint64_t copy__reader_line(const CopyReader *reader); /* of the row given last, from 1 */
/* Its text, for messages; without data: there is none to show. */
Str copy__reader_row(const CopyReader *reader);
