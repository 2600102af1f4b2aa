/** A text that a spreadsheet would run as a formula; a phone number such as +33 6 … is none. */
function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d\s().,]+$/.test(text);
}

function cell(value: string | number | null | undefined, separator: string): string {
  const text = value === null || value === undefined ? "" : String(value);
  const safe = isFormula(text) ? `'${text}` : text;
  return /["\n\r]/.test(safe) || safe.includes(separator) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line of a CSV file. What a client typed can never become a formula of the one who opens the file. */
export function csvLine(values: readonly (string | number | null | undefined)[], separator: string): string {
  return `${values.map((value) => cell(value, separator)).join(separator)}\r\n`;
}

/** What separates columns where the reader lives: a comma is the decimal sign in France. */
export function csvSeparator(locale: string): string {
  return locale === "fr" ? ";" : ",";
}

/** Marks a file as UTF-8 for spreadsheets, which would read accents wrong otherwise. */
export const byteOrderMark = "\uFEFF";
