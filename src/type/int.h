/* SPDX-License-Identifier: Apache-2.0 */
/* int.h - reading integers, for the types and functions that take numbers as text. False and *err filled when `text` is
 * none; never raise. */
#pragma once

#include "base/fn.h"

bool int2_parse(Str text, int16_t *value, InputError *err);
bool int4_parse(Str text, int32_t *value, InputError *err);
bool int8_parse(Str text, int64_t *value, InputError *err);
/* The digits in base 8, 10 or 16 at the head of `*rest`, which moves on; false: there are none. More than 64 bits:
 * *over. */
bool oid_take_digits(Str *rest, uint64_t *magnitude, bool *over);
/* What one oid of an oidvector is read by: the text moves on behind its digits. */
bool oid_parse_head(Str *text, uint32_t *value, InputError *err);
/* Also of xid and the reg* types: `type_name` is for the error. */
bool oid_parse(Str text, const char *type_name, uint32_t *value, InputError *err);
