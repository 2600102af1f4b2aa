-- What Prisma cannot say: roles, row-level security, the constraints that make double booking impossible, partial
-- indexes, and the few functions that may look across organizations.

CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Roles --------------------------------------------------------------------------------------------------------
-- creneau_app: what the application is while it serves; neither owner nor BYPASSRLS.
-- creneau_system: owns the functions that must look across organizations; nobody connects as it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'creneau_app') THEN CREATE ROLE creneau_app NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'creneau_system') THEN CREATE ROLE creneau_system NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'creneau_app', 'SET') THEN EXECUTE format('GRANT creneau_app TO %I', current_user); END IF;
  IF NOT pg_has_role(current_user, 'creneau_system', 'SET') THEN EXECUTE format('GRANT creneau_system TO %I', current_user); END IF;
EXCEPTION WHEN invalid_parameter_value THEN
  -- PostgreSQL 15 has no SET privilege to ask about.
  EXECUTE format('GRANT creneau_app, creneau_system TO %I', current_user);
END $$;

GRANT USAGE ON SCHEMA public TO creneau_app;
GRANT USAGE, CREATE ON SCHEMA public TO creneau_system;

-- Scope --------------------------------------------------------------------------------------------------------
-- The tenant of the current transaction; null (which matches no row) when nothing was set.
CREATE FUNCTION current_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.organization_id', true), '')::uuid;

-- Time-ordered keys for rows born in SQL (RFC 9562, version 7); uuidv7() exists only from PostgreSQL 18 on.
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid()) PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

-- Guards -------------------------------------------------------------------------------------------------------
ALTER TABLE appointment
  ADD CONSTRAINT appointment_time_order CHECK (starts_at < ends_at),
  ADD CONSTRAINT appointment_busy_covers CHECK (busy_from <= starts_at AND busy_to >= ends_at),
  -- Reads of busy time are bounded below by the longest possible busy range.
  ADD CONSTRAINT appointment_longest CHECK (busy_to - busy_from <= interval '48 hours'),
  ADD CONSTRAINT appointment_hold_expiry CHECK ((hold_expires_at IS NOT NULL) = (status = 'held')),
  ADD CONSTRAINT appointment_cancelled CHECK ((cancelled_at IS NOT NULL) = (status = 'cancelled')),
  ADD CONSTRAINT appointment_lane CHECK (lane >= 0),
  ADD CONSTRAINT appointment_no_provider_overlap EXCLUDE USING gist (
    organization_id WITH =, provider_id WITH =, lane WITH =, tstzrange(busy_from, busy_to) WITH &&
  ) WHERE (status IN ('held', 'pending', 'confirmed', 'in_progress')),
  ADD CONSTRAINT appointment_no_room_overlap EXCLUDE USING gist (
    organization_id WITH =, room_id WITH =, tstzrange(busy_from, busy_to) WITH &&
  ) WHERE (room_id IS NOT NULL AND status IN ('held', 'pending', 'confirmed', 'in_progress'));

ALTER TABLE availability_rule
  ADD CONSTRAINT availability_rule_weekday CHECK (iso_weekday BETWEEN 1 AND 7),
  ADD CONSTRAINT availability_rule_minutes CHECK (start_minute >= 0 AND start_minute < end_minute AND end_minute <= 1440),
  ADD CONSTRAINT availability_rule_validity CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to);
ALTER TABLE availability_exception
  ADD CONSTRAINT availability_exception_target CHECK (site_id IS NOT NULL OR provider_id IS NOT NULL);
ALTER TABLE time_off
  ADD CONSTRAINT time_off_order CHECK (starts_at < ends_at),
  ADD CONSTRAINT time_off_target CHECK (num_nonnulls(site_id, provider_id, room_id) = 1);
ALTER TABLE service
  ADD CONSTRAINT service_duration CHECK (duration_minutes BETWEEN 1 AND 1440),
  ADD CONSTRAINT service_buffers CHECK (buffer_before BETWEEN 0 AND 720 AND buffer_after BETWEEN 0 AND 720),
  ADD CONSTRAINT service_notice CHECK (min_notice_minutes >= 0 AND horizon_days BETWEEN 1 AND 730);
ALTER TABLE organization
  ADD CONSTRAINT organization_slot_minutes CHECK (slot_minutes BETWEEN 1 AND 240),
  ADD CONSTRAINT organization_undo_seconds CHECK (undo_seconds BETWEEN 0 AND 120);
ALTER TABLE site ADD CONSTRAINT site_overbooking CHECK (overbooking_percent BETWEEN 0 AND 1000);
ALTER TABLE note ADD CONSTRAINT note_author CHECK (kind = 'system' OR num_nonnulls(author_user_id, author_client_id) = 1);
ALTER TABLE external_event
  ADD CONSTRAINT external_event_busy CHECK ((busy_from IS NULL) = (busy_to IS NULL) AND (busy_from IS NULL OR busy_from < busy_to));

-- Indexes that Prisma cannot describe --------------------------------------------------------------------------
-- Range operators are not leakproof, so under row-level security they cannot be index conditions: busy time is read
-- with plain comparisons through these.
CREATE INDEX appointment_provider_busy ON appointment (organization_id, provider_id, busy_from) INCLUDE (busy_to, lane)
  WHERE status IN ('held', 'pending', 'confirmed', 'in_progress');
CREATE INDEX appointment_room_busy ON appointment (organization_id, room_id, busy_from) INCLUDE (busy_to)
  WHERE room_id IS NOT NULL AND status IN ('held', 'pending', 'confirmed', 'in_progress');
CREATE INDEX appointment_hold_expiry ON appointment (hold_expires_at) WHERE status = 'held';
CREATE INDEX client_search ON client USING gin (search_text gin_trgm_ops) WHERE archived_at IS NULL;

-- Search text of clients: folded to lower case without accents, phone also with its national digits.
CREATE FUNCTION fold_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN lower(public.unaccent('public.unaccent'::regdictionary, value));
CREATE FUNCTION client_fill_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_text := fold_text(concat_ws(' ', NEW.name, NEW.company, NEW.email, NEW.phone, regexp_replace(NEW.phone, '^\+33', '0')));
  RETURN NEW;
END $$;
CREATE TRIGGER client_search_text BEFORE INSERT OR UPDATE OF name, company, email, phone ON client
  FOR EACH ROW EXECUTE FUNCTION client_fill_search_text();

-- Row-level security -------------------------------------------------------------------------------------------
-- Every table with an organization_id, and organization itself, answers only for the scope of the transaction.
DO $$
DECLARE
  target record;
BEGIN
  FOR target IN
    SELECT c.relname, CASE WHEN c.relname = 'organization' THEN 'id' ELSE 'organization_id' END AS key
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
      AND (c.relname = 'organization' OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped))
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target.relname);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target.relname);
    EXECUTE format('CREATE POLICY tenant ON %I TO creneau_app USING (%I = current_organization()) WITH CHECK (%I = current_organization())',
      target.relname, target.key, target.key);
    EXECUTE format('CREATE POLICY system ON %I TO creneau_system USING (true) WITH CHECK (true)', target.relname);
  END LOOP;
END $$;

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO creneau_app, creneau_system;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO creneau_app, creneau_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO creneau_app, creneau_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO creneau_app, creneau_system;
REVOKE UPDATE, DELETE ON audit, event FROM creneau_app;
REVOKE ALL ON _prisma_migrations FROM creneau_app, creneau_system;
GRANT SELECT ON _prisma_migrations TO creneau_app;

-- Functions of the application ---------------------------------------------------------------------------------
-- Appends to the event log of the current organization; returns the event's id.
CREATE FUNCTION append_event(event_type text, entity uuid, entity_version integer, actor uuid, details jsonb)
RETURNS bigint LANGUAGE sql VOLATILE AS $$
  INSERT INTO event (organization_id, type, entity_id, version, actor_user_id, payload)
  VALUES (current_organization(), event_type, entity, entity_version, actor, details)
  RETURNING id
$$;

-- Serialises writers of one provider or one room inside a transaction. Callers pass every key at once, sorted here, so
-- that two moves that cross never wait for each other.
CREATE FUNCTION lock_agendas(agendas uuid[]) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  agenda uuid;
BEGIN
  FOR agenda IN SELECT DISTINCT unnest(agendas) AS key ORDER BY key LOOP
    IF agenda IS NOT NULL THEN PERFORM pg_advisory_xact_lock(hashtextextended(agenda::text, 4201)); END IF;
  END LOOP;
END $$;

-- Busy time of several providers in one trip: sets the tenant, answers one packed row a provider, sorted by start.
CREATE FUNCTION busy_time(organization uuid, providers uuid[], range_from timestamptz, range_to timestamptz)
RETURNS TABLE (provider_id uuid, busy_from timestamptz[], busy_to timestamptz[]) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  RETURN QUERY
    SELECT a.provider_id, array_agg(a.busy_from ORDER BY a.busy_from), array_agg(a.busy_to ORDER BY a.busy_from)
    FROM appointment a
    WHERE a.organization_id = organization
      AND a.provider_id = ANY (providers)
      AND a.busy_from < range_to
      AND a.busy_from > range_from - interval '48 hours'
      AND a.busy_to > range_from
      AND a.status IN ('held', 'pending', 'confirmed', 'in_progress')
    GROUP BY a.provider_id;
END $$;

-- Functions that look across organizations ---------------------------------------------------------------------
-- Owned by creneau_system, executable by the application; each answers one narrow question.

-- Every seat of one user.
CREATE FUNCTION memberships_of(member uuid)
RETURNS TABLE (organization_id uuid, slug text, name text, role role, site_ids uuid[], provider_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, m.role, m.site_ids, p.id
  FROM membership m
  JOIN organization o ON o.id = m.organization_id
  LEFT JOIN provider p ON p.organization_id = m.organization_id AND p.user_id = m.user_id AND p.archived_at IS NULL
  WHERE m.user_id = member
  ORDER BY m.created_at, o.slug
$$;

-- The organization (and provider) behind a public name: a user's username first, else an organization's slug.
CREATE FUNCTION resolve_public_name(public_name text)
RETURNS TABLE (organization_id uuid, provider_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  (SELECT p.organization_id, p.id FROM "user" u JOIN provider p ON p.user_id = u.id
   WHERE u.username = public_name AND u.deactivated_at IS NULL AND p.archived_at IS NULL ORDER BY p.created_at LIMIT 1)
  UNION ALL
  (SELECT o.id, NULL::uuid FROM organization o WHERE o.slug = public_name)
  LIMIT 1
$$;

-- Organizations, for jobs that run once for each.
CREATE FUNCTION organization_ids() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ SELECT id FROM organization ORDER BY id $$;

-- Events after a cursor, in the log's order. A row is shown only when no transaction that could still commit before it
-- is running (its xid is below the oldest running one), so a late commit is never skipped.
CREATE FUNCTION read_events(after_xid bigint, after_id bigint, max_rows integer) RETURNS SETOF event
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM event
  WHERE (xid, id) > (after_xid, after_id)
    AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  ORDER BY xid, id
  LIMIT max_rows
$$;

-- The same for one organization: what a subscription missed while it was away.
CREATE FUNCTION read_organization_events(organization uuid, after_xid bigint, after_id bigint, max_rows integer) RETURNS SETOF event
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM event
  WHERE organization_id = organization AND (xid, id) > (after_xid, after_id)
    AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
  ORDER BY xid, id
  LIMIT max_rows
$$;

-- Where a reader that starts now begins (everything visible is before it), and the oldest cursor that can be resumed.
CREATE FUNCTION event_bounds(OUT head_xid bigint, OUT oldest_xid bigint, OUT oldest_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
         (SELECT xid FROM event ORDER BY xid, id LIMIT 1),
         (SELECT id FROM event ORDER BY xid, id LIMIT 1)
$$;

-- Removes events older than `keep`; returns how many.
CREATE FUNCTION prune_events(keep interval) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH gone AS (DELETE FROM event WHERE created_at < now() - keep RETURNING 1) SELECT count(*) FROM gone
$$;

-- Deletes expired holds of every organization and tells their readers. Locked rows are being confirmed: left alone.
CREATE FUNCTION sweep_expired_holds(max_rows integer) RETURNS integer
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH expired AS (
    SELECT organization_id, id FROM appointment
    WHERE status = 'held' AND hold_expires_at <= now()
    ORDER BY hold_expires_at LIMIT max_rows FOR UPDATE SKIP LOCKED
  ), gone AS (
    DELETE FROM appointment a USING expired e
    WHERE a.organization_id = e.organization_id AND a.id = e.id
    RETURNING a.organization_id, a.id, a.version, a.provider_id, a.site_id, a.room_id, a.starts_at
  ), told AS (
    INSERT INTO event (organization_id, type, entity_id, version, payload)
    SELECT organization_id, 'appointment.hold_expired', id, version,
           jsonb_build_object('providerId', provider_id, 'siteId', site_id, 'roomId', room_id,
             'startsAt', to_char(starts_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
    FROM gone RETURNING 1
  )
  SELECT count(*)::integer FROM told
$$;

-- Clients of the current organization whose folded text holds every word; trigram matching is not leakproof, so under
-- row-level security it could not use its index: hence definer's rights with the scope spelt out.
CREATE FUNCTION search_clients(words text[], max_rows integer) RETURNS SETOF client
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT * FROM client
  WHERE organization_id = current_organization() AND archived_at IS NULL
    AND search_text LIKE ALL (SELECT '%' || replace(replace(replace(fold_text(word), '\', '\\'), '%', '\%'), '_', '\_') || '%' FROM unnest(words) AS word)
  ORDER BY name, id
  LIMIT max_rows
$$;

DO $$
DECLARE
  signature text;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'memberships_of(uuid)', 'resolve_public_name(text)', 'organization_ids()', 'read_events(bigint, bigint, integer)',
    'read_organization_events(uuid, bigint, bigint, integer)', 'event_bounds()', 'prune_events(interval)', 'sweep_expired_holds(integer)', 'search_clients(text[], integer)'
  ] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO creneau_system', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO creneau_app', signature);
  END LOOP;
END $$;
