-- Lists of privileges that are not changed by operators, multiranges made of their ranges.
select makeaclitem(10,10,'SELECT,insert',false), makeaclitem(0,10,'all',true), acldefault('r',10), acldefault('n',10), session_user = current_user;
select aclinsert('{=r/postgres}', '=r/postgres');
select aclremove('{=r/postgres}', '=r/postgres');
select nummultirange(numrange(1,2), numrange(5,6)), nummultirange(), nummultirange(numrange(1,3)), nummultirange(variadic array[numrange(3,4), numrange(1,2), numrange(2,3)]);
select tsmultirange(tsrange('2020-01-01','2020-02-01'), tsrange('2020-01-15','2020-03-01')), tstzmultirange(tstzrange('2020-01-01','2020-02-01','[]'), null), datemultirange(daterange('2020-01-01','2020-02-01','[]'), daterange('2020-02-02','2020-02-05')), int8multirange(int8range(1,5), int8range(9223372036854775806, 9223372036854775807));
select tstzmultirange(tstzrange('2020-01-01 00:00 UTC','2020-02-01 00:00 UTC','[]')), int8multirange(int8range(1,5,'(]'), 'empty'), datemultirange(variadic '{}'::daterange[]);
select tsrange('2020-01-01','2020-02-01','(]'), tstzrange('2020-01-01 00:00 UTC','2020-02-01 00:00 UTC','()'), tsrange('2021-01-01','2020-02-01');
select jsonb_path_query('-0.50','$.double()'), jsonb_path_query('"-0.50"','$.double()'), jsonb_path_query('1e5','$.double()'), jsonb_path_query('100000000000000000000.10','$.double()'), jsonb_path_query('1.10','$.double().string()'), jsonb_path_query('1.10','$.double() + 1');
select jsonb_path_query('[-0.50]','$[*].double()'), json_query('{"a":-0.50}','$.a.double()'),  json_query('[{"a":-0.50}]','$.a.double()'), json_value('1.10','$.double()'), jsonb_path_query('0.00000000000000000001000','$.double()');
select jsonb_path_query('1.10','$.number()'), jsonb_path_query('"1.10"','$.number()'), jsonb_path_query('1.10','$.decimal()'), jsonb_path_query('1.10','$.abs()'), jsonb_path_query('1.10','-$'), jsonb_path_query('1.10','$.ceiling()'), jsonb_path_query('1.00','$.integer()'), jsonb_path_query('1.00','$.bigint()');
select '{=r/postgres}'::aclitem[] + '=w/postgres'::aclitem;
