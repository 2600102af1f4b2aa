const formats = new Map<string, Intl.DateTimeFormat>();
/** Zones times languages times styles in use; zones come from outside, so the memory needs a bound. */
const maxFormats = 2_000;

/** The written form of each language: British English has the day before the month and 24 hours, as the rest of the product. */
const languageTags: Readonly<Record<string, string>> = { en: "en-GB", fr: "fr-FR" };

/**
 * The product's one maker of date formats: every date that a person or a rule reads goes through it. `locale` is a
 * language of the product (`fr`, `en`) or a full tag, which stays as it is. Made once for each language and set of
 * options: making one costs more than a hundred uses.
 * @throws RangeError when the options name a time zone that the runtime does not know.
 */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(languageTags[locale] ?? locale, options);
  if (formats.size >= maxFormats) formats.clear();
  formats.set(key, made);
  return made;
}

/** The time zone of the device or server that runs this. */
export function runtimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
