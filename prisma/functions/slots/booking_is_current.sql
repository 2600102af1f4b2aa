-- The same as booking_versions_hold for a reader outside any booking: before a refusal, whether it rests on old news.
CREATE OR REPLACE FUNCTION booking_is_current(organization uuid, keys uuid[], total bigint) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('app.organization_id', organization::text, true);
  RETURN (SELECT coalesce(sum(v.version), 0) = total FROM booking_version v WHERE v.organization_id = organization AND v.key = ANY (keys));
END $$;
