-- Facts of one agenda are looked up by keys, whatever the keys are: one plan a connection serves every call. Planning some
-- twenty parts anew each time, which PostgreSQL prefers by its estimates, cost half of `placement_facts` and two thirds of
-- `booking_setup`; a new connection pays for one plan instead of five.
ALTER FUNCTION placement_facts(uuid, uuid, uuid, uuid, timestamptz, timestamptz, timestamptz) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION creation_facts(uuid, uuid, uuid, uuid, timestamptz, timestamptz, timestamptz, text) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION move_facts(uuid, uuid, uuid, timestamptz, timestamptz, timestamptz) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION create_appointment(uuid, jsonb, timestamptz) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION change_appointment(uuid, jsonb, timestamptz) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION booking_setup(uuid, uuid[], timestamptz) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION booking_place(jsonb, timestamptz) SET plan_cache_mode = force_generic_plan;
ALTER FUNCTION booking_confirm(jsonb, timestamptz) SET plan_cache_mode = force_generic_plan;
