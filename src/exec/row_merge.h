/* SPDX-License-Identifier: Apache-2.0 */
/* row_merge.h - streams of batches, each in the order of some keys, to one in that order. */
#pragma once

#include "exec/exec_internal.h"

typedef struct RowMerge RowMerge;

/* The next rows of a stream, which stay valid until it is asked again; false: no more. */
typedef bool (*RowMergeSource)(void *arg, uint32_t stream, const Batch **batch);

/* In the execution's arena. Keys are over the rows. */
RowMerge *row_merge_new(Exec *exec, const RowShape *shape, const PlanSortKeyList *keys,
                        uint32_t streams);
/* At most rows_max rows, valid until the next call; false: all streams are at their end. Of equal rows those of the
 * earlier stream come first. */
bool row_merge_next(RowMerge *merge, uint32_t rows_max, RowMergeSource source, void *arg,
                    const Batch **batch);
