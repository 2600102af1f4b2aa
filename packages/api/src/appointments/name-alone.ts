/**
 * A name for readers who may not see contacts. Whoever was only known by an e-mail or a phone number goes by it, so that
 * it is cut to what tells people apart.
 */
export function nameAlone(name: string): string {
  if (/^\S+@\S+$/.test(name)) return `${name.slice(0, 2)}…@…`;
  if (/^\+?[\d\s().-]{6,}$/.test(name)) return `…${name.replace(/\D/g, "").slice(-2)}`;
  return name;
}
