/* SPDX-License-Identifier: Apache-2.0 */
/* sqlstates.h - every SQLSTATE: its five characters, our constant, and the condition's name as PL/pgSQL knows it. Two
 * codes may have one name (22004 and 39004): then the constant of the less common one begins with its class.
 *
 * The codes and names are PostgreSQL 18's; 72000, which PostgreSQL had until 16, is ours still. */
#pragma once

/* clang-format off */
#define SQLSTATES(X) \
    /* 00: successful completion */                                                                \
    X('0', '0', '0', '0', '0', SUCCESSFUL_COMPLETION, "successful_completion")                     \
    /* 01: warning */                                                                              \
    X('0', '1', '0', '0', '0', WARNING, "warning")                                                 \
    X('0', '1', '0', '0', 'C', DYNAMIC_RESULT_SETS_RETURNED, "dynamic_result_sets_returned")       \
    X('0', '1', '0', '0', '8', IMPLICIT_ZERO_BIT_PADDING, "implicit_zero_bit_padding")             \
    X('0', '1', '0', '0', '3', NULL_VALUE_ELIMINATED_IN_SET_FUNCTION,                              \
      "null_value_eliminated_in_set_function")                                                     \
    X('0', '1', '0', '0', '7', PRIVILEGE_NOT_GRANTED, "privilege_not_granted")                     \
    X('0', '1', '0', '0', '6', PRIVILEGE_NOT_REVOKED, "privilege_not_revoked")                     \
    X('0', '1', '0', '0', '4', WARNING_STRING_DATA_RIGHT_TRUNCATION,                               \
      "string_data_right_truncation")                                                              \
    X('0', '1', 'P', '0', '1', DEPRECATED_FEATURE, "deprecated_feature")                           \
    /* 02: no data */                                                                              \
    X('0', '2', '0', '0', '0', NO_DATA, "no_data")                                                 \
    X('0', '2', '0', '0', '1', NO_ADDITIONAL_DYNAMIC_RESULT_SETS_RETURNED,                         \
      "no_additional_dynamic_result_sets_returned")                                                \
    /* 03: SQL statement not yet complete */                                                       \
    X('0', '3', '0', '0', '0', SQL_STATEMENT_NOT_YET_COMPLETE, "sql_statement_not_yet_complete")   \
    /* 08: connection exception */                                                                 \
    X('0', '8', '0', '0', '0', CONNECTION_EXCEPTION, "connection_exception")                       \
    X('0', '8', '0', '0', '3', CONNECTION_DOES_NOT_EXIST, "connection_does_not_exist")             \
    X('0', '8', '0', '0', '6', CONNECTION_FAILURE, "connection_failure")                           \
    X('0', '8', '0', '0', '1', SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION,                        \
      "sqlclient_unable_to_establish_sqlconnection")                                               \
    X('0', '8', '0', '0', '4', SQLSERVER_REJECTED_ESTABLISHMENT_OF_SQLCONNECTION,                  \
      "sqlserver_rejected_establishment_of_sqlconnection")                                         \
    X('0', '8', '0', '0', '7', TRANSACTION_RESOLUTION_UNKNOWN, "transaction_resolution_unknown")   \
    X('0', '8', 'P', '0', '1', PROTOCOL_VIOLATION, "protocol_violation")                           \
    /* 09: triggered action exception */                                                           \
    X('0', '9', '0', '0', '0', TRIGGERED_ACTION_EXCEPTION, "triggered_action_exception")           \
    /* 0A: feature not supported */                                                                \
    X('0', 'A', '0', '0', '0', FEATURE_NOT_SUPPORTED, "feature_not_supported")                     \
    /* 0B: invalid transaction initiation */                                                       \
    X('0', 'B', '0', '0', '0', INVALID_TRANSACTION_INITIATION, "invalid_transaction_initiation")   \
    /* 0F: locator exception */                                                                    \
    X('0', 'F', '0', '0', '0', LOCATOR_EXCEPTION, "locator_exception")                             \
    X('0', 'F', '0', '0', '1', INVALID_LOCATOR_SPECIFICATION, "invalid_locator_specification")     \
    /* 0L: invalid grantor */                                                                      \
    X('0', 'L', '0', '0', '0', INVALID_GRANTOR, "invalid_grantor")                                 \
    X('0', 'L', 'P', '0', '1', INVALID_GRANT_OPERATION, "invalid_grant_operation")                 \
    /* 0P: invalid role specification */                                                           \
    X('0', 'P', '0', '0', '0', INVALID_ROLE_SPECIFICATION, "invalid_role_specification")           \
    /* 0Z: diagnostics exception */                                                                \
    X('0', 'Z', '0', '0', '0', DIAGNOSTICS_EXCEPTION, "diagnostics_exception")                     \
    X('0', 'Z', '0', '0', '2', STACKED_DIAGNOSTICS_ACCESSED_WITHOUT_ACTIVE_HANDLER,                \
      "stacked_diagnostics_accessed_without_active_handler")                                       \
    /* 10: XQuery error */                                                                         \
    X('1', '0', '6', '0', '8', INVALID_ARGUMENT_FOR_XQUERY, "invalid_argument_for_xquery")         \
    /* 20: case not found */                                                                       \
    X('2', '0', '0', '0', '0', CASE_NOT_FOUND, "case_not_found")                                   \
    /* 21: cardinality violation */                                                                \
    X('2', '1', '0', '0', '0', CARDINALITY_VIOLATION, "cardinality_violation")                     \
    /* 22: data exception */                                                                       \
    X('2', '2', '0', '0', '0', DATA_EXCEPTION, "data_exception")                                   \
    X('2', '2', '0', '2', 'E', ARRAY_SUBSCRIPT_ERROR, "array_subscript_error")                     \
    X('2', '2', '0', '2', '1', CHARACTER_NOT_IN_REPERTOIRE, "character_not_in_repertoire")         \
    X('2', '2', '0', '0', '8', DATETIME_FIELD_OVERFLOW, "datetime_field_overflow")                 \
    X('2', '2', '0', '1', '2', DIVISION_BY_ZERO, "division_by_zero")                               \
    X('2', '2', '0', '0', '5', ERROR_IN_ASSIGNMENT, "error_in_assignment")                         \
    X('2', '2', '0', '0', 'B', ESCAPE_CHARACTER_CONFLICT, "escape_character_conflict")             \
    X('2', '2', '0', '2', '2', INDICATOR_OVERFLOW, "indicator_overflow")                           \
    X('2', '2', '0', '1', '5', INTERVAL_FIELD_OVERFLOW, "interval_field_overflow")                 \
    X('2', '2', '0', '1', 'E', INVALID_ARGUMENT_FOR_LOGARITHM, "invalid_argument_for_logarithm")   \
    X('2', '2', '0', '1', '4', INVALID_ARGUMENT_FOR_NTILE_FUNCTION,                                \
      "invalid_argument_for_ntile_function")                                                       \
    X('2', '2', '0', '1', '6', INVALID_ARGUMENT_FOR_NTH_VALUE_FUNCTION,                            \
      "invalid_argument_for_nth_value_function")                                                   \
    X('2', '2', '0', '1', 'F', INVALID_ARGUMENT_FOR_POWER_FUNCTION,                                \
      "invalid_argument_for_power_function")                                                       \
    X('2', '2', '0', '1', 'G', INVALID_ARGUMENT_FOR_WIDTH_BUCKET_FUNCTION,                         \
      "invalid_argument_for_width_bucket_function")                                                \
    X('2', '2', '0', '1', '8', INVALID_CHARACTER_VALUE_FOR_CAST,                                   \
      "invalid_character_value_for_cast")                                                          \
    X('2', '2', '0', '0', '7', INVALID_DATETIME_FORMAT, "invalid_datetime_format")                 \
    X('2', '2', '0', '1', '9', INVALID_ESCAPE_CHARACTER, "invalid_escape_character")               \
    X('2', '2', '0', '0', 'D', INVALID_ESCAPE_OCTET, "invalid_escape_octet")                       \
    X('2', '2', '0', '2', '5', INVALID_ESCAPE_SEQUENCE, "invalid_escape_sequence")                 \
    X('2', '2', 'P', '0', '6', NONSTANDARD_USE_OF_ESCAPE_CHARACTER,                                \
      "nonstandard_use_of_escape_character")                                                       \
    X('2', '2', '0', '1', '0', INVALID_INDICATOR_PARAMETER_VALUE,                                  \
      "invalid_indicator_parameter_value")                                                         \
    X('2', '2', '0', '2', '3', INVALID_PARAMETER_VALUE, "invalid_parameter_value")                 \
    X('2', '2', '0', '1', '3', INVALID_PRECEDING_OR_FOLLOWING_SIZE,                                \
      "invalid_preceding_or_following_size")                                                       \
    X('2', '2', '0', '1', 'B', INVALID_REGULAR_EXPRESSION, "invalid_regular_expression")           \
    X('2', '2', '0', '1', 'W', INVALID_ROW_COUNT_IN_LIMIT_CLAUSE,                                  \
      "invalid_row_count_in_limit_clause")                                                         \
    X('2', '2', '0', '1', 'X', INVALID_ROW_COUNT_IN_RESULT_OFFSET_CLAUSE,                          \
      "invalid_row_count_in_result_offset_clause")                                                 \
    X('2', '2', '0', '2', 'H', INVALID_TABLESAMPLE_ARGUMENT, "invalid_tablesample_argument")       \
    X('2', '2', '0', '2', 'G', INVALID_TABLESAMPLE_REPEAT, "invalid_tablesample_repeat")           \
    X('2', '2', '0', '0', '9', INVALID_TIME_ZONE_DISPLACEMENT_VALUE,                               \
      "invalid_time_zone_displacement_value")                                                      \
    X('2', '2', '0', '0', 'C', INVALID_USE_OF_ESCAPE_CHARACTER, "invalid_use_of_escape_character") \
    X('2', '2', '0', '0', 'G', MOST_SPECIFIC_TYPE_MISMATCH, "most_specific_type_mismatch")         \
    X('2', '2', '0', '0', '4', NULL_VALUE_NOT_ALLOWED, "null_value_not_allowed")                   \
    X('2', '2', '0', '0', '2', NULL_VALUE_NO_INDICATOR_PARAMETER,                                  \
      "null_value_no_indicator_parameter")                                                         \
    X('2', '2', '0', '0', '3', NUMERIC_VALUE_OUT_OF_RANGE, "numeric_value_out_of_range")           \
    X('2', '2', '0', '0', 'H', SEQUENCE_GENERATOR_LIMIT_EXCEEDED,                                  \
      "sequence_generator_limit_exceeded")                                                         \
    X('2', '2', '0', '2', '6', STRING_DATA_LENGTH_MISMATCH, "string_data_length_mismatch")         \
    X('2', '2', '0', '0', '1', STRING_DATA_RIGHT_TRUNCATION, "string_data_right_truncation")       \
    X('2', '2', '0', '1', '1', SUBSTRING_ERROR, "substring_error")                                 \
    X('2', '2', '0', '2', '7', TRIM_ERROR, "trim_error")                                           \
    X('2', '2', '0', '2', '4', UNTERMINATED_C_STRING, "unterminated_c_string")                     \
    X('2', '2', '0', '0', 'F', ZERO_LENGTH_CHARACTER_STRING, "zero_length_character_string")       \
    X('2', '2', 'P', '0', '1', FLOATING_POINT_EXCEPTION, "floating_point_exception")               \
    X('2', '2', 'P', '0', '2', INVALID_TEXT_REPRESENTATION, "invalid_text_representation")         \
    X('2', '2', 'P', '0', '3', INVALID_BINARY_REPRESENTATION, "invalid_binary_representation")     \
    X('2', '2', 'P', '0', '4', BAD_COPY_FILE_FORMAT, "bad_copy_file_format")                       \
    X('2', '2', 'P', '0', '5', UNTRANSLATABLE_CHARACTER, "untranslatable_character")               \
    X('2', '2', '0', '0', 'L', NOT_AN_XML_DOCUMENT, "not_an_xml_document")                         \
    X('2', '2', '0', '0', 'M', INVALID_XML_DOCUMENT, "invalid_xml_document")                       \
    X('2', '2', '0', '0', 'N', INVALID_XML_CONTENT, "invalid_xml_content")                         \
    X('2', '2', '0', '0', 'S', INVALID_XML_COMMENT, "invalid_xml_comment")                         \
    X('2', '2', '0', '0', 'T', INVALID_XML_PROCESSING_INSTRUCTION,                                 \
      "invalid_xml_processing_instruction")                                                        \
    X('2', '2', '0', '3', '0', DUPLICATE_JSON_OBJECT_KEY_VALUE, "duplicate_json_object_key_value") \
    X('2', '2', '0', '3', '1', INVALID_ARGUMENT_FOR_SQL_JSON_DATETIME_FUNCTION,                    \
      "invalid_argument_for_sql_json_datetime_function")                                           \
    X('2', '2', '0', '3', '2', INVALID_JSON_TEXT, "invalid_json_text")                             \
    X('2', '2', '0', '3', '3', INVALID_SQL_JSON_SUBSCRIPT, "invalid_sql_json_subscript")           \
    X('2', '2', '0', '3', '4', MORE_THAN_ONE_SQL_JSON_ITEM, "more_than_one_sql_json_item")         \
    X('2', '2', '0', '3', '5', NO_SQL_JSON_ITEM, "no_sql_json_item")                               \
    X('2', '2', '0', '3', '6', NON_NUMERIC_SQL_JSON_ITEM, "non_numeric_sql_json_item")             \
    X('2', '2', '0', '3', '7', NON_UNIQUE_KEYS_IN_A_JSON_OBJECT,                                   \
      "non_unique_keys_in_a_json_object")                                                          \
    X('2', '2', '0', '3', '8', SINGLETON_SQL_JSON_ITEM_REQUIRED,                                   \
      "singleton_sql_json_item_required")                                                          \
    X('2', '2', '0', '3', '9', SQL_JSON_ARRAY_NOT_FOUND, "sql_json_array_not_found")               \
    X('2', '2', '0', '3', 'A', SQL_JSON_MEMBER_NOT_FOUND, "sql_json_member_not_found")             \
    X('2', '2', '0', '3', 'B', SQL_JSON_NUMBER_NOT_FOUND, "sql_json_number_not_found")             \
    X('2', '2', '0', '3', 'C', SQL_JSON_OBJECT_NOT_FOUND, "sql_json_object_not_found")             \
    X('2', '2', '0', '3', 'D', TOO_MANY_JSON_ARRAY_ELEMENTS, "too_many_json_array_elements")       \
    X('2', '2', '0', '3', 'E', TOO_MANY_JSON_OBJECT_MEMBERS, "too_many_json_object_members")       \
    X('2', '2', '0', '3', 'F', SQL_JSON_SCALAR_REQUIRED, "sql_json_scalar_required")               \
    X('2', '2', '0', '3', 'G', SQL_JSON_ITEM_CANNOT_BE_CAST_TO_TARGET_TYPE,                        \
      "sql_json_item_cannot_be_cast_to_target_type")                                               \
    /* 23: integrity constraint violation */                                                       \
    X('2', '3', '0', '0', '0', INTEGRITY_CONSTRAINT_VIOLATION, "integrity_constraint_violation")   \
    X('2', '3', '0', '0', '1', RESTRICT_VIOLATION, "restrict_violation")                           \
    X('2', '3', '5', '0', '2', NOT_NULL_VIOLATION, "not_null_violation")                           \
    X('2', '3', '5', '0', '3', FOREIGN_KEY_VIOLATION, "foreign_key_violation")                     \
    X('2', '3', '5', '0', '5', UNIQUE_VIOLATION, "unique_violation")                               \
    X('2', '3', '5', '1', '4', CHECK_VIOLATION, "check_violation")                                 \
    X('2', '3', 'P', '0', '1', EXCLUSION_VIOLATION, "exclusion_violation")                         \
    /* 24: invalid cursor state */                                                                 \
    X('2', '4', '0', '0', '0', INVALID_CURSOR_STATE, "invalid_cursor_state")                       \
    /* 25: invalid transaction state */                                                            \
    X('2', '5', '0', '0', '0', INVALID_TRANSACTION_STATE, "invalid_transaction_state")             \
    X('2', '5', '0', '0', '1', ACTIVE_SQL_TRANSACTION, "active_sql_transaction")                   \
    X('2', '5', '0', '0', '2', BRANCH_TRANSACTION_ALREADY_ACTIVE,                                  \
      "branch_transaction_already_active")                                                         \
    X('2', '5', '0', '0', '8', HELD_CURSOR_REQUIRES_SAME_ISOLATION_LEVEL,                          \
      "held_cursor_requires_same_isolation_level")                                                 \
    X('2', '5', '0', '0', '3', INAPPROPRIATE_ACCESS_MODE_FOR_BRANCH_TRANSACTION,                   \
      "inappropriate_access_mode_for_branch_transaction")                                          \
    X('2', '5', '0', '0', '4', INAPPROPRIATE_ISOLATION_LEVEL_FOR_BRANCH_TRANSACTION,               \
      "inappropriate_isolation_level_for_branch_transaction")                                      \
    X('2', '5', '0', '0', '5', NO_ACTIVE_SQL_TRANSACTION_FOR_BRANCH_TRANSACTION,                   \
      "no_active_sql_transaction_for_branch_transaction")                                          \
    X('2', '5', '0', '0', '6', READ_ONLY_SQL_TRANSACTION, "read_only_sql_transaction")             \
    X('2', '5', '0', '0', '7', SCHEMA_AND_DATA_STATEMENT_MIXING_NOT_SUPPORTED,                     \
      "schema_and_data_statement_mixing_not_supported")                                            \
    X('2', '5', 'P', '0', '1', NO_ACTIVE_SQL_TRANSACTION, "no_active_sql_transaction")             \
    X('2', '5', 'P', '0', '2', IN_FAILED_SQL_TRANSACTION, "in_failed_sql_transaction")             \
    X('2', '5', 'P', '0', '3', IDLE_IN_TRANSACTION_SESSION_TIMEOUT,                                \
      "idle_in_transaction_session_timeout")                                                       \
    X('2', '5', 'P', '0', '4', TRANSACTION_TIMEOUT, "transaction_timeout")                         \
    /* 26: invalid SQL statement name */                                                           \
    X('2', '6', '0', '0', '0', INVALID_SQL_STATEMENT_NAME, "invalid_sql_statement_name")           \
    /* 27: triggered data change violation */                                                      \
    X('2', '7', '0', '0', '0', TRIGGERED_DATA_CHANGE_VIOLATION, "triggered_data_change_violation") \
    /* 28: invalid authorization specification */                                                  \
    X('2', '8', '0', '0', '0', INVALID_AUTHORIZATION_SPECIFICATION,                                \
      "invalid_authorization_specification")                                                       \
    X('2', '8', 'P', '0', '1', INVALID_PASSWORD, "invalid_password")                               \
    /* 2B: dependent privilege descriptors still exist */                                          \
    X('2', 'B', '0', '0', '0', DEPENDENT_PRIVILEGE_DESCRIPTORS_STILL_EXIST,                        \
      "dependent_privilege_descriptors_still_exist")                                               \
    X('2', 'B', 'P', '0', '1', DEPENDENT_OBJECTS_STILL_EXIST, "dependent_objects_still_exist")     \
    /* 2D: invalid transaction termination */                                                      \
    X('2', 'D', '0', '0', '0', INVALID_TRANSACTION_TERMINATION, "invalid_transaction_termination") \
    /* 2F: SQL routine exception */                                                                \
    X('2', 'F', '0', '0', '0', SQL_ROUTINE_EXCEPTION, "sql_routine_exception")                     \
    X('2', 'F', '0', '0', '5', FUNCTION_EXECUTED_NO_RETURN_STATEMENT,                              \
      "function_executed_no_return_statement")                                                     \
    X('2', 'F', '0', '0', '2', ROUTINE_MODIFYING_SQL_DATA_NOT_PERMITTED,                           \
      "modifying_sql_data_not_permitted")                                                          \
    X('2', 'F', '0', '0', '3', ROUTINE_PROHIBITED_SQL_STATEMENT_ATTEMPTED,                         \
      "prohibited_sql_statement_attempted")                                                        \
    X('2', 'F', '0', '0', '4', ROUTINE_READING_SQL_DATA_NOT_PERMITTED,                             \
      "reading_sql_data_not_permitted")                                                            \
    /* 34: invalid cursor name */                                                                  \
    X('3', '4', '0', '0', '0', INVALID_CURSOR_NAME, "invalid_cursor_name")                         \
    /* 38: external routine exception */                                                           \
    X('3', '8', '0', '0', '0', EXTERNAL_ROUTINE_EXCEPTION, "external_routine_exception")           \
    X('3', '8', '0', '0', '1', CONTAINING_SQL_NOT_PERMITTED, "containing_sql_not_permitted")       \
    X('3', '8', '0', '0', '2', EXTERNAL_MODIFYING_SQL_DATA_NOT_PERMITTED,                          \
      "modifying_sql_data_not_permitted")                                                          \
    X('3', '8', '0', '0', '3', EXTERNAL_PROHIBITED_SQL_STATEMENT_ATTEMPTED,                        \
      "prohibited_sql_statement_attempted")                                                        \
    X('3', '8', '0', '0', '4', EXTERNAL_READING_SQL_DATA_NOT_PERMITTED,                            \
      "reading_sql_data_not_permitted")                                                            \
    /* 39: external routine invocation exception */                                                \
    X('3', '9', '0', '0', '0', EXTERNAL_ROUTINE_INVOCATION_EXCEPTION,                              \
      "external_routine_invocation_exception")                                                     \
    X('3', '9', '0', '0', '1', INVALID_SQLSTATE_RETURNED, "invalid_sqlstate_returned")             \
    X('3', '9', '0', '0', '4', EXTERNAL_NULL_VALUE_NOT_ALLOWED, "null_value_not_allowed")          \
    X('3', '9', 'P', '0', '1', TRIGGER_PROTOCOL_VIOLATED, "trigger_protocol_violated")             \
    X('3', '9', 'P', '0', '2', SRF_PROTOCOL_VIOLATED, "srf_protocol_violated")                     \
    X('3', '9', 'P', '0', '3', EVENT_TRIGGER_PROTOCOL_VIOLATED, "event_trigger_protocol_violated") \
    /* 3B: savepoint exception */                                                                  \
    X('3', 'B', '0', '0', '0', SAVEPOINT_EXCEPTION, "savepoint_exception")                         \
    X('3', 'B', '0', '0', '1', INVALID_SAVEPOINT_SPECIFICATION, "invalid_savepoint_specification") \
    /* 3D: invalid catalog name */                                                                 \
    X('3', 'D', '0', '0', '0', INVALID_CATALOG_NAME, "invalid_catalog_name")                       \
    /* 3F: invalid schema name */                                                                  \
    X('3', 'F', '0', '0', '0', INVALID_SCHEMA_NAME, "invalid_schema_name")                         \
    /* 40: transaction rollback */                                                                 \
    X('4', '0', '0', '0', '0', TRANSACTION_ROLLBACK, "transaction_rollback")                       \
    X('4', '0', '0', '0', '2', TRANSACTION_INTEGRITY_CONSTRAINT_VIOLATION,                         \
      "transaction_integrity_constraint_violation")                                                \
    X('4', '0', '0', '0', '1', SERIALIZATION_FAILURE, "serialization_failure")                     \
    X('4', '0', '0', '0', '3', STATEMENT_COMPLETION_UNKNOWN, "statement_completion_unknown")       \
    X('4', '0', 'P', '0', '1', DEADLOCK_DETECTED, "deadlock_detected")                             \
    /* 42: syntax error or access rule violation */                                                \
    X('4', '2', '0', '0', '0', SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION,                              \
      "syntax_error_or_access_rule_violation")                                                     \
    X('4', '2', '6', '0', '1', SYNTAX_ERROR, "syntax_error")                                       \
    X('4', '2', '5', '0', '1', INSUFFICIENT_PRIVILEGE, "insufficient_privilege")                   \
    X('4', '2', '8', '4', '6', CANNOT_COERCE, "cannot_coerce")                                     \
    X('4', '2', '8', '0', '3', GROUPING_ERROR, "grouping_error")                                   \
    X('4', '2', 'P', '2', '0', WINDOWING_ERROR, "windowing_error")                                 \
    X('4', '2', 'P', '1', '9', INVALID_RECURSION, "invalid_recursion")                             \
    X('4', '2', '8', '3', '0', INVALID_FOREIGN_KEY, "invalid_foreign_key")                         \
    X('4', '2', '6', '0', '2', INVALID_NAME, "invalid_name")                                       \
    X('4', '2', '6', '2', '2', NAME_TOO_LONG, "name_too_long")                                     \
    X('4', '2', '9', '3', '9', RESERVED_NAME, "reserved_name")                                     \
    X('4', '2', '8', '0', '4', DATATYPE_MISMATCH, "datatype_mismatch")                             \
    X('4', '2', 'P', '1', '8', INDETERMINATE_DATATYPE, "indeterminate_datatype")                   \
    X('4', '2', 'P', '2', '1', COLLATION_MISMATCH, "collation_mismatch")                           \
    X('4', '2', 'P', '2', '2', INDETERMINATE_COLLATION, "indeterminate_collation")                 \
    X('4', '2', '8', '0', '9', WRONG_OBJECT_TYPE, "wrong_object_type")                             \
    X('4', '2', '8', 'C', '9', GENERATED_ALWAYS, "generated_always")                               \
    X('4', '2', '7', '0', '3', UNDEFINED_COLUMN, "undefined_column")                               \
    X('4', '2', '8', '8', '3', UNDEFINED_FUNCTION, "undefined_function")                           \
    X('4', '2', 'P', '0', '1', UNDEFINED_TABLE, "undefined_table")                                 \
    X('4', '2', 'P', '0', '2', UNDEFINED_PARAMETER, "undefined_parameter")                         \
    X('4', '2', '7', '0', '4', UNDEFINED_OBJECT, "undefined_object")                               \
    X('4', '2', '7', '0', '1', DUPLICATE_COLUMN, "duplicate_column")                               \
    X('4', '2', 'P', '0', '3', DUPLICATE_CURSOR, "duplicate_cursor")                               \
    X('4', '2', 'P', '0', '4', DUPLICATE_DATABASE, "duplicate_database")                           \
    X('4', '2', '7', '2', '3', DUPLICATE_FUNCTION, "duplicate_function")                           \
    X('4', '2', 'P', '0', '5', DUPLICATE_PREPARED_STATEMENT, "duplicate_prepared_statement")       \
    X('4', '2', 'P', '0', '6', DUPLICATE_SCHEMA, "duplicate_schema")                               \
    X('4', '2', 'P', '0', '7', DUPLICATE_TABLE, "duplicate_table")                                 \
    X('4', '2', '7', '1', '2', DUPLICATE_ALIAS, "duplicate_alias")                                 \
    X('4', '2', '7', '1', '0', DUPLICATE_OBJECT, "duplicate_object")                               \
    X('4', '2', '7', '0', '2', AMBIGUOUS_COLUMN, "ambiguous_column")                               \
    X('4', '2', '7', '2', '5', AMBIGUOUS_FUNCTION, "ambiguous_function")                           \
    X('4', '2', 'P', '0', '8', AMBIGUOUS_PARAMETER, "ambiguous_parameter")                         \
    X('4', '2', 'P', '0', '9', AMBIGUOUS_ALIAS, "ambiguous_alias")                                 \
    X('4', '2', 'P', '1', '0', INVALID_COLUMN_REFERENCE, "invalid_column_reference")               \
    X('4', '2', '6', '1', '1', INVALID_COLUMN_DEFINITION, "invalid_column_definition")             \
    X('4', '2', 'P', '1', '1', INVALID_CURSOR_DEFINITION, "invalid_cursor_definition")             \
    X('4', '2', 'P', '1', '2', INVALID_DATABASE_DEFINITION, "invalid_database_definition")         \
    X('4', '2', 'P', '1', '3', INVALID_FUNCTION_DEFINITION, "invalid_function_definition")         \
    X('4', '2', 'P', '1', '4', INVALID_PREPARED_STATEMENT_DEFINITION,                              \
      "invalid_prepared_statement_definition")                                                     \
    X('4', '2', 'P', '1', '5', INVALID_SCHEMA_DEFINITION, "invalid_schema_definition")             \
    X('4', '2', 'P', '1', '6', INVALID_TABLE_DEFINITION, "invalid_table_definition")               \
    X('4', '2', 'P', '1', '7', INVALID_OBJECT_DEFINITION, "invalid_object_definition")             \
    /* 44: WITH CHECK OPTION violation */                                                          \
    X('4', '4', '0', '0', '0', WITH_CHECK_OPTION_VIOLATION, "with_check_option_violation")         \
    /* 53: insufficient resources */                                                               \
    X('5', '3', '0', '0', '0', INSUFFICIENT_RESOURCES, "insufficient_resources")                   \
    X('5', '3', '1', '0', '0', DISK_FULL, "disk_full")                                             \
    X('5', '3', '2', '0', '0', OUT_OF_MEMORY, "out_of_memory")                                     \
    X('5', '3', '3', '0', '0', TOO_MANY_CONNECTIONS, "too_many_connections")                       \
    X('5', '3', '4', '0', '0', CONFIGURATION_LIMIT_EXCEEDED, "configuration_limit_exceeded")       \
    /* 54: program limit exceeded */                                                               \
    X('5', '4', '0', '0', '0', PROGRAM_LIMIT_EXCEEDED, "program_limit_exceeded")                   \
    X('5', '4', '0', '0', '1', STATEMENT_TOO_COMPLEX, "statement_too_complex")                     \
    X('5', '4', '0', '1', '1', TOO_MANY_COLUMNS, "too_many_columns")                               \
    X('5', '4', '0', '2', '3', TOO_MANY_ARGUMENTS, "too_many_arguments")                           \
    /* 55: object not in prerequisite state */                                                     \
    X('5', '5', '0', '0', '0', OBJECT_NOT_IN_PREREQUISITE_STATE,                                   \
      "object_not_in_prerequisite_state")                                                          \
    X('5', '5', '0', '0', '6', OBJECT_IN_USE, "object_in_use")                                     \
    X('5', '5', 'P', '0', '2', CANT_CHANGE_RUNTIME_PARAM, "cant_change_runtime_param")             \
    X('5', '5', 'P', '0', '3', LOCK_NOT_AVAILABLE, "lock_not_available")                           \
    X('5', '5', 'P', '0', '4', UNSAFE_NEW_ENUM_VALUE_USAGE, "unsafe_new_enum_value_usage")         \
    /* 57: operator intervention */                                                                \
    X('5', '7', '0', '0', '0', OPERATOR_INTERVENTION, "operator_intervention")                     \
    X('5', '7', '0', '1', '4', QUERY_CANCELED, "query_canceled")                                   \
    X('5', '7', 'P', '0', '1', ADMIN_SHUTDOWN, "admin_shutdown")                                   \
    X('5', '7', 'P', '0', '2', CRASH_SHUTDOWN, "crash_shutdown")                                   \
    X('5', '7', 'P', '0', '3', CANNOT_CONNECT_NOW, "cannot_connect_now")                           \
    X('5', '7', 'P', '0', '4', DATABASE_DROPPED, "database_dropped")                               \
    X('5', '7', 'P', '0', '5', IDLE_SESSION_TIMEOUT, "idle_session_timeout")                       \
    /* 58: system error */                                                                         \
    X('5', '8', '0', '0', '0', SYSTEM_ERROR, "system_error")                                       \
    X('5', '8', '0', '3', '0', IO_ERROR, "io_error")                                               \
    X('5', '8', 'P', '0', '1', UNDEFINED_FILE, "undefined_file")                                   \
    X('5', '8', 'P', '0', '2', DUPLICATE_FILE, "duplicate_file")                                   \
    X('5', '8', 'P', '0', '3', FILE_NAME_TOO_LONG, "file_name_too_long")                           \
    /* 72: snapshot failure */                                                                     \
    X('7', '2', '0', '0', '0', SNAPSHOT_TOO_OLD, "snapshot_too_old")                               \
    /* F0: configuration file error */                                                             \
    X('F', '0', '0', '0', '0', CONFIG_FILE_ERROR, "config_file_error")                             \
    X('F', '0', '0', '0', '1', LOCK_FILE_EXISTS, "lock_file_exists")                               \
    /* HV: foreign data wrapper error */                                                           \
    X('H', 'V', '0', '0', '0', FDW_ERROR, "fdw_error")                                             \
    X('H', 'V', '0', '0', '5', FDW_COLUMN_NAME_NOT_FOUND, "fdw_column_name_not_found")             \
    X('H', 'V', '0', '0', '2', FDW_DYNAMIC_PARAMETER_VALUE_NEEDED,                                 \
      "fdw_dynamic_parameter_value_needed")                                                        \
    X('H', 'V', '0', '1', '0', FDW_FUNCTION_SEQUENCE_ERROR, "fdw_function_sequence_error")         \
    X('H', 'V', '0', '2', '1', FDW_INCONSISTENT_DESCRIPTOR_INFORMATION,                            \
      "fdw_inconsistent_descriptor_information")                                                   \
    X('H', 'V', '0', '2', '4', FDW_INVALID_ATTRIBUTE_VALUE, "fdw_invalid_attribute_value")         \
    X('H', 'V', '0', '0', '7', FDW_INVALID_COLUMN_NAME, "fdw_invalid_column_name")                 \
    X('H', 'V', '0', '0', '8', FDW_INVALID_COLUMN_NUMBER, "fdw_invalid_column_number")             \
    X('H', 'V', '0', '0', '4', FDW_INVALID_DATA_TYPE, "fdw_invalid_data_type")                     \
    X('H', 'V', '0', '0', '6', FDW_INVALID_DATA_TYPE_DESCRIPTORS,                                  \
      "fdw_invalid_data_type_descriptors")                                                         \
    X('H', 'V', '0', '9', '1', FDW_INVALID_DESCRIPTOR_FIELD_IDENTIFIER,                            \
      "fdw_invalid_descriptor_field_identifier")                                                   \
    X('H', 'V', '0', '0', 'B', FDW_INVALID_HANDLE, "fdw_invalid_handle")                           \
    X('H', 'V', '0', '0', 'C', FDW_INVALID_OPTION_INDEX, "fdw_invalid_option_index")               \
    X('H', 'V', '0', '0', 'D', FDW_INVALID_OPTION_NAME, "fdw_invalid_option_name")                 \
    X('H', 'V', '0', '9', '0', FDW_INVALID_STRING_LENGTH_OR_BUFFER_LENGTH,                         \
      "fdw_invalid_string_length_or_buffer_length")                                                \
    X('H', 'V', '0', '0', 'A', FDW_INVALID_STRING_FORMAT, "fdw_invalid_string_format")             \
    X('H', 'V', '0', '0', '9', FDW_INVALID_USE_OF_NULL_POINTER, "fdw_invalid_use_of_null_pointer") \
    X('H', 'V', '0', '1', '4', FDW_TOO_MANY_HANDLES, "fdw_too_many_handles")                       \
    X('H', 'V', '0', '0', '1', FDW_OUT_OF_MEMORY, "fdw_out_of_memory")                             \
    X('H', 'V', '0', '0', 'P', FDW_NO_SCHEMAS, "fdw_no_schemas")                                   \
    X('H', 'V', '0', '0', 'J', FDW_OPTION_NAME_NOT_FOUND, "fdw_option_name_not_found")             \
    X('H', 'V', '0', '0', 'K', FDW_REPLY_HANDLE, "fdw_reply_handle")                               \
    X('H', 'V', '0', '0', 'Q', FDW_SCHEMA_NOT_FOUND, "fdw_schema_not_found")                       \
    X('H', 'V', '0', '0', 'R', FDW_TABLE_NOT_FOUND, "fdw_table_not_found")                         \
    X('H', 'V', '0', '0', 'L', FDW_UNABLE_TO_CREATE_EXECUTION, "fdw_unable_to_create_execution")   \
    X('H', 'V', '0', '0', 'M', FDW_UNABLE_TO_CREATE_REPLY, "fdw_unable_to_create_reply")           \
    X('H', 'V', '0', '0', 'N', FDW_UNABLE_TO_ESTABLISH_CONNECTION,                                 \
      "fdw_unable_to_establish_connection")                                                        \
    /* P0: PL/pgSQL error */                                                                       \
    X('P', '0', '0', '0', '0', PLPGSQL_ERROR, "plpgsql_error")                                     \
    X('P', '0', '0', '0', '1', RAISE_EXCEPTION, "raise_exception")                                 \
    X('P', '0', '0', '0', '2', NO_DATA_FOUND, "no_data_found")                                     \
    X('P', '0', '0', '0', '3', TOO_MANY_ROWS, "too_many_rows")                                     \
    X('P', '0', '0', '0', '4', ASSERT_FAILURE, "assert_failure")                                   \
    /* XX: internal error */                                                                       \
    X('X', 'X', '0', '0', '0', INTERNAL_ERROR, "internal_error")                                   \
    X('X', 'X', '0', '0', '1', DATA_CORRUPTED, "data_corrupted")                                   \
    X('X', 'X', '0', '0', '2', INDEX_CORRUPTED, "index_corrupted")
/* clang-format on */
