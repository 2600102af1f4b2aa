import { formatPhone } from "../../components/format-phone.ts";
import type { Outputs } from "../../trpc/react.ts";

type Client = Outputs["directory"]["clients"]["list"]["items"][number];
type Alias = Client["aliases"][number];

/** A name, an address or a number as people read it. */
export function aliasText({ kind, value }: Alias): string {
  return kind === "phone" ? formatPhone(value) : value;
}

/** Where a client is reached, on one line. */
export function contactLine({ phone, email }: Pick<Client, "phone" | "email">): string {
  return [phone && formatPhone(phone), email].filter(Boolean).join(" · ");
}

const fold = (text: string) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const digitsOf = (text: string) => text.replace(/\D/g, "").replace(/^0+/, "");

/**
 * The other name, address or number by which a search has found a client; null when what the list shows of them says
 * why already.
 */
export function matchedAlias(
  { name, phone, email, aliases }: Pick<Client, "name" | "phone" | "email" | "aliases">,
  search: string,
): string | null {
  const words = fold(search).split(/\s+/).filter(Boolean);
  const digits = digitsOf(search);
  const holds = (values: readonly (string | null)[]) => {
    const text = fold(values.filter((value) => value !== null).join(" "));
    return (word: string) => text.includes(word);
  };
  const isNumber = digits.length >= 4 && /^[\d\s().+/-]+$/.test(search);
  const saysPhone = (value: string | null) => isNumber && value !== null && digitsOf(value).includes(digits);
  if (words.length === 0 || saysPhone(phone) || words.every(holds([name, email]))) return null;
  const found = aliases.find(
    (alias) =>
      (alias.kind === "phone" && saysPhone(alias.value)) ||
      (!isNumber && words.some((word) => holds([alias.value])(word) && !holds([name, email])(word))),
  );
  return found ? aliasText(found) : null;
}
