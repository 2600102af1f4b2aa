import { z } from "zod";
import { AppError } from "../errors.ts";
import { id } from "../fields/schema.ts";

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
    const place: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const [name, rowId] = z.tuple([z.string(), id]).parse(place);
    // As it was told: rows of older days may have names that would not be taken now.
    if (!/[\0\p{Cs}]/u.test(name)) return { name, id: rowId };
  } catch {
    // Told below, as any other wrong cursor.
  }
  throw new AppError("invalid_input", "Not a cursor of this list");
}
