select pg_input_is_valid('42', 'int4'), pg_input_is_valid('4x', 'integer'), pg_input_is_valid('99999999999', 'int4'), pg_input_is_valid('{"a":', 'json'), pg_input_is_valid('[1]', 'jsonb');
select pg_input_is_valid('123.456', 'numeric(3,1)'), pg_input_is_valid('12.3', 'numeric(3,1)'), pg_input_is_valid('abcd', 'varchar(3)'), pg_input_is_valid('2024-02-30', 'date'), pg_input_is_valid('{1,2}', 'int[]'), pg_input_is_valid('{1,x}', 'int[]');
select pg_input_is_valid('x', 'nosuch');
select pg_input_is_valid(null, 'int4'), pg_input_is_valid('$.a[', 'jsonpath');
