-- The operator's box finds subjects by the beginning of their reference, whatever their kind. Byte order, so that a
-- beginning is a range under any collation of the database; comparisons are leakproof, so row-level security may use it.
CREATE INDEX subject_reference_search ON subject (organization_id, (reference COLLATE "C")) INCLUDE (client_id)
  WHERE archived_at IS NULL;
