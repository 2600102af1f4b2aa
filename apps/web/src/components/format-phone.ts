/** A stored number (`+33612345678`) as people read it: French ones as they are dialled, others in groups. */
export function formatPhone(phone: string): string {
  const french = /^\+33(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(phone);
  if (french) return `0${french.slice(1).join("\u00a0")}`;
  const foreign = /^(\+\d{2})(\d+)$/.exec(phone);
  if (!foreign) return phone;
  const [, country, rest = ""] = foreign;
  return [country, ...(rest.match(/\d{3}(?=\d{2})|\d+/g) ?? [])].join("\u00a0");
}
