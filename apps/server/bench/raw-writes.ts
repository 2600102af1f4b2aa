/**
 * The raw limits of writes: what one call of a function in the database does at best, without a line of JavaScript.
 * `bench.cell` holds the free places of a run; calls take them one after the other.
 */
export const rawWrites = `
CREATE SCHEMA bench;
CREATE TABLE bench.cell (n integer PRIMARY KEY, provider_id uuid NOT NULL, site_id uuid NOT NULL, starts_at timestamptz NOT NULL,
  service_id uuid NOT NULL, client_id uuid NOT NULL, appointment_id uuid);
CREATE SEQUENCE bench.next_cell;
-- What is younger was written by a benchmark.
CREATE TABLE bench.built AS SELECT clock_timestamp() AS at;

-- The writes of appointments.create in one call: the appointment, its event, its audit row, its job.
CREATE FUNCTION bench.create_one() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  place integer := nextval('bench.next_cell');
  cell bench.cell;
  made uuid;
BEGIN
  SELECT * INTO cell FROM bench.cell WHERE n = place;
  IF NOT FOUND THEN RAISE EXCEPTION 'No free place is left: more --sites or fewer --seconds'; END IF;
  made := (place_appointment(jsonb_build_object(
    'site_id', cell.site_id, 'provider_id', cell.provider_id, 'service_id', cell.service_id, 'client_id', cell.client_id,
    'starts_at', cell.starts_at, 'ends_at', cell.starts_at + interval '30 minutes', 'busy_from', cell.starts_at,
    'busy_to', cell.starts_at + interval '30 minutes', 'status', 'confirmed', 'source', 'backoffice'), now())).id;
  PERFORM record_change('appointment.created', 'appointment', made, 1, NULL, '{}', '{}', NULL,
    jsonb_build_array(jsonb_build_object('name', 'appointments.notify', 'data', jsonb_build_object('appointmentId', made), 'startAfter', now() + interval '8 seconds')));
  RETURN made;
END $$;

-- The bare change of a move: the appointment of a place goes to the other half of its place, and back.
CREATE FUNCTION bench.update_one(place integer) RETURNS uuid LANGUAGE sql AS $$
  UPDATE appointment a SET starts_at = t.at, ends_at = t.at + interval '15 minutes', busy_from = t.at, busy_to = t.at + interval '15 minutes',
    version = a.version + 1, updated_at = now()
  FROM bench.cell c
  JOIN appointment b ON b.organization_id = current_organization() AND b.id = c.appointment_id,
    LATERAL (SELECT CASE WHEN b.starts_at = c.starts_at THEN c.starts_at + interval '15 minutes' ELSE c.starts_at END AS at) t
  WHERE c.n = place AND a.organization_id = current_organization() AND a.id = c.appointment_id
  RETURNING a.id
$$;

-- The same with everything that a move leaves behind, in one call: locks, event, audit row, job.
CREATE FUNCTION bench.move_one(place integer) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  moved uuid;
BEGIN
  PERFORM lock_agendas(ARRAY(SELECT provider_id FROM bench.cell WHERE n = place));
  moved := bench.update_one(place);
  INSERT INTO undo (organization_id, id, appointment_id, token_hash, user_id, action, before, version_after, expires_at)
  VALUES (current_organization(), uuid_v7(), moved, gen_random_uuid()::text, moved, 'move', '{}', 1, now() + interval '8 seconds');
  PERFORM record_change('appointment.moved', 'appointment', moved, 1, NULL, '{}', '{}', NULL,
    jsonb_build_array(jsonb_build_object('name', 'appointments.notify', 'data', jsonb_build_object('appointmentId', moved), 'startAfter', now() + interval '8 seconds')));
  RETURN moved;
END $$;

GRANT USAGE ON SCHEMA bench TO creneau_app;
GRANT ALL ON ALL TABLES IN SCHEMA bench TO creneau_app;
GRANT ALL ON ALL SEQUENCES IN SCHEMA bench TO creneau_app;
`;
