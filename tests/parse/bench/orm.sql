-- What object mappers and tools send: wide lists of quoted names, long IN lists, many rows of
-- VALUES, catalog queries.

-- ok
SELECT "account"."id" AS "account_id", "account"."created_at" AS "account_created_at", "account"."updated_at" AS "account_updated_at", "account"."email" AS "account_email", "account"."display_name" AS "account_display_name", "account"."is_active" AS "account_is_active", "profile"."id" AS "profile_id", "profile"."account_id" AS "profile_account_id", "profile"."bio" AS "profile_bio", "profile"."avatar_url" AS "profile_avatar_url", "profile"."settings" AS "profile_settings" FROM "public"."account" "account" LEFT JOIN "public"."profile" "profile" ON "profile"."account_id" = "account"."id" WHERE ( "account"."email" = $1 AND "account"."is_active" = $2 ) AND ( "account"."deleted_at" IS NULL ) ORDER BY "account"."created_at" DESC LIMIT 25 OFFSET 50

-- ok
SELECT "o".* FROM "orders" AS "o" WHERE "o"."id" IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32) AND "o"."status" <> ALL ($33) ORDER BY "o"."id"

-- ok
INSERT INTO "event" ("id", "kind", "payload", "happened_at", "actor") VALUES ($1, $2, $3, $4, $5), ($6, $7, $8, $9, $10), ($11, $12, $13, $14, $15), ($16, $17, $18, $19, $20), ($21, $22, $23, $24, $25) ON CONFLICT ("id") DO UPDATE SET "payload" = EXCLUDED."payload", "happened_at" = greatest("event"."happened_at", EXCLUDED."happened_at") WHERE "event"."kind" IS DISTINCT FROM EXCLUDED."kind" RETURNING "id", (xmax = 0) AS "inserted"

-- ok
UPDATE "session" SET "data" = jsonb_set(coalesce("data", '{}'::jsonb), '{last,seen}', to_jsonb(now())), "expires_at" = now() + interval '30 minutes' WHERE "token" = $1 AND "expires_at" > now() RETURNING "id", "data" ->> 'user' AS "user_id"

-- ok
WITH RECURSIVE "tree" AS (SELECT "id", "parent_id", "name", 1 AS "depth", ARRAY["id"] AS "path" FROM "category" WHERE "parent_id" IS NULL UNION ALL SELECT "c"."id", "c"."parent_id", "c"."name", "t"."depth" + 1, "t"."path" || "c"."id" FROM "category" "c" JOIN "tree" "t" ON "c"."parent_id" = "t"."id" WHERE NOT "c"."id" = ANY ("t"."path")) SELECT * FROM "tree" ORDER BY "path"

-- ok
SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef), a.attnotnull, a.attidentity FROM pg_catalog.pg_attribute a WHERE a.attrelid = '16384' AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum

-- ok
SELECT count(*) FILTER (WHERE t.state = 'open') AS open, count(*) FILTER (WHERE t.state = 'done') AS done, percentile_cont(0.95) WITHIN GROUP (ORDER BY t.elapsed) AS p95, row_number() OVER (PARTITION BY t.team ORDER BY sum(t.elapsed) DESC) AS place, lag(max(t.elapsed), 1, 0) OVER w AS before FROM task AS t WHERE t.made BETWEEN $1 AND $2 GROUP BY t.team WINDOW w AS (PARTITION BY t.team ORDER BY min(t.made) ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)
