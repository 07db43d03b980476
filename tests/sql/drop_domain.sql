-- DROP DOMAIN drops domains alone, and tells names as they are written
create schema dds; create type dds.een as enum ('a'); create domain dds.dd as int;
drop domain dds.een;
drop domain if exists dds.een;
drop domain int4;
drop domain dds.dd, dds.een;
drop domain dds.nosuch;
drop domain nosuch2;
drop type nosuch2;
drop type dds.nosuch;
drop domain dds.dd;
drop type dds.een;
drop schema dds;
