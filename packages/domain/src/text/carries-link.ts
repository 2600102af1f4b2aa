/** Endings that mail programs take for an address wherever they stand; countries have two letters. */
const endings =
  "com|net|org|info|biz|edu|gov|mobi|name|pro|xyz|top|icu|club|online|site|store|shop|app|dev|page|link|live|life|world|space|website|tech|blog|news|click|loan|win|vip|work|cloud|digital|email|agency|fun|art|bzh|paris|alsace|corsica|africa|swiss";

/**
 * Whether a mail program would make a link of something in a name, which a stranger could so send to somebody else:
 * addresses of pages and of mailboxes, also without `https://`.
 *
 * @example carriesLink("Gagnez sur bit.ly/x") // true
 * @example carriesLink("M. de La Tour, Dr.Dupont") // false
 */
export function carriesLink(text: string): boolean {
  // Full stops of other scripts, and letters of other widths, are read as ours by what follows a link.
  const plain = text.normalize("NFKC").replace(/[\u3002\uff61]/g, ".");
  return patterns.some((pattern) => pattern.test(plain));
}

const patterns: readonly RegExp[] = [
  /:\/\//u,
  /\b(?:www\d?|ftp)\./iu,
  /\b(?:mailto|tel|sms|javascript|data):/iu,
  /[\p{L}\p{N}._%+-]@[\p{L}\p{N}-]/u,
  // Something with a path, a port or a question behind it.
  /[\p{L}\p{N}]\.[\p{L}]{2,}(?:[/?#]|:\d)/u,
  new RegExp(String.raw`[\p{L}\p{N}-]{2,}\.(?:${endings})(?![\p{L}\p{N}])`, "iu"),
  // A country's ending: initials and titles are shorter, and are followed by more than two letters.
  /[\p{L}\p{N}-]{4,}\.[a-z]{2}(?![\p{L}\p{N}])/iu,
  /(?:\d{1,3}\.){3}\d{1,3}/u,
];
