-- The subject with this reference, made when it is new.
CREATE OR REPLACE FUNCTION ensure_subject(thing jsonb, owner uuid) RETURNS uuid LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  known uuid;
BEGIN
  INSERT INTO subject (organization_id, id, kind, reference, label, client_id, attributes)
  VALUES (current_organization(), uuid_v7(), (thing ->> 'kind')::subject_kind, thing ->> 'reference', thing ->> 'label', owner,
    thing -> 'attributes')
  ON CONFLICT (organization_id, kind, reference) DO UPDATE
    SET attributes = subject.attributes || excluded.attributes, client_id = coalesce(excluded.client_id, subject.client_id),
        label = coalesce(excluded.label, subject.label), archived_at = NULL, updated_at = now()
  RETURNING id INTO known;
  RETURN known;
END $$;
