/* SPDX-License-Identifier: Apache-2.0 */
/* test_table.c - what table.h says without a store: row ids as ctid shows them (docs/traps.md C20). */
#include "unit/unit.h"

#include "table/table.h"

static void test_row_id_as_ctid(void **state)
{
    (void)state;
    assert_int_equal(row_id_block((RowId){1}), 0);
    assert_int_equal(row_id_offset((RowId){1}), 2);
    assert_int_equal(row_id_block((RowId){32767}), 0);
    assert_int_equal(row_id_offset((RowId){32767}), 32768);
    assert_int_equal(row_id_block((RowId){32768}), 1);
    assert_int_equal(row_id_offset((RowId){32768}), 1);
    assert_int_equal(row_id_block((RowId){ROW_ID_MAX}), UINT32_MAX);
    assert_int_equal(row_id_offset((RowId){ROW_ID_MAX}), 32768);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_row_id_as_ctid)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
