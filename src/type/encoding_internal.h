/* SPDX-License-Identifier: Apache-2.0 */
/* encoding_internal.h - the tables between encodings and Unicode, made by tools/gen_encodings.py, and what walks them.
 *
 * A code of an encoding has a slot, a number of 16 bits: its one or two bytes; of three bytes (8f ..) the last two, the
 * first of them without its high bit; of four bytes in EUC_TW the last two, behind 8e a2 the first of them and behind
 * 8e ae the second without its high bit. 0 is no slot: ASCII is nowhere in the tables. */
#pragma once

#include "type/encoding.h"

enum {
    ENCODING_CODE_BYTES_MAX = 4,
    ENCODING_PAGE_CHARACTERS = 64,
    ENCODING_PLANE_CHARACTERS = 0x10000,
    ENCODING_WIDE_FIRST =
        0xd800, /* in a row: this and above, below WIDE_LAST, are places in `wide` */
    ENCODING_WIDE_LAST = 0xdfff,
};

/* The slots of one high byte: of the low bytes `first` to `last`, from `at` on in type__encoding_characters. */
typedef struct EncodingRow {
    uint32_t at;
    uint8_t first, last;
} EncodingRow;

/* A slot that is a character outside of the first plane, or two characters (`second` not 0). */
typedef struct EncodingWide {
    uint32_t first, second;
    uint16_t slot;
} EncodingWide;

/* Codes of four bytes of GB18030, numbered from 81 30 81 30 on, that are successive characters. */
typedef struct EncodingRange {
    uint32_t place, character, count;
} EncodingRange;

typedef struct EncodingTable {
    const EncodingRow *rows;  /* by the slot's high byte */
    const uint16_t *pages;    /* by the character's upper bits: places in type__encoding_slots */
    const EncodingWide *wide; /* sorted by first, then second */
    const EncodingRange *ranges, *ranges_by_character;
    uint32_t rows_count, wide_count, ranges_count;
} EncodingTable;

extern const uint16_t type__encoding_characters[];
extern const uint16_t type__encoding_slots[];
extern const EncodingTable type__encoding_tables[ENCODING_COUNT];

/* Codes, as numbers of their bytes, that become codes of another encoding: `first` to `last` the one from `target` on
 * that stands as far behind it in its rows, or all the same. */
typedef struct EncodingRun {
    uint32_t first, last, target;
    bool same;
} EncodingRun;

typedef struct EncodingPair {
    EncodingNumber from, to;
    const EncodingRun *runs; /* sorted */
    uint32_t runs_count;
} EncodingPair;

extern const EncodingPair type__encoding_pairs[];
extern const uint32_t type__encoding_pairs_count;

/* How an encoding's bytes make characters. */
typedef enum EncodingForm {
    FORM_ASCII, /* bytes without meaning */
    FORM_UTF8,
    FORM_MULE,
    FORM_BYTE, /* a byte a character */
    FORM_EUC_JP,
    FORM_EUC_CN,
    FORM_EUC_KR,
    FORM_EUC_TW,
    FORM_JOHAB,
    FORM_SJIS,
    FORM_PAIR, /* any byte behind one with the high bit */
    FORM_GB18030,
} EncodingForm;

struct Encoding {
    const char *name,
        *aliases; /* aliases: other names, as letters and digits in lower case, with spaces between */
    EncodingNumber number;
    EncodingForm form;
    uint8_t bytes_max; /* of a character */
};

/* What is wrong with a text: bytes that are no character, or a character that the other encoding lacks. */
typedef struct EncodingFault {
    size_t at;
    uint32_t bytes;
    bool has_no_equivalent;
} EncodingFault;

/* Of the character that bytes begin with: how many its first ones say it has, and whether it is one. */
typedef struct EncodingShape {
    uint32_t bytes;
    bool valid;
} EncodingShape;
EncodingShape type__encoding_shape(EncodingForm form, const uint8_t *bytes, size_t left);
/* Bytes of ASCII from `at` on, without 0. */
size_t type__encoding_ascii(Str text, size_t at);

/* Are they all characters of it? If so *count is their number; if not, *fault is the first that is none. */
bool type__encoding_verify(const Encoding *encoding, Str bytes, size_t *count,
                           EncodingFault *fault);
/* To and from UTF-8; false: *fault, `out` holds what comes before it. The text is valid UTF-8. */
bool type__encoding_read(const Encoding *encoding, Str bytes, StrBuilder *out,
                         EncodingFault *fault);
bool type__encoding_write(const Encoding *encoding, Str text, StrBuilder *out,
                          EncodingFault *fault);

/* Is there a way from one to the other without Unicode? */
bool type__encoding_passes(const Encoding *from, const Encoding *to);
/* By that way; false: *fault, `out` holds what comes before it. The bytes are valid. */
bool type__encoding_pass(const Encoding *from, const Encoding *to, Str bytes, StrBuilder *out,
                         EncodingFault *fault);
