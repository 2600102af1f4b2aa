/** "30 €", "12,50 €": cents as the language writes money, without empty cents. */
export function price(cents: number, { currency, locale }: { currency: string; locale: string }): string {
  const options = { style: "currency", currency, minimumFractionDigits: cents % 100 === 0 ? 0 : 2 } as const;
  return new Intl.NumberFormat(locale === "en" ? "en-GB" : locale, options).format(cents / 100);
}
