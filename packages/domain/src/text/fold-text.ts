/*
 * How texts are compared when somebody looks for one. The database's `fold_text` (prisma/functions/values) is the same
 * rule; a test holds the two equal over all of Unicode. Its tables are spelt out here and there, so that neither a
 * version of Unicode nor the locale of a database decides who is found.
 */

/** Letters that no decomposition takes apart, by the one that people type instead. */
const lettersOf: Readonly<Record<string, string>> = {
  a: "Ⱥⱥ",
  b: "ƁɓɃƀ",
  c: "ƇƈȻȼ",
  d: "ĐđÐðƉɖƊɗ",
  e: "ƎǝƏəƐɛɆɇ",
  f: "Ƒƒ",
  g: "ƓɠǤǥɡ",
  h: "ĦħⱧⱨ",
  i: "ıƗɨƖɩ",
  j: "Ɉɉȷ",
  k: "Ƙƙĸ",
  l: "ŁłȽƚⱢɫ",
  n: "ŊŋƝɲȠƞ",
  o: "ØøƆɔƟɵ",
  p: "Ƥƥ",
  r: "Ɍɍ",
  s: "Ʃʃ",
  t: "ŦŧƬƭƮʈȾⱦ",
  u: "Ʉʉ",
  v: "Ʋʋ",
  y: "ƳƴɎɏ",
  z: "ƵƶȤȥ",
  // Alphabets with capitals, as far as they are in use; Greek writes one letter in another way at the end of a word.
  αβγδεζηθικλμνξοπρστυφχψωσ: "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩς",
  абвгдежзиклмнопрстуфхцчшщъыьэюяђєѕіјљњћџґғҗҙқҡңүұҳҷһәө:
    "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЂЄЅІЈЉЊЋЏҐҒҖҘҚҠҢҮҰҲҶҺӘӨ",
  աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ: "ԱԲԳԴԵԶԷԸԹԺԻԼԽԾԿՀՁՂՃՄՅՆՇՈՉՊՋՌՍՎՏՐՑՒՓՔՕՖ",
};
const pairs: Readonly<Record<string, string>> = {
  Æ: "ae",
  æ: "ae",
  Œ: "oe",
  œ: "oe",
  ẞ: "ss",
  ß: "ss",
  Þ: "th",
  þ: "th",
};

const plainLetter: ReadonlyMap<string, string> = new Map([
  ...Object.entries(lettersOf).flatMap(([plain, letters]) =>
    Array.from(letters, (letter, index): [string, string] => [
      letter,
      plain.charAt(plain.length > 1 ? index : 0),
    ]),
  ),
  ...Object.entries(pairs),
]);

/**
 * What stands over, under or between letters and is not heard: combining marks of European and Semitic scripts (not the
 * vowel signs of India, nor the voicing marks of Japanese, which make other syllables), variation selectors, joiners,
 * and all that is invisible.
 */
const unheard = new RegExp(
  `[${[
    String.raw`\u00ad\u0300-\u036f\u0483-\u0489`,
    String.raw`\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7`,
    String.raw`\u0610-\u061a\u061c\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed`,
    String.raw`\u115f\u1160\u180e\u1ab0-\u1aff\u1dc0-\u1dff`,
    String.raw`\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff`,
  ].join("")}]`,
  "g",
);
/** Apostrophes and their look-alikes join what they stand between, and so does the point of Catalan `l·l`. */
const joining = /['`\u00b7\u02b9-\u02bc\u2018\u2019\u201b\u2032\u2035]/g;
/** Hyphens and dashes part it, like any run of space. */
const parting = /[-\t\n\v\f\r \u0085\u1680\u2010-\u2015\u2028\u2029\u2043\u2212]+/g;

/**
 * A text as it is compared: lower case, without accents, ligatures taken apart, apostrophes left out, hyphens and every
 * run of space one space.
 *
 * @example foldText("N’Guyên-d’Hœuf") // "nguyen dhoeuf"
 */
export function foldText(text: string): string {
  // The acute that stands alone would decompose into a space.
  const bare = text.replaceAll("\u00b4", "").normalize("NFKD").replace(unheard, "").replace(joining, "");
  const plain = bare.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return plain
    .replace(/[^\0-\x7f]/g, (letter) => plainLetter.get(letter) ?? letter)
    .replace(parting, " ")
    .replace(/^ | $/g, "");
}

/**
 * A plate, a number of a file or whatever else stands for a thing, as it is compared: folded, without space and
 * punctuation.
 *
 * @example foldReference("ÀB-123-CD") // "ab123cd"
 */
export function foldReference(text: string): string {
  return foldText(text).replace(/[ -/:-@[-`{-~]+/g, "");
}
