-- Whoever is searched is found however they are spelt: by folded text, phone numbers by their national digits in every
-- country, and subjects by a folded reference.
ALTER TABLE "subject" ADD COLUMN "search_key" TEXT NOT NULL DEFAULT '';

-- As in prisma/functions; they stand here too because what is kept has to be folded anew by them.
CREATE OR REPLACE FUNCTION fold_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN btrim(CASE
    -- The common case costs a tenth: nothing but ASCII.
    WHEN octet_length(value) = char_length(value)
      THEN regexp_replace(translate(lower(value COLLATE "C"), '-''`', ' '), '[\t-\r ]+', ' ', 'g')
    ELSE regexp_replace(replace(replace(replace(replace(
        translate(lower(regexp_replace(normalize(replace(value, U&'\00B4', ''), NFKD),
            '[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u115f\u1160\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff''`\u00b7\u02b9-\u02bc\u2018\u2019\u201b\u2032\u2035]+',
            '', 'g') COLLATE "C"),
          'ȺⱥƁɓɃƀƇƈȻȼĐđÐðƉɖƊɗƎǝƏəƐɛɆɇƑƒƓɠǤǥɡĦħⱧⱨıƗɨƖɩɈɉȷƘƙĸŁłȽƚⱢɫŊŋƝɲȠƞØøƆɔƟɵƤƥɌɍƩʃŦŧƬƭƮʈȾⱦɄʉƲʋƳƴɎɏƵƶȤȥ'
            'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩς'
            'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐҒҖҘҚҠҢҮҰҲҶҺӘӨ'
            'ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖÆŒẞÞ',
          'aabbbbccccddddddddeeeeeeeeffggggghhhhiiiiijjjkkkllllllnnnnnnoooooopprrssttttttttuuvvyyyyzzzz'
            'αβγδεζηθικλμνξοπρστυφχψωσ'
            'абвгдежзиклмнопрстуфхцчшщъыьэюяђєѕіјљњћџґғҗҙқҡңүұҳҷһәө'
            'աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆæœßþ'),
        'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th'),
      '[-\t-\r \u0085\u1680\u2010-\u2015\u2028\u2029\u2043\u2212]+', ' ', 'g')
    END);

CREATE OR REPLACE FUNCTION fold_reference(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  RETURN regexp_replace(fold_text(value), '[ -/:-@[-`{-~]+', '', 'g');

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

CREATE OR REPLACE FUNCTION client_fill_search_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  aliases text;
BEGIN
  -- Nobody is born with aliases: a booking that brings a client along does not look for any.
  IF TG_OP = 'UPDATE' THEN
    SELECT string_agg(concat_ws(' ', k.value, CASE WHEN k.kind = 'phone' THEN national_phone(k.value) END), ' ' ORDER BY k.created_at, k.id)
    INTO aliases FROM client_alias k WHERE k.organization_id = NEW.organization_id AND k.client_id = NEW.id;
  END IF;
  NEW.search_text := fold_text(concat_ws(' ', NEW.name, NEW.company, NEW.email, NEW.phone, national_phone(NEW.phone), aliases));
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION subject_fill_search_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search_key := fold_reference(NEW.reference);
  RETURN NEW;
END $$;

CREATE TRIGGER subject_search_key BEFORE INSERT OR UPDATE OF reference ON subject
  FOR EACH ROW EXECUTE FUNCTION subject_fill_search_key();

-- The owner, too, sees no row of a table with forced row-level security.
ALTER TABLE client NO FORCE ROW LEVEL SECURITY;
ALTER TABLE client_alias NO FORCE ROW LEVEL SECURITY;
ALTER TABLE subject NO FORCE ROW LEVEL SECURITY;
-- Only those that the new rule changes: a name with a hyphen or an apostrophe, a number that is not French.
UPDATE client SET name = name
WHERE search_text <> fold_text(search_text) OR phone !~ '^\+33'
  OR id IN (SELECT client_id FROM client_alias WHERE kind = 'phone' AND value !~ '^\+33');
UPDATE subject SET search_key = fold_reference(reference);
ALTER TABLE client FORCE ROW LEVEL SECURITY;
ALTER TABLE client_alias FORCE ROW LEVEL SECURITY;
ALTER TABLE subject FORCE ROW LEVEL SECURITY;

DROP INDEX subject_reference_search;
-- Byte order, so that a beginning is a range under any collation of the database; comparisons are leakproof, so row-level
-- security may use it.
CREATE INDEX subject_search ON subject (organization_id, (search_key COLLATE "C")) INCLUDE (client_id) WHERE archived_at IS NULL;
