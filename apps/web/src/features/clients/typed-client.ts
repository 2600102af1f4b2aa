export type TypedClient = { name: string; phone: string; email: string; reference: string };

/** What somebody typed into one box, sorted into the fields of a new client: a phone, an e-mail, a plate or a name. */
export function typedClient(text: string): TypedClient {
  const typed = text.trim();
  const empty = { name: "", phone: "", email: "", reference: "" };
  if (/^\S+@\S+$/.test(typed)) return { ...empty, email: typed };
  if (/^\+?[\d\s().-]{6,}$/.test(typed)) return { ...empty, phone: typed };
  if (/^[A-Za-z]{2}[- ]?\d{3}[- ]?[A-Za-z]{2}$/.test(typed))
    return { ...empty, reference: typed.toUpperCase() };
  return { ...empty, name: typed };
}
