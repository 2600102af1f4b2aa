-- The tenant of the current transaction; null (which matches no row) when nothing was set.
CREATE OR REPLACE FUNCTION current_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('app.organization_id', true), '')::uuid;
