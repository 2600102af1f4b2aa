-- A text as it is compared: lower case, without accents, ligatures taken apart, apostrophes left out, hyphens and every run
-- of space one space. The rule and its tables are those of packages/domain/src/text/fold-text.ts, and a test holds the two
-- equal; they are spelt out, so that neither a version of Unicode nor the locale of the database decides who is found.
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
