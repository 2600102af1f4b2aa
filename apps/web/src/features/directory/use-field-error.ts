"use client";

import { useTranslations } from "next-intl";
import type { FieldProblem } from "./schema-resolver.ts";

const problems: readonly FieldProblem[] = [
  "required",
  "invalid",
  "tooLong",
  "tooShort",
  "tooBig",
  "tooSmall",
  "email",
  "phone",
  "number",
  "order",
  "time",
  "date",
  "characters",
];

/** The sentence for what `schemaResolver` found wrong with a field; undefined when nothing is. */
export function useFieldError() {
  const t = useTranslations("fieldErrors");
  return (error: { message?: string } | undefined): string | undefined => {
    if (!error) return undefined;
    const problem = problems.find((each) => each === error.message) ?? "invalid";
    return t(`${problem}`);
  };
}
