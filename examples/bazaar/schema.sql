-- SPDX-License-Identifier: Apache-2.0
-- A bazaar that sells in every corner of the world. Keys and references come after loading: indexes.sql.
DROP SCHEMA IF EXISTS bazaar CASCADE;
CREATE SCHEMA bazaar;
SET search_path = bazaar;

CREATE TYPE order_state AS ENUM ('placed', 'paid', 'sent', 'returned');
CREATE DOMAIN money_amount AS numeric(12, 2) CHECK (VALUE >= 0);

CREATE TABLE city (
    id int PRIMARY KEY,
    name text NOT NULL,
    language text NOT NULL,
    zone text NOT NULL,          -- as the time zone database names it
    currency char(3) NOT NULL
);

CREATE TABLE customer (
    id bigint,
    city int NOT NULL,
    name text NOT NULL,          -- in the script of the city's language
    email text NOT NULL,
    born date,
    interests text[] NOT NULL,
    profile jsonb NOT NULL
);

CREATE TABLE product (
    id int,
    name text NOT NULL,
    price money_amount NOT NULL,
    tags text[] NOT NULL,
    details jsonb NOT NULL
);

CREATE TABLE purchase (
    id bigint,
    customer bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    state order_state NOT NULL
);

CREATE TABLE purchase_line (
    purchase bigint NOT NULL,
    line smallint NOT NULL,
    product int NOT NULL,
    count int NOT NULL CHECK (count > 0),
    price money_amount NOT NULL
);

CREATE TABLE event (
    id bigint,
    at timestamptz NOT NULL,
    document jsonb NOT NULL
);
