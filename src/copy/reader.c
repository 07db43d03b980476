/* SPDX-License-Identifier: Apache-2.0 */
/* reader.c - the text and CSV formats cut into rows of fields.
 *
 * A row is looked for in what has arrived; when its end is not there yet, what there is of it is moved to the front of
 * a buffer and more is read. Fields without escapes are slices of the buffer; others are decoded into a scratch buffer
 * of the row. The first line end seen decides what a line end is, and another kind later is an error, as in
 * PostgreSQL. */
#include "copy/copy_internal.h"

#include "base/bytes16.h"
#include "base/utf8.h"

typedef enum LineEnd { LINE_END_UNKNOWN, LINE_END_NEWLINE, LINE_END_RETURN, LINE_END_BOTH } LineEnd;

struct CopyReader {
    Arena *arena;
    CopySource *source;
    const CopyOptions *options;
    CopyField *fields;
    uint32_t columns, field_capacity;
    char *buffer; /* the unread bytes are [at, end) */
    size_t capacity, at, end;
    char *scratch; /* decoded fields of the row */
    size_t scratch_capacity, scratch_bytes;
    Bytes16 line_marks[3],
        field_marks[2]; /* what the search of a line's end, of a field's, stops at */
    LineEnd line_end;
    uint64_t line;
    Str row;
    bool ended, first, source_ended;
    /* What came behind the last character that was taken, and room to decode in. */
    StrBuilder raw;
    Arena *decoded;
};

CopyReader *copy__reader_new(Arena *arena, CopySource *source, const CopyOptions *options,
                             uint32_t columns)
{
    CopyReader *reader = ARENA_NEW(arena, CopyReader);
    reader->arena = arena;
    reader->source = source;
    reader->options = options;
    reader->columns = columns;
    reader->field_capacity = columns + 8;
    reader->fields = ARENA_ARRAY(arena, CopyField, reader->field_capacity);
    reader->first = true;
    reader->raw = str_builder(arena, 0);
    reader->line_marks[0] = bytes16_of('\\');
    reader->line_marks[1] = bytes16_of('\n');
    reader->line_marks[2] = bytes16_of('\r');
    reader->field_marks[0] = bytes16_of('\\');
    reader->field_marks[1] = bytes16_of((uint8_t)options->delimiter);
    reader->decoded = arena_new_child(arena, "decoded COPY data");
    return reader;
}

uint64_t copy__reader_line(const CopyReader *reader)
{
    return reader->line;
}

Str copy__reader_row(const CopyReader *reader)
{
    return reader->row;
}

/* What was read of the source and not yet taken, and more when that is no whole character of some encoding. */
static Str next_raw(CopyReader *reader)
{
    const Str kept = str_peek(&reader->raw);
    Str came;
    if (kept.bytes >= UTF8_BYTES_MAX || reader->source_ended) return kept;
    if (!copy__source_next(reader->source, &came)) {
        reader->source_ended = true;
        return kept;
    }
    if (kept.bytes == 0) return came;
    str_add(&reader->raw, came);
    return str_peek(&reader->raw);
}

/* More data, in UTF-8. What is no character is an error once all before it has been read. */
static bool next_piece(CopyReader *reader, Str *piece)
{
    for (;;) {
        arena_reset(reader->decoded);
        const Str raw = next_raw(reader);
        const size_t good = encoding_decode_good(reader->decoded, reader->options->encoding, raw,
                                                 piece);
        const Str rest = str_copy(reader->decoded, str_slice(raw, good, raw.bytes));
        if (good == 0 && (rest.bytes >= UTF8_BYTES_MAX || reader->source_ended)) {
            if (rest.bytes == 0) return false;
            encoding_raise_bad(reader->decoded, reader->options->encoding, rest);
        }
        if (str_peek(&reader->raw).bytes > 0) *piece = str_copy(reader->decoded, *piece);
        str_truncate(&reader->raw, 0);
        str_add(&reader->raw, rest);
        if (good > 0) return true;
    }
}

/* More bytes behind those that are there; false: there are none. */
static bool refill(CopyReader *reader)
{
    Str piece;
    if (reader->ended || !next_piece(reader, &piece)) {
        reader->ended = true;
        return false;
    }
    size_t unread = reader->end - reader->at;
    if (reader->at > 0) memmove(reader->buffer, reader->buffer + reader->at, unread);
    reader->at = 0;
    reader->end = unread;
    if (unread + piece.bytes > reader->capacity) {
        size_t capacity = MAX(reader->capacity * 2, unread + piece.bytes + 65536);
        if (capacity > STR_BYTES_MAX)
            raise_error(SQLSTATE_PROGRAM_LIMIT_EXCEEDED, "a row of COPY data is too long");
        reader->buffer = arena_grow(reader->arena, reader->buffer, reader->capacity, capacity);
        reader->capacity = capacity;
    }
    memcpy(reader->buffer + reader->end, piece.data, piece.bytes);
    reader->end += piece.bytes;
    return true;
}

static _Noreturn void bad_line_end(const CopyReader *reader, bool newline)
{
    const char *name = newline ? "newline" : "carriage return";
    Error *error = error_begin(SQLSTATE_BAD_COPY_FILE_FORMAT);
    if (reader->options->format == COPY_CSV) {
        error_message(error, "unquoted %s found in data", name);
        error_hint(error, "Use quoted CSV field to represent %s.", name);
    } else {
        error_message(error, "literal %s found in data", name);
        error_hint(error, "Use \"%s\" to represent %s.", newline ? "\\n" : "\\r", name);
    }
    error_raise(error);
}

/* The first byte of the buffer at `at` or behind it that is one of the marks, which are few; the end: there is none. */
static inline __attribute__((always_inline)) size_t find_mark(const CopyReader *reader, size_t at,
                                                              const Bytes16 *marks, uint32_t count)
{
    const char *data = reader->buffer;
    for (; at + sizeof(Bytes16) <= reader->end; at += sizeof(Bytes16)) {
        const Bytes16 bytes = bytes16_load(data + at);
        Bytes16 hits = (Bytes16)(bytes == marks[0]);
        for (uint32_t i = 1; i < count; i++) hits |= (Bytes16)(bytes == marks[i]);
        const uint32_t bits = bytes16_bits(hits);
        if (bits != 0) return at + (size_t)__builtin_ctz(bits);
    }
    for (; at < reader->end; at++)
        for (uint32_t i = 0; i < count; i++)
            if ((uint8_t)data[at] == marks[i][0]) return at;
    return reader->end;
}

/* An end marker is a line of its own. */
static void check_end_marker(const CopyReader *reader, size_t at)
{
    const bool more = at + 2 < reader->end;
    const char next = more ? reader->buffer[at + 2] : '\n';
    if (at != reader->at || (next != '\n' && next != '\r'))
        raise_error(SQLSTATE_BAD_COPY_FILE_FORMAT, "end-of-copy marker is not alone on its line");
}

/* How long the line end at `at` is. The first one decides what a line end is, and another kind is an error. False: what
 * follows it has not come yet. */
static bool take_line_end(CopyReader *reader, size_t at, size_t *skip)
{
    const char *data = reader->buffer;
    if (data[at] == '\n') {
        if (reader->line_end == LINE_END_UNKNOWN) reader->line_end = LINE_END_NEWLINE;
        if (reader->line_end != LINE_END_NEWLINE) bad_line_end(reader, true);
        *skip = 1;
        return true;
    }
    if (at + 1 >= reader->end && !reader->ended) return false;
    const bool both = at + 1 < reader->end && data[at + 1] == '\n';
    if (reader->line_end == LINE_END_UNKNOWN)
        reader->line_end = both ? LINE_END_BOTH : LINE_END_RETURN;
    if (reader->line_end == LINE_END_NEWLINE || (reader->line_end == LINE_END_BOTH && !both))
        bad_line_end(reader, false);
    *skip = reader->line_end == LINE_END_BOTH ? 2 : 1;
    return true;
}

/* Where the row ends: the position behind its last byte, and how long its line end is. False: not in the buffer. */
static bool find_end_text(CopyReader *reader, size_t *end, size_t *skip)
{
    const char *data = reader->buffer;
    for (size_t i = reader->at;;) {
        i = find_mark(reader, i, reader->line_marks, ARRAY_LEN(reader->line_marks));
        if (i >= reader->end) return false;
        if (data[i] != '\\') {
            *end = i;
            return take_line_end(reader, i, skip);
        }
        if (i + 1 >= reader->end) return false;
        if (data[i + 1] == '.') check_end_marker(reader, i);
        i += 2;
    }
}

/* A line end inside quotes belongs to the field. */
static bool find_end_csv(CopyReader *reader, size_t *end, size_t *skip)
{
    const CopyOptions *o = reader->options;
    const char *data = reader->buffer;
    bool quoted = false;
    for (size_t i = reader->at; i < reader->end; i++) {
        char c = data[i];
        if (quoted && c == o->escape && o->escape != o->quote) {
            i++;
            continue;
        }
        if (c == o->quote) quoted = !quoted;
        if (quoted || (c != '\n' && c != '\r')) continue;
        *end = i;
        return take_line_end(reader, i, skip);
    }
    if (quoted && reader->ended) {
        reader->row = (Str){data + reader->at, reader->end - reader->at};
        raise_error(SQLSTATE_BAD_COPY_FILE_FORMAT, "unterminated CSV quoted field");
    }
    return false;
}

/* ---- fields ---- */

static CopyField *new_field(CopyReader *reader, uint32_t *count)
{
    if (*count == reader->field_capacity) {
        uint32_t capacity = reader->field_capacity * 2;
        reader->fields = arena_grow(reader->arena, reader->fields,
                                    reader->field_capacity * sizeof(CopyField),
                                    capacity * sizeof(CopyField));
        reader->field_capacity = capacity;
    }
    CopyField *field = &reader->fields[(*count)++];
    *field = (CopyField){0};
    return field;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One escape behind a backslash at text[*i]; advances over it. */
static char decode_escape(const char *text, size_t bytes, size_t *i)
{
    char c = text[(*i)++];
    switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    case 'x': {
        int value = 0, digits = 0;
        while (digits < 2 && *i < bytes && hex_digit(text[*i]) >= 0) {
            value = value * 16 + hex_digit(text[(*i)++]);
            digits++;
        }
        return digits > 0 ? (char)value : c;
    }
    default: break;
    }
    if (c < '0' || c > '7') return c;
    int value = c - '0';
    for (int digits = 1; digits < 3 && *i < bytes && text[*i] >= '0' && text[*i] <= '7'; digits++)
        value = value * 8 + (text[(*i)++] - '0');
    return (char)value;
}

static Str unescape(CopyReader *reader, Str text)
{
    char *out = reader->scratch + reader->scratch_bytes;
    size_t n = 0;
    for (size_t i = 0; i < text.bytes;) {
        if (text.data[i] != '\\' || i + 1 >= text.bytes) {
            out[n++] = text.data[i++];
            continue;
        }
        i++;
        out[n++] = decode_escape(text.data, text.bytes, &i);
    }
    reader->scratch_bytes += n;
    return (Str){out, n};
}

static uint32_t split_text(CopyReader *reader, Str row)
{
    const CopyOptions *o = reader->options;
    const size_t row_at = (size_t)(row.data - reader->buffer);
    uint32_t count = 0;
    size_t start = 0;
    for (;;) {
        size_t i = start;
        bool escaped = false;
        /* The marks that are found may be those of the next row. */
        for (;; i += 2) {
            i = find_mark(reader, row_at + i, reader->field_marks, ARRAY_LEN(reader->field_marks)) -
                row_at;
            if (i >= row.bytes || row.data[i] == o->delimiter) break;
            escaped = true;
        }
        i = MIN(i, row.bytes);
        CopyField *field = new_field(reader, &count);
        Str raw = str_slice(row, start, i);
        field->null = str_equal(raw, o->null);
        field->default_ = o->default_.data != NULL && str_equal(raw, o->default_);
        field->text = escaped ? unescape(reader, raw) : raw;
        field->decoded = escaped;
        if (i >= row.bytes) return count;
        start = i + 1;
    }
}

static uint32_t split_csv(CopyReader *reader, Str row)
{
    const CopyOptions *o = reader->options;
    uint32_t count = 0;
    size_t i = 0;
    for (;;) {
        char *out = reader->scratch + reader->scratch_bytes;
        size_t n = 0;
        bool quoted = false, inside = false;
        for (; i < row.bytes; i++) {
            char c = row.data[i];
            if (inside) {
                bool escape = c == o->escape && i + 1 < row.bytes &&
                              (row.data[i + 1] == o->quote || row.data[i + 1] == o->escape);
                if (escape) {
                    out[n++] = row.data[++i];
                } else if (c == o->quote) {
                    inside = false;
                } else {
                    out[n++] = c;
                }
                continue;
            }
            if (c == o->delimiter) break;
            if (c == o->quote) {
                inside = quoted = true;
            } else {
                out[n++] = c;
            }
        }
        CopyField *field = new_field(reader, &count);
        field->text = (Str){out, n};
        field->decoded = true;
        reader->scratch_bytes += n;
        bool known = count <= reader->columns;
        bool force_null = known && o->force_null != NULL && o->force_null[count - 1];
        bool force_not_null = known && o->force_not_null != NULL && o->force_not_null[count - 1];
        field->null = str_equal(field->text, o->null) && (quoted ? force_null : !force_not_null);
        field->default_ = !quoted && o->default_.data != NULL &&
                          str_equal(field->text, o->default_);
        if (i >= row.bytes) return count;
        i++;
    }
}

static void need_scratch(CopyReader *reader, size_t bytes)
{
    reader->scratch_bytes = 0;
    if (bytes <= reader->scratch_capacity) return;
    reader->scratch_capacity = bytes * 2;
    reader->scratch = arena_alloc(reader->arena, reader->scratch_capacity);
}

static bool is_end_marker(const CopyReader *reader, Str row)
{
    return reader->options->format == COPY_TEXT && str_equal(row, STR("\\."));
}

/* The next line, without its end. */
static bool next_line(CopyReader *reader, Str *row)
{
    bool csv = reader->options->format == COPY_CSV;
    size_t end, skip;
    for (;;) {
        if (csv ? find_end_csv(reader, &end, &skip) : find_end_text(reader, &end, &skip)) break;
        if (refill(reader)) continue;
        if (csv ? find_end_csv(reader, &end, &skip) : find_end_text(reader, &end, &skip)) break;
        if (reader->at == reader->end) return false;
        end = reader->end; /* the last line has no end */
        skip = 0;
        break;
    }
    *row = (Str){reader->buffer + reader->at, end - reader->at};
    reader->at = end + skip;
    reader->line++;
    return true;
}

bool copy__reader_next(CopyReader *reader, CopyField **fields, uint32_t *count)
{
    Str row;
    reader->row = (Str){0};
    if (!next_line(reader, &row)) return false;
    reader->row = row;
    if (is_end_marker(reader, row)) {
        copy__source_skip(reader->source);
        reader->source_ended = reader->ended = true;
        return false;
    }
    need_scratch(reader, row.bytes + 1);
    *count = reader->options->format == COPY_CSV ? split_csv(reader, row) : split_text(reader, row);
    *fields = reader->fields;
    return true;
}

Str copy__reader_keep(CopyReader *reader, Arena *arena, uint32_t count)
{
    const Str row = reader->row;
    const char *kept = arena_copy(arena, row.data, row.bytes);
    const char *decoded = reader->scratch_bytes > 0
                              ? arena_copy(arena, reader->scratch, reader->scratch_bytes)
                              : NULL;
    for (uint32_t i = 0; i < count; i++) {
        CopyField *field = &reader->fields[i];
        if (field->text.bytes == 0) continue;
        field->text.data = field->decoded ? decoded + (field->text.data - reader->scratch)
                                          : kept + (field->text.data - row.data);
    }
    return (Str){kept, row.bytes};
}
