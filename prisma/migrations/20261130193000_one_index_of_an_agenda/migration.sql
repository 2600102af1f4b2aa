-- One B-tree for all that is asked of a provider's agenda, where there were two: busy time, lists and counts of days are all
-- bounded by busy_from. Every booking writes one index less, twice (ADR 24).
CREATE INDEX appointment_agenda ON appointment (organization_id, provider_id, busy_from) INCLUDE (busy_to, lane, hold_expires_at, status);
DROP INDEX appointment_provider_busy, "appointment_organization_id_provider_id_starts_at_idx";
