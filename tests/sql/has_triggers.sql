-- Clients look at relhastriggers before they ask for a table's foreign keys.
CREATE TABLE ht_parent (a int PRIMARY KEY, b int UNIQUE DEFERRABLE);
CREATE TABLE ht_plain (a int PRIMARY KEY, b int UNIQUE, c int CHECK (c > 0) NOT NULL);
CREATE TABLE ht_self (a int PRIMARY KEY, up int REFERENCES ht_self);
CREATE TABLE ht_target (a int PRIMARY KEY);
CREATE TABLE ht_child (a int REFERENCES ht_target ON DELETE CASCADE, b int);
CREATE TABLE ht_late (a int PRIMARY KEY);
CREATE TABLE ht_unwatched (a int REFERENCES ht_plain NOT ENFORCED);
SELECT relname, relhastriggers FROM pg_class WHERE relname LIKE 'ht\_%' AND relkind = 'r' ORDER BY relname;
ALTER TABLE ht_child ADD FOREIGN KEY (b) REFERENCES ht_late;
ALTER TABLE ht_child DROP CONSTRAINT ht_child_a_fkey;
SELECT tablename, hastriggers FROM pg_tables WHERE tablename IN ('ht_child', 'ht_late', 'ht_target') ORDER BY tablename;
BEGIN;
ALTER TABLE ht_plain ADD FOREIGN KEY (c) REFERENCES ht_target, ADD FOREIGN KEY (b) REFERENCES ht_late, ADD CHECK (b < 10);
SELECT relhastriggers, relchecks FROM pg_class WHERE oid = 'ht_plain'::regclass;
ROLLBACK;
SELECT relhastriggers, relchecks FROM pg_class WHERE oid = 'ht_plain'::regclass;
DROP TABLE ht_unwatched, ht_child, ht_late, ht_target, ht_self, ht_plain, ht_parent;
