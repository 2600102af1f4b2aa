import type { FieldErrors, FieldValues, Resolver } from "react-hook-form";
import type { z } from "zod";

/** Why a field is refused; names of messages under `fieldErrors`. */
export type FieldProblem =
  | "required"
  | "invalid"
  | "tooLong"
  | "tooShort"
  | "tooBig"
  | "tooSmall"
  | "email"
  | "phone"
  | "number"
  | "order"
  | "time"
  | "date"
  | "characters";

/** What is wrong with a field, from what its schema says. */
export function problemOf(issue: z.core.$ZodIssue): FieldProblem {
  if (issue.code === "too_big") return issue.origin === "string" ? "tooLong" : "tooBig";
  if (issue.code === "too_small") {
    if (issue.origin !== "string") return "tooSmall";
    return Number(issue.minimum) <= 1 ? "required" : "tooShort";
  }
  if (issue.code === "invalid_type") {
    if (issue.input === undefined || issue.input === null || issue.input === "") return "required";
    return issue.expected === "int" || issue.expected === "number" ? "number" : "invalid";
  }
  if (issue.code === "invalid_format" && issue.format === "email") return "email";
  if (issue.code === "invalid_format" && issue.format === "uuid") return "required";
  if (issue.code === "custom" && issue.params?.problem === "characters") return "characters";
  if (issue.code === "custom" && issue.path.at(-1) === "endsAt") return "order";
  if (issue.code === "custom" && issue.path.at(-1) === "phone") return "phone";
  return "invalid";
}

/**
 * Checks a form with the very schema the server will use, on the request the form would send. `fieldOf` names the form's
 * field for a path of the request where the two differ.
 */
export function schemaResolver<Values extends FieldValues>(
  schema: z.ZodType,
  {
    toInput,
    fieldOf = (path) => path,
  }: { toInput: (values: Values) => unknown; fieldOf?: (path: string) => string },
): Resolver<Values> {
  return (values) => {
    const result = schema.safeParse(toInput(values), { reportInput: true });
    if (result.success) return { values, errors: {} };
    const errors: Record<string, { type: string; message: string }> = {};
    for (const issue of result.error.issues) {
      const field = fieldOf(issue.path.join("."));
      errors[field] ??= { type: issue.code, message: problemOf(issue) };
    }
    return { values: {}, errors: errors as FieldErrors<Values> };
  };
}
