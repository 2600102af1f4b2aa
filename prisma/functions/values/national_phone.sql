-- The digits by which a number (E.164) is dialled in its own country, as people type them into a search: after the
-- country's code, whose length its first digits tell, and behind the trunk prefix. Countries without one are found by
-- the same digits, for a search takes any part of them.
CREATE OR REPLACE FUNCTION national_phone(phone text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN CASE
    WHEN phone !~ '^\+[1-9][0-9]{4}' THEN NULL
    WHEN phone ~ '^\+1' THEN substr(phone, 3)
    WHEN phone ~ '^\+7' THEN '8' || substr(phone, 3)
    WHEN phone ~ '^\+36' THEN '06' || substr(phone, 4)
    WHEN phone ~ '^\+375' THEN '80' || substr(phone, 5)
    WHEN phone ~ '^\+993' THEN '8' || substr(phone, 5)
    WHEN phone ~ '^\+(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])' THEN '0' || substr(phone, 4)
    ELSE '0' || substr(phone, 5)
  END;
