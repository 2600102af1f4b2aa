import { openDatabase } from "../database.ts";
import type { EventConsumer } from "./event-consumer.ts";
import { startEventConsumers } from "./event-consumers.ts";

/** One job for each event of its type. */
export const oneJobEach: EventConsumer = {
  name: "test.consumer",
  types: ["test.happened"],
  react: ({ entityId }) => [{ name: "test.effect", data: { entityId } }],
};

/*
 * As a program: a worker of that consumer in a process of its own, for its test to kill. It prints a line once it works, and
 * stops dead in the middle of a batch, before its `stallAt`th event, with another line.
 */
if (import.meta.main) {
  const [url = "", stallAt = "0"] = process.argv.slice(2);
  let seen = 0;
  const complain = (error: unknown) => process.stderr.write(`${String(error)}\n`);
  await startEventConsumers({
    database: openDatabase({ url, poolSize: 2 }),
    consumers: [
      {
        ...oneJobEach,
        react(event) {
          seen += 1;
          if (seen === Number(stallAt)) {
            process.stdout.write("stalled\n");
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
          }
          return oneJobEach.react(event);
        },
      },
    ],
    events: { onFailure: ({ error }) => complain(error), onError: complain },
  });
  process.stdout.write("working\n");
}
