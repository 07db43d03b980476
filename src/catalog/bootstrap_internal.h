/* SPDX-License-Identifier: Apache-2.0 */
/* bootstrap_internal.h - rows of catalogs being made, many at once. */
#pragma once

#include "catalog/catalog_internal.h"

typedef struct Boot {
    CatalogView *view;
    Arena *arena; /* of all rows that wait */
    const CatalogInitOptions *options;
} Boot;

/* Rows of one catalog; a new one is zero, and NULL where it may be. boot__rows_end writes them. */
typedef struct BootRows {
    Boot *boot;
    CatalogTable table;
    uint32_t width;
    ARRAY_OF(Datum) values;
} BootRows;
BootRows boot__rows(Boot *boot, CatalogTable table);
/* The row is valid until the next one is begun. */
Datum *boot__row(BootRows *rows);
void boot__rows_end(BootRows *rows);

Datum boot__text(Boot *boot, const char *text);                /* NULL: NULL */
Datum boot__oids(Boot *boot, const Oid *oids, uint32_t count); /* oid[] */
Datum boot__oidvector(Boot *boot, const Oid *oids, uint32_t count);
Datum boot__i16s(Boot *boot, const int16_t *values, uint32_t count); /* int2[] */
Datum boot__int2vector(Boot *boot, const int16_t *values, uint32_t count);
void boot__init_privilege(BootRows *init, Oid class_, Oid oid, Datum acl);

/* bootstrap_types.c, bootstrap_catalogs.c, bootstrap_shared.c: rows of their kinds. */
void boot__builtins(Boot *boot);
void boot__catalogs(Boot *boot);
void boot__shared(Boot *boot);
