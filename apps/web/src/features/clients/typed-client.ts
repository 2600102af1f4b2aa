import { newClientSchema } from "@creneau/api/directory/clients-schema";
import { type FieldProblem, problemOf } from "../directory/schema-resolver.ts";

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

export type NewClient = {
  kind: "new";
  name: string;
  phone: string;
  email: string;
  /** What the server took for no phone number; anything else may be one. */
  refusedPhone?: string;
};
/** Somebody already known, or somebody new of whom a name, a phone number or an e-mail is enough. */
export type ChosenClient = { kind: "known"; id: string; name: string; detail: string } | NewClient;

/** A new client as requests say it; who has no name yet goes by how they are reached. */
export function newClientOf({ name, phone, email }: Pick<NewClient, "name" | "phone" | "email">) {
  return {
    name: name.trim() || phone.trim() || email.trim(),
    ...(phone.trim() && { phone: phone.trim() }),
    ...(email.trim() && { email: email.trim() }),
  };
}

/** What the server would refuse of a new client, or did, by field. */
export function newClientProblems(
  client: NewClient,
): Partial<Record<"name" | "phone" | "email", FieldProblem>> {
  const result = newClientSchema.safeParse(newClientOf(client), { reportInput: true });
  const issues = result.error?.issues ?? [];
  return {
    ...(client.phone !== "" && client.phone === client.refusedPhone && { phone: "phone" }),
    ...Object.fromEntries(issues.map((issue) => [issue.path[0], problemOf(issue)])),
  };
}
