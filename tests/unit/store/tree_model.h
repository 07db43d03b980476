/* SPDX-License-Identifier: Apache-2.0 */
/* tree_model.h - trees of numbers with values, for tests of what stands below the leaves: a store on the simulated
 * machine, leaves as simple as can be, and a number as key in three shapes. */
#pragma once

#include "store/store_internal.h"
#include "store/tree_internal.h"
#include "store_fixture.h"

typedef enum Shape {
    SHAPE_TABLE, /* the number is the row id; leaves of NUMBER_LEAF_MAX numbers */
    SHAPE_BYTES, /* a shared prefix, the number big-endian, padding of a length that follows from the number */
    SHAPE_COMPARED, /* the number little-endian, with a comparator; leaves as SHAPE_TABLE */
    SHAPES,
} Shape;

typedef struct TreeModel {
    Store *store;
    Tree *tree;
    Shape shape;
    uint32_t pad_max; /* of SHAPE_BYTES */
} TreeModel;

enum { NUMBER_LEAF_MAX = 900 };
/* What fits into a leaf of numbers: small ones make high trees of few entries. */
extern uint32_t number_leaf_fill;

extern const StoreUpper tree_upper;

/* A store in the simulated machine's TEST_DIR, made once; with space SPACE_FIRST_USER. */
void tree_store_create(void);
Store *tree_store_open(uint32_t frames, bool background);

TreeModel tree_model_create(Store *store, SpaceId space, Shape shape, uint32_t flags);
void tree_model_key(const TreeModel *model, uint64_t number, KeyCopy *key);
/* Into a leaf that is being built. */
void tree_model_fill(const TreeModel *model, void *page, uint64_t number, uint64_t value);
/* False: it is there (its value is replaced). */
bool tree_model_put(TreeModel *model, uint64_t number, uint64_t value);
bool tree_model_remove(TreeModel *model, uint64_t number);
bool tree_model_get(TreeModel *model, uint64_t number, uint64_t *value);
/* Whole scans: numbers and values in order; returns how many, at most `max`. */
uint32_t tree_model_scan(TreeModel *model, bool backward, uint64_t *numbers, uint64_t *values,
                         uint32_t max);
/* tree_check finds nothing. */
void tree_model_check(TreeModel *model);
/* store_check finds nothing, but pages that a crash left taken before anything led to them. */
void tree_model_check_store(Store *store);
/* The tree's height: 1 when the root is its only page. */
uint32_t tree_model_height(TreeModel *model);
