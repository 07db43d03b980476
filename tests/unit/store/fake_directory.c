/* SPDX-License-Identifier: Apache-2.0 */
/* fake_directory.c - for tests that have no trees: a space's directory that is always empty. */
#include "store/store_internal.h"

Status directory__put(Store *store, SpaceId space, Bytes key, Bytes value)
{
    (void)store, (void)space, (void)key, (void)value;
    return ST_UNSUPPORTED;
}

Status directory__remove(Store *store, SpaceId space, Bytes key)
{
    (void)store, (void)space, (void)key;
    return ST_UNSUPPORTED;
}

Status directory__get(Store *store, SpaceId space, Bytes key, Arena *arena, Bytes *value)
{
    (void)store, (void)space, (void)key, (void)arena, (void)value;
    return ST_NOT_FOUND;
}

Status directory__scan(Store *store, SpaceId space, Bytes prefix,
                       Status (*visit)(void *arg, Bytes key, Bytes value), void *arg)
{
    (void)store, (void)space, (void)prefix, (void)visit, (void)arg;
    return OK;
}
