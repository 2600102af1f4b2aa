/**
 * Text that a person typed or pasted, in the one form in which it is kept: composed letters (NFC), no invisible
 * passengers, tidy space. What cannot belong to any text (control characters, halves of a surrogate pair) is not
 * mended but refused: see {@link isPlainLine} and {@link isPlainText}.
 */

/**
 * Marks that nobody sees and nobody meant, which come along when text is copied from a page, a document or an address
 * book: soft hyphens, zero-width spaces, byte order marks, directional embeddings and isolates (they can show a text in
 * another order than it is read), annotation anchors. Joiners stay: Persian and emoji are written with them.
 */
const unmeant = /[\u00ad\u180e\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;
/** Spaces of one line, a tab among them; those that do not break (French puts them before `:` and `?`) are kept. */
const runOfSpaces = /[ \t\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+/gu;
const otherLineBreaks = /\r\n?|[\u0085\u2028\u2029]/gu;
const notInLine = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]/u;
const notInText = /[^\P{Cc}\n]|[\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029]/u;
const visible = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cs}]/u;

/** One line, tidied; empty when nobody would see anything of it. @example tidyLine(" Zoe\u0301\t Martin ") // "Zoé Martin" */
export function tidyLine(text: string): string {
  // The common case, a few plain letters, is told by one look.
  if (/^[!-~]+(?: [!-~]+)*$/.test(text)) return text;
  const tidy = text.replace(unmeant, "").normalize("NFC").replace(runOfSpaces, " ").trim();
  return visible.test(tidy) || notInLine.test(tidy) ? tidy : "";
}

/** The same for a text of several lines: whatever ended a line ends it with `\n`, and no line ends in spaces. */
export function tidyText(text: string): string {
  const tidy = text
    .replace(unmeant, "")
    .normalize("NFC")
    .replace(otherLineBreaks, "\n")
    .replace(/\t/g, " ")
    .replace(/ +$/gm, "")
    .replace(/^[\n ]+|\s+$/g, "");
  return visible.test(tidy) || notInText.test(tidy) ? tidy : "";
}

/** Whether nothing in it is a control character, a line break among them, or half a character. */
export function isPlainLine(text: string): boolean {
  return !notInLine.test(text);
}

/** The same where lines may break, with `\n` alone. */
export function isPlainText(text: string): boolean {
  return !notInText.test(text);
}
