import { carriesLink } from "@creneau/domain/text/carries-link";
import type { Draft } from "./use-draft.ts";

export type DraftErrors = Partial<
  Record<
    "name" | "email" | "phone",
    "nameMissing" | "nameRefused" | "emailInvalid" | "phoneInvalid" | "contactMissing"
  >
>;

/** What must be mended before the booking can be sent; the server has the last word. */
export function draftErrors({ name, email, phone }: Pick<Draft, "name" | "email" | "phone">): DraftErrors {
  const errors: DraftErrors = {};
  if (name.trim() === "") errors.name = "nameMissing";
  else if (carriesLink(name)) errors.name = "nameRefused";
  if (email.trim() === "" && phone.trim() === "") errors.email = "contactMissing";
  if (email.trim() !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim()))
    errors.email = "emailInvalid";
  if (phone.trim() !== "" && phone.replaceAll(/\D/g, "").length < 6) errors.phone = "phoneInvalid";
  return errors;
}

/** The same from what the server named in a refusal. */
export function refusedFields({
  field,
  issues,
}: {
  field?: string;
  issues?: { path: string }[];
}): DraftErrors {
  const named = [field, ...(issues ?? []).map(({ path }) => path)];
  const errors: DraftErrors = {};
  if (named.includes("client.name")) errors.name = "nameRefused";
  if (named.includes("client.email")) errors.email = "emailInvalid";
  if (named.some((each) => each === "client.phone" || each === "phone")) errors.phone = "phoneInvalid";
  return errors;
}
