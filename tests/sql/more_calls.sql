-- Functions that other files do not call.
select "session_user"() = "current_user"() as same, "system_user"() is null as none;
select makeaclitem(10, 10, 'SELECT', false), makeaclitem(0, 10, 'SELECT, INSERT', true);
select acldefault('r', 10), acldefault('f', 10), acldefault('d', 10);
select unknownout(unknownin('abc'))::text, unknownsend(unknownin('abc'));
select btvarstrequalimage(25 collate "C");
select btequalimage(23);
select tsrange('2001-01-01', '2001-02-01'), tsrange('2001-01-01', null), tsrange('2001-01-01', '2001-02-01', '[]');
select tsmultirange(), tsmultirange(tsrange('2001-01-01', '2001-02-01')), tsmultirange(tsrange('2001-01-01', '2001-02-01'), tsrange('2001-03-01', null));
select tstzmultirange() as none, tstzmultirange(tstzrange('2001-01-01 00:00+0', '2001-02-01 00:00+0')) = '{[2001-01-01 00:00+0,2001-02-01 00:00+0)}' as one;
select range_intersect_agg(r) from (values (int4range(1, 10)), (int4range(5, 20))) v(r);
select range_intersect_agg(r) from (values ('{[1,10),[12,15)}'::int4multirange), ('{[5,13)}')) v(r);
select anyrange_out(int4range(1, 2))::text, anymultirange_out('{[1,2)}'::int4multirange)::text, anycompatiblerange_out(int4range(1, 2))::text, anycompatiblemultirange_out('{[1,2)}'::int4multirange)::text;
select to_ascii('abc', 8), to_ascii('abc', 'LATIN1');
select current_schema(), current_schemas(false), current_schemas(true), current_query() like 'select current_schema%' as query, getdatabaseencoding();
