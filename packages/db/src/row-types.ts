import { types } from "pg";

type GetTypeParser = typeof types.getTypeParser;

const int8 = 20;
const int8Array = 1016;
const date = 1082;

/** `{1,NULL}` as PostgreSQL writes it. */
function numbersOf(array: string): (number | null)[] {
  return array === "{}"
    ? []
    : array
        .slice(1, -1)
        .split(",")
        .map((each) => (each === "NULL" ? null : Number(each)));
}

/**
 * How plain SQL rows become values: bigint as number (ids, transaction ids and epoch milliseconds stay below 2^53 for
 * centuries), alone and in flat arrays; date as its own text. Instants stay `Date`. Prisma brings its own parsers and
 * is not concerned.
 */
export const rowTypes = {
  getTypeParser: ((oid: number, format?: "text" | "binary") => {
    if (format !== "binary" && oid === int8) return Number;
    if (format !== "binary" && oid === int8Array) return numbersOf;
    if (format !== "binary" && oid === date) return (value: string) => value;
    return types.getTypeParser(oid, format as "text");
  }) as GetTypeParser,
};
