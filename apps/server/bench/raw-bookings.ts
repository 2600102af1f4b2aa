/**
 * The raw limit of a visitor's booking: the very two statements of hold and confirm, from a generator in C. What the
 * product reaches through HTTP is to be read beside it. Made anew by each run, unlike `rawWrites`.
 */
export const rawBookings = `
CREATE OR REPLACE FUNCTION bench.hold_one() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  place integer := nextval('bench.next_cell');
  cell bench.cell;
  answer jsonb;
BEGIN
  SELECT * INTO cell FROM bench.cell WHERE n = place;
  IF NOT FOUND THEN RAISE EXCEPTION 'No free place is left: more --sites or fewer --seconds'; END IF;
  answer := booking_place(jsonb_build_object(
    'organizationId', current_organization(), 'versionKeys', '[]'::jsonb, 'versionTotal', 0, 'holdCap', 1000000, 'liveCap', 1000000,
    'columns', jsonb_build_object(
      'id', uuid_v7(), 'site_id', cell.site_id, 'service_id', cell.service_id, 'title', 'Standard', 'status', 'held', 'source', 'web',
      'starts_at', cell.starts_at, 'ends_at', cell.starts_at + interval '30 minutes', 'busy_from', cell.starts_at,
      'busy_to', cell.starts_at + interval '30 minutes', 'location_kind', 'in_person',
      'hold_expires_at', now() + interval '10 minutes', 'held_by', 'visitor ' || place),
    'candidates', jsonb_build_array(jsonb_build_object('providerId', cell.provider_id, 'rooms', '[]'::jsonb))), now());
  IF answer ->> 'outcome' <> 'placed' THEN RAISE EXCEPTION 'hold: %', answer; END IF;
  RETURN answer ->> 'id';
END $$;

CREATE OR REPLACE FUNCTION bench.confirm_one(held uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  answer jsonb := booking_confirm(jsonb_build_object(
    'organizationId', current_organization(), 'id', held, 'manageTokenHash', held::text, 'idempotencyKey', held::text,
    'idempotencyHash', held::text, 'liveCap', 1000000, 'attendees', '[]'::jsonb, 'address', '127.0.0.1',
    'client', jsonb_build_object('id', uuid_v7(), 'name', 'Visiteur ' || held, 'email', held || '@example.test', 'locale', 'fr',
      'portalTokenHash', held::text)), now());
BEGIN
  IF answer ->> 'outcome' <> 'placed' THEN RAISE EXCEPTION 'confirm: %', answer; END IF;
END $$;`;

/** One booking of a visitor in pgbench's language: two statements, two transactions. */
export const rawBookingScript = "SELECT bench.hold_one() AS held \\gset\nSELECT bench.confirm_one(:held);\n";
