/* SPDX-License-Identifier: Apache-2.0 */
/* datums.h - values of catalog columns, as cat_insert takes them. */
#pragma once

#include "base/vector.h"

static inline Datum datum_oid(Oid v)
{
    return (Datum){.value.u32 = v};
}
static inline Datum datum_i32(int32_t v)
{
    return (Datum){.value.i32 = v};
}
static inline Datum datum_i16(int16_t v)
{
    return (Datum){.value.i16 = v};
}
static inline Datum datum_i64(int64_t v)
{
    return (Datum){.value.i64 = v};
}
static inline Datum datum_f32(float v)
{
    return (Datum){.value.f32 = v};
}
static inline Datum datum_bool(bool v)
{
    return (Datum){.value.b = v};
}
static inline Datum datum_char(char v)
{
    return (Datum){.value.i16 = (uint8_t)v};
}
static inline Datum datum_str(Str v)
{
    return (Datum){.value.str = strview(v)};
}
static inline Datum datum_null(void)
{
    return (Datum){.null = true};
}
