import { IntlMessageFormat } from "intl-messageformat";
import type { MailLocale } from "./format-when.ts";
import english from "./texts/en.json" with { type: "json" };
import french from "./texts/fr.json" with { type: "json" };

type Catalogue = typeof french;
type KeysOf<Part, Prefix extends string = ""> = {
  [Key in keyof Part & string]: Part[Key] extends string
    ? `${Prefix}${Key}`
    : KeysOf<Part[Key], `${Prefix}${Key}.`>;
}[keyof Part & string];

/** The name of a text of the catalogue, such as `notice.subject.moved`. */
export type TextKey = KeysOf<Catalogue>;

const catalogues: Readonly<Record<MailLocale, Catalogue>> = { fr: french, en: english };
const formats = new Map<string, IntlMessageFormat>();

function textOf(locale: MailLocale, key: TextKey): string {
  const found = key
    .split(".")
    .reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], catalogues[locale]);
  return found as string;
}

/**
 * A text of the messages that the product sends, in the reader's language, with its values filled in: ICU MessageFormat,
 * plurals included. `npm run check` holds the catalogues of both languages complete and alike.
 */
export function sayText(
  locale: MailLocale,
  key: TextKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const name = `${locale} ${key}`;
  const known = formats.get(name);
  const format = known ?? new IntlMessageFormat(textOf(locale, key), locale, undefined, { ignoreTag: true });
  if (!known) formats.set(name, format);
  return String(format.format({ ...values }));
}

/** "Bonjour Léa,", and without the name where there is none. */
export function sayGreeting(locale: MailLocale, name: string): string {
  return name ? sayText(locale, "greeting.named", { name }) : sayText(locale, "greeting.unnamed");
}
