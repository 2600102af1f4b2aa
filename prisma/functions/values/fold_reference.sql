-- A plate, a number of a file or whatever else stands for a thing, as it is compared: folded, without space and punctuation.
CREATE OR REPLACE FUNCTION fold_reference(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN regexp_replace(fold_text(value), '[ -/:-@[-`{-~]+', '', 'g');
