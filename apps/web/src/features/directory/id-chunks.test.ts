import { expect, test } from "vitest";
import { idChunks } from "./id-chunks.ts";

test("ids come in lists of a hundred, each once, without what is none", () => {
  const ids = Array.from({ length: 150 }, (_, at) => `id-${at}`);
  const chunks = idChunks([...ids, null, undefined, "", "id-3"]);
  expect(chunks.map(({ length }) => length)).toEqual([100, 50]);
  expect(chunks.flat()).toEqual(ids);
});

test("more ids leave the lists before them as they were", () => {
  const ids = Array.from({ length: 120 }, (_, at) => `id-${at}`);
  expect(idChunks([...ids, "later"])[0]).toEqual(idChunks(ids)[0]);
});
