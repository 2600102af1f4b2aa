import { AppError } from "../errors.ts";

/** Where a list in order of name left off; `name` is whatever the list is ordered by. */
export interface NameCursor {
  name: string;
  id: string;
}

export function formatNameCursor({ name, id }: NameCursor): string {
  return Buffer.from(JSON.stringify([name, id])).toString("base64url");
}

/** @throws AppError `invalid_input` */
export function parseNameCursor(cursor: string): NameCursor {
  try {
    const [name, id] = JSON.parse(Buffer.from(cursor, "base64url").toString()) as unknown[];
    if (typeof name === "string" && typeof id === "string" && /^[0-9a-f-]{36}$/.test(id)) return { name, id };
  } catch {
    // Told below, as any other wrong cursor.
  }
  throw new AppError("invalid_input", "Not a cursor of this list");
}
