-- int2vector and oidvector out of their binary form: arrays of one dimension from 0, not empty, without NULLs.
create temp table iv (a int2vector); create temp table ov (a oidvector);
insert into iv values (''); insert into ov values ('');
\copy iv to '/tmp/tusk-iv' with (format binary)
\copy ov to '/tmp/tusk-ov' with (format binary)
\copy iv from '/tmp/tusk-iv' with (format binary)
\copy ov from '/tmp/tusk-ov' with (format binary)
create temp table ia (a int2[]); insert into ia values ('{}'), ('{1,2}'), ('[0:1]={1,2}'), ('[0:0][0:0]={{1}}'), ('{1,null}');
\copy ia to '/tmp/tusk-iv' with (format binary)
\copy iv from '/tmp/tusk-iv' with (format binary)
delete from ia where a = '{}';
\copy ia to '/tmp/tusk-iv' with (format binary)
\copy iv from '/tmp/tusk-iv' with (format binary)
delete from ia where a = '{1,2}';
\copy (select '[0:1]={1,2}'::int2[]) to '/tmp/tusk-iv' with (format binary)
\copy iv from '/tmp/tusk-iv' with (format binary)
\copy (select '[0:1]={1,null}'::int2[]) to '/tmp/tusk-iv' with (format binary)
\copy iv from '/tmp/tusk-iv' with (format binary)
\copy (select '[0:0][0:0]={{1}}'::int2[]) to '/tmp/tusk-iv' with (format binary)
\copy iv from '/tmp/tusk-iv' with (format binary)
\copy (select '[0:1]={1,2}'::int4[]) to '/tmp/tusk-iv' with (format binary)
\copy iv from '/tmp/tusk-iv' with (format binary)
select * from iv; select * from ov;
\! rm -f /tmp/tusk-iv /tmp/tusk-ov
