-- Who is a member of what: options, grantors, what stands on a grantor's ADMIN option.

\pset format unaligned
\set who 'SELECT roleid::regrole, member::regrole, grantor::regrole, admin_option, inherit_option, set_option FROM pg_auth_members WHERE roleid::regrole::text LIKE ''member\\_%'' ORDER BY roleid::regrole::text, member::regrole::text, grantor::regrole::text;'
\set VERBOSITY default
create role member_ra; create role member_rb; create role member_rc;
grant member_ra to member_rb with admin option;
:who
revoke admin option for member_ra from member_rb;
:who
revoke inherit option for member_ra from member_rb;
:who
revoke set option for member_ra from member_rb;
:who
revoke admin option for member_ra from member_rc;
revoke member_ra from member_rc;
revoke foo option for member_ra from member_rb;
alter group member_ra add user member_rc;
:who
alter group member_ra drop user member_rc, member_rb;
:who
alter group member_ra drop user member_rc;
alter group member_ra add user member_rc, member_rc;
alter group member_ra drop user nobody_there;
alter group nobody_there drop user member_ra;
grant member_ra to member_rb with admin option;
grant member_ra to member_rb with inherit false;
:who
grant member_ra to member_rb with admin false, set false;
:who
grant member_ra to member_rb;
grant member_ra to member_rb with admin false, set true granted by current_user;
revoke admin option for member_ra from member_rb granted by member_rc;
revoke member_ra from member_rb granted by member_rc;
revoke member_ra from member_rb cascade;
grant member_ra to member_rb with admin true;
set role member_rb;
grant member_ra to member_rc;
reset role;
:who
revoke admin option for member_ra from member_rb;
revoke member_ra from member_rb;
revoke member_ra from member_rb cascade;
:who
grant member_ra to member_rb with admin true;
grant member_ra to member_rc granted by member_rb;
revoke admin option for member_ra from member_rb cascade;
:who
drop role member_rc; drop role member_rb; drop role member_ra;
create role member_ra; create role member_rb; create role member_rc noinherit; create role member_rd createrole;
grant member_ra to member_ra;
grant member_ra to member_rb; grant member_rb to member_ra;
grant member_ra to public;
grant public to member_ra;
grant nobody_there to member_ra;
grant member_ra to nobody_there;
grant member_ra to member_rc;
select member::regrole, inherit_option from pg_auth_members where member in ('member_rb'::regrole,'member_rc'::regrole) order by 1;
alter role member_rc inherit;
grant member_ra to member_rc with admin true;
select member::regrole, inherit_option, admin_option from pg_auth_members where member in ('member_rb'::regrole,'member_rc'::regrole) order by 1;
grant member_ra to member_rc with inherit default;
grant member_ra to member_rb with admin 'maybe';
grant member_ra to member_rb with admin 2;
grant member_ra to member_rb with foo true;
grant member_ra to member_rb with admin;
grant member_ra to member_rb with admin true, inherit;
grant member_ra to member_rd granted by member_rb;
grant member_ra to member_rd granted by member_rc;
grant member_ra to member_rc with admin true granted by member_rc;
grant member_ra to member_rb with admin true granted by member_rc;
grant member_ra to member_rc with admin true granted by member_rb;
grant member_ra to member_rb granted by public;
grant member_ra to member_rb granted by nobody_there;
set role member_rd;
grant member_ra to member_rb;
revoke member_ra from member_rb;
grant member_ra to member_rb granted by member_rc;
reset role;
grant member_rc to member_rd;
set role member_rd;
grant member_ra to member_rb;
revoke member_ra from member_rb;
:who
revoke member_ra from member_rb granted by postgres;
reset role;
drop role member_rc;
revoke member_ra from member_rc;
revoke member_ra from member_rc restrict;
revoke admin option for member_ra from member_rb, member_rc cascade;
:who
create role member_re role member_rb admin member_rc in role member_ra;
:who
set role member_rd;
create role member_rf;
create role member_rg in role member_rf;
grant member_rf to member_rg with admin true;
grant member_rf to member_rd;
:who
alter group member_rf drop user member_rg;
alter group member_rf drop user member_rb;
reset role;
alter group member_rf add user member_rb;
set role member_rd;
alter group member_rf drop user member_rb;
revoke inherit option for member_rf from member_rb;
reset role;
revoke member_rf from member_rd;
revoke member_rf from member_rd cascade;
drop role member_rd;
grant pg_database_owner to member_ra;
grant member_ra to pg_database_owner;
drop role member_rg; drop role member_rf; drop role member_re; drop role member_rd; drop role member_rc; drop role member_rb; drop role member_ra;

-- What an oracle said of the rest.
create role member_ra; create role member_rb; create role member_rc; create role member_rd; create role member_re;
grant member_ra to member_rb with admin true; grant member_ra to member_rc granted by member_rb;
grant member_ra to member_rb with admin false;
grant member_ra to member_rb, member_rd with admin false, foo true;
set role member_rd;
alter group member_ra drop user member_rb;
alter group member_ra add user member_rb;
comment on role member_ra is 'x';
reset role;
alter role member_rd createrole;
grant member_ra to member_rd with admin true; set role member_rd; grant member_ra to member_rc granted by member_rb; grant member_ra to member_rc granted by postgres;
create role member_rx role member_rb;
alter group member_rx add user member_rc;
comment on role member_ra is 'x';
:who
reset role;
drop role member_rd, member_ra;
:who
drop role member_rd;
drop owned by member_rd;
:who
drop role member_rd;
grant member_rb to member_re with admin true;
set role member_re;
grant member_rb to member_rc;
drop role member_rb;
reset role;
drop role member_re;
drop role member_re, member_rb, member_rc, member_rx, member_rb;
drop role if exists member_re, member_rb;
