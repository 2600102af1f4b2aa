-- An appointment with the names a screen shows beside it; every join carries the organization.
CREATE OR REPLACE FUNCTION appointment_row(organization uuid, wanted uuid) RETURNS json LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (
    SELECT row_to_json(shown) FROM (
      SELECT a.id, a.version, a.site_id, a.provider_id, a.room_id, a.service_id, s.name AS service_name,
        a.client_id, c.name AS client_name, c.email AS client_email, c.phone AS client_phone,
        a.subject_id, j.kind::text AS subject_kind, j.reference AS subject_reference,
        a.title, a.description, a.starts_at, a.ends_at, a.busy_from, a.busy_to, a.lane, a.status, a.source,
        a.location_kind, a.location_detail, a.price_cents, a.hold_expires_at,
        a.cancelled_at, a.cancelled_by_id, a.cancel_reason, a.created_at, a.updated_at
      FROM appointment a
      LEFT JOIN service s ON s.organization_id = a.organization_id AND s.id = a.service_id
      LEFT JOIN client c ON c.organization_id = a.organization_id AND c.id = a.client_id
      LEFT JOIN subject j ON j.organization_id = a.organization_id AND j.id = a.subject_id
      WHERE a.organization_id = organization AND a.id = wanted
    ) shown
  );
END $$;
