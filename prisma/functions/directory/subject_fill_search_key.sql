-- What a subject is found by: its reference, folded.
CREATE OR REPLACE FUNCTION subject_fill_search_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_key := fold_reference(NEW.reference);
  RETURN NEW;
END $$;
