-- Functions called with no type, no collation, and values beyond what others give.
select btvarstrequalimage(25);
select array_in('{1}', 0, -1);
select array_in('{1}', 23, -1);
select record_in('(1)', 0, -1);
select record_in('(1)', 2249, -1);
select range_in('[1,2)', 0, -1);
create type row_of_none as (a int, b int[]);
select jsonb_populate_record_valid(null::row_of_none, '{"b": "x"}'), jsonb_populate_record_valid(null::row_of_none, '{"b": {"x": 1}}');
select jsonb_populate_record_valid(null::int, '5');
select jsonb_populate_record(null::int, '5');
select jsonb_populate_record_valid(null, '5');
drop type row_of_none;
select uuid_extract_timestamp(uuidv7('infinity')) - uuid_extract_timestamp(uuidv7('-infinity')) < '1 second', uuid_extract_version(uuidv7('-infinity')), date_trunc('minute', uuid_extract_timestamp(uuidv7('infinity')));
