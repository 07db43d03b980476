/* SPDX-License-Identifier: Apache-2.0 */
/* record.h - the stored form of rows (docs/formats.md, section 4): built from columns, and read without unpacking. */
#pragma once

#include "type/type.h"

enum { RECORD_COLUMNS_MAX = 1664 };

/* A stored row, looked at; points into the value. */
typedef struct RecordView {
    Oid type; /* 2249: an anonymous row */
    uint32_t count;
    int32_t
        typmod; /* of an anonymous row: which names its columns have in this session; -1: none */
    const uint8_t *types, *nulls, *offsets, *data;
} RecordView;

/* False: the bytes are no stored row. */
bool record_view(Str stored, RecordView *view);
/* Raises XX001 instead. */
RecordView record_view_or_raise(Str stored);
/* Type of column i, from 0; 0: it was dropped when the row was made. */
Oid record_column_type(const RecordView *view, uint32_t i);
/* Its value; NULL also for a column that the row is too old to have. May point into the row. */
Datum record_get(const RecordView *view, const Type *type, uint32_t i);

/* types[i] NULL: a dropped column. Raises 53200 and 54000. */
Str record_build(Arena *arena, Oid type, const Type *const *types, const Datum *values,
                 uint32_t count);
/* Gives an anonymous row that was just built the names of `typmod` (FnCalls.record_typmod); too great a one is let
 * go. */
Str record_with_names(Str stored, int32_t typmod);
/* Is every column NULL (`all_null`), or every column not NULL? Rows in columns are not looked into. */
bool record_is_null(const TypeCall *call, Str stored, bool all_null);

/* Of the composite types, for TYPE_RECORD_CODE. */
bool record_type_parse(const TypeCall *call, Str text, Value *value, InputError *err);
void record_type_print(const TypeCall *call, const Value *value, StrBuilder *out);
bool record_type_receive(const TypeCall *call, Bytes wire, Value *value, InputError *err);
void record_type_send(const TypeCall *call, const Value *value, StrBuilder *out);
int record_type_compare(const TypeCall *call, const Value *a, const Value *b);
bool record_type_equal(const TypeCall *call, const Value *a, const Value *b);
uint64_t record_type_hash(const TypeCall *call, const Value *value);
KeyExactness record_type_key(const TypeCall *call, const Value *value, StrBuilder *out);

#define TYPE_RECORD_CODE                                                                    \
    .parse = record_type_parse, .print = record_type_print, .receive = record_type_receive, \
    .send = record_type_send, .compare = record_type_compare, .equal = record_type_equal,   \
    .hash = record_type_hash, .sort_key = record_type_key

/* A row's columns as its type has them now: dropped ones are passed over. */
typedef struct RecordColumns {
    const TypeCall *call;
    RecordView view;
    const FnAttribute *attributes; /* NULL: an anonymous row, or a type that nobody knows */
    uint32_t count, at;            /* at: the column at hand, from 0 */
    TypeCall column;               /* how its values are handled */
    Datum value;
} RecordColumns;
RecordColumns record_columns(const TypeCall *call, Str stored);
/* The next column; false: there is none. Counted from 1 by `number`, dropped ones left out. */
bool record_next(RecordColumns *columns, uint32_t *number);
