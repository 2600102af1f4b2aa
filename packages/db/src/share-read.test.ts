import { expect, it } from "vitest";
import type { Database } from "./database.ts";
import { shareRead } from "./share-read.ts";

/** Reads that end when told to; each answers its number. */
function reads() {
  const ends: PromiseWithResolvers<number>[] = [];
  return {
    ends,
    read: () => {
      const end = Promise.withResolvers<number>();
      ends.push(end);
      return end.promise;
    },
  };
}

const database = {} as Database;

it("answers all who ask during a read by the next one, which began after they asked", async () => {
  const { ends, read } = reads();
  const first = shareRead(database, "a", read);
  const others = [shareRead(database, "a", read), shareRead(database, "a", read)];
  expect(ends).toHaveLength(1);
  ends[0]?.resolve(1);
  expect(await first).toBe(1);
  await expect.poll(() => ends.length).toBe(2);
  const late = shareRead(database, "a", read);
  ends[1]?.resolve(2);
  expect(await Promise.all(others)).toEqual([2, 2]);
  await expect.poll(() => ends.length).toBe(3);
  ends[2]?.resolve(3);
  expect(await late).toBe(3);
});

it("twin: shares nothing between keys or databases", async () => {
  const { ends, read } = reads();
  const answers = [
    shareRead(database, "a", read),
    shareRead(database, "b", read),
    shareRead({} as Database, "a", read),
  ];
  expect(ends).toHaveLength(3);
  for (const [index, end] of ends.entries()) end.resolve(index);
  expect(await Promise.all(answers)).toEqual([0, 1, 2]);
});

it("lets the next read begin after one that failed", async () => {
  const { ends, read } = reads();
  const first = shareRead(database, "a", read);
  const second = shareRead(database, "a", read);
  ends[0]?.reject(new Error("lost connection"));
  await expect(first).rejects.toThrow("lost connection");
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.resolve(2);
  expect(await second).toBe(2);
  const third = shareRead(database, "a", read);
  ends[2]?.resolve(3);
  expect(await third).toBe(3);
});
