-- What EXPLAIN says of MERGE itself: RETURNING's rows, and what came of the rows.
create table merged(id int primary key, v int);
create table source(id int, v int);
insert into merged values (1, 1), (2, 2), (3, 3);
insert into source values (1, 5), (9, 9), (3, 0);

-- shape (verbose): Merge on public.merged; Output: MERGE_ACTION(), merged.v, old.v, new.v, merged.ctid, source.v
merge into merged using source on source.id = merged.id when matched then update set v = source.v
returning merge_action(), merged.v, old.v, new.v, merged.ctid, source.v;

-- shape (analyze): Merge on merged; Tuples: inserted=1 updated=1 deleted=1 skipped=1; Join
merge into merged using source on source.id = merged.id
when matched and source.v = 0 then do nothing when matched then update set v = source.v
when not matched then insert values (source.id, source.v) when not matched by source then delete;
