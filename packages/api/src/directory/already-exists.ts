import { sqlState } from "@creneau/db/sql-state";
import { AppError } from "../errors.ts";

const uniqueViolation = "23505";

/** Runs a use case; a unique constraint it meets becomes `already_exists` about that field. */
export async function refuseDuplicate<T>(field: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlState(error) !== uniqueViolation) throw error;
    throw new AppError("already_exists", "Another one has this already", { field });
  }
}
