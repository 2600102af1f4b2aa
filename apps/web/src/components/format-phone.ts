/** Of France and overseas France, by the digits after the country's: they are dialled alike from anywhere there. */
const french =
  /^\+(?:33(?=[1-9]\d{8}$)|262(?=(?:26[239]|639|69[23])\d{6}$)|590(?=(?:590|69[01])\d{6}$)|594(?=[56]94\d{6}$)|596(?=(?:596|69[67])\d{6}$))/;
/** A country's own digits: their number is told by the first ones. */
const country = /^\+(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/** A stored number (`+33612345678`) as people read it: French ones as they are dialled, others in groups. */
export function formatPhone(phone: string): string {
  if (french.test(phone)) {
    const digits = `0${phone.replace(french, "")}`;
    // Overseas, people say the first four digits together: they are the region.
    const groups = phone.startsWith("+33") ? digits.match(/\d\d/g) : digits.match(/^\d{4}|\d\d/g);
    return (groups ?? []).join("\u00a0");
  }
  const [code] = country.exec(phone) ?? [];
  if (!code) return phone;
  const groups = phone.slice(code.length).match(/\d{3}(?=\d{2})|\d+/g) ?? [];
  return [code, ...groups].join("\u00a0");
}
