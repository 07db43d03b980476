-- ok
BEGIN

-- ok
BEGIN WORK ISOLATION LEVEL SERIALIZABLE

-- ok
BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ

-- ok
BEGIN ISOLATION LEVEL READ COMMITTED

-- ok
BEGIN WORK ISOLATION LEVEL READ UNCOMMITTED

-- ok
BEGIN TRANSACTION READ WRITE

-- ok
BEGIN READ ONLY

-- ok
BEGIN WORK DEFERRABLE

-- ok
BEGIN TRANSACTION NOT DEFERRABLE

-- ok
BEGIN READ ONLY, DEFERRABLE

-- ok
BEGIN WORK ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE

-- ok
BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE, NOT DEFERRABLE

-- ok
BEGIN READ ONLY READ WRITE

-- ok
begin

-- ok
BEGIN;

-- ok
BEGIN; BEGIN

-- ok
BEGIN/**/WORK -- x

-- ok
bEgIn TrAnSaCtIoN rEaD oNlY

-- ok
BEGIN READ WRITE NOT DEFERRABLE ISOLATION LEVEL SERIALIZABLE

-- error 16: syntax error at end of input
BEGIN ISOLATION

-- error 22: syntax error at end of input
BEGIN ISOLATION LEVEL

-- error 23: syntax error at or near "SNAPSHOT"
BEGIN ISOLATION LEVEL SNAPSHOT

-- error 17: syntax error at or near "SERIALIZABLE"
BEGIN ISOLATION SERIALIZABLE

-- error 7: syntax error at or near "LEVEL"
BEGIN LEVEL SERIALIZABLE

-- error 11: syntax error at end of input
BEGIN READ

-- error 12: syntax error at or near "COMMITTED"
BEGIN READ COMMITTED

-- error 10: syntax error at end of input
BEGIN NOT

-- error 7: syntax error at or near "WRITE"
BEGIN WRITE

-- error 12: syntax error at or near "TRANSACTION"
BEGIN WORK TRANSACTION

-- error 17: syntax error at end of input
BEGIN READ ONLY,

-- error 7: syntax error at or near ","
BEGIN , READ ONLY

-- error 7: syntax error at or near "'x'"
BEGIN 'x'

-- error 7: syntax error at or near "AND"
BEGIN AND CHAIN

-- error 7: syntax error at or near "ATOMIC"
BEGIN ATOMIC

-- error 7: syntax error at or near "IMMEDIATE"
BEGIN IMMEDIATE

-- error 23: syntax error at or near "'serializable'"
BEGIN ISOLATION LEVEL 'serializable'
