/* SPDX-License-Identifier: Apache-2.0 */
/* jsonb_internal.h - parts of stored documents, as json.h's accessors use them. Raise XX001 for bytes that are none. */
#pragma once

#include "type/json.h"

JsonKind jsonb__kind(const JsonPart *part);
uint32_t jsonb__count(const JsonPart *part);
JsonPart jsonb__item(const JsonPart *part, uint32_t i);
Str jsonb__key(const JsonPart *part, uint32_t i);
bool jsonb__find(const JsonPart *part, Str key, uint32_t *at);
Decimal jsonb__number(const JsonPart *part);
/* The order of keys in objects: by length, then bytes. */
int jsonb__compare_keys(Str a, Str b);
/* Raises 54000 for one that no jsonb can hold. */
void jsonb__check_string(Str s);

uint64_t jsonb__hash_extended(Arena *arena, const JsonNode *node, uint64_t seed);
KeyExactness jsonb__sort_key(const TypeCall *call, const JsonNode *node, StrBuilder *out);
