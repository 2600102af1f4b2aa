import { types } from "pg";

type GetTypeParser = typeof types.getTypeParser;

const int8 = 20;
const date = 1082;

/**
 * How plain SQL rows become values: bigint as number (ids and transaction ids stay below 2^53 for centuries), date as
 * its own text. Instants stay `Date`. Prisma brings its own parsers and is not concerned.
 */
export const rowTypes = {
  getTypeParser: ((oid: number, format?: "text" | "binary") => {
    if (format !== "binary" && oid === int8) return Number;
    if (format !== "binary" && oid === date) return (value: string) => value;
    return types.getTypeParser(oid, format as "text");
  }) as GetTypeParser,
};
