-- Whether what was decided on is still so; see booking_setup.
CREATE OR REPLACE FUNCTION booking_versions_hold(keys jsonb, total bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(v.version), 0) = total FROM booking_version v
  WHERE v.organization_id = current_organization() AND v.key = ANY (ARRAY(SELECT jsonb_array_elements_text(keys)::uuid))
$$;
