import { type DraftErrors, draftErrors, refusedFields } from "../booking/draft-errors.ts";
import type { Refusal } from "../booking/guest-client.ts";
import type { Draft } from "../booking/use-draft.ts";
import { isLocalDate } from "../time/local-date.ts";

export type JoinErrors = Omit<DraftErrors, "email"> & {
  email?: "emailMissing" | "emailInvalid";
} & Partial<Record<"fromDate" | "toDate", "dateMissing" | "datePast" | "dateOrder" | "dateRefused">>;

type Typed = Pick<Draft, "name" | "email" | "phone"> & { fromDate: string; toDate: string };

/** What must be mended before the wish can be sent, the mails' address among it; the server has the last word. */
export function joinErrors({ fromDate, toDate, ...draft }: Typed, today: string): JoinErrors {
  const errors: JoinErrors = {};
  if (!isLocalDate(fromDate)) errors.fromDate = "dateMissing";
  else if (fromDate < today) errors.fromDate = "datePast";
  if (!isLocalDate(toDate)) errors.toDate = "dateMissing";
  else if (toDate < fromDate) errors.toDate = "dateOrder";
  const { email, ...others } = draftErrors(draft);
  Object.assign(errors, others);
  if (draft.email.trim() === "") errors.email = "emailMissing";
  else if (email) errors.email = "emailInvalid";
  return errors;
}

/** The same from what the server named in a refusal; empty when it was refused for another reason. */
export function refusedWish({ code, details }: Refusal): JoinErrors {
  if (code !== "invalid_input") return {};
  const named = [details.field, ...(details.issues ?? []).map(({ path }) => path)];
  const { email, ...others } = refusedFields(details);
  return {
    ...others,
    ...(email && { email: "emailInvalid" as const }),
    ...(named.includes("fromDate") && { fromDate: "dateRefused" as const }),
    ...(named.includes("toDate") && { toDate: "dateRefused" as const }),
  };
}
