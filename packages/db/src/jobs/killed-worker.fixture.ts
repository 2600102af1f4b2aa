/** A worker that takes one job and never finishes it; its test kills it. Prints a line once the job runs. */
import { startJobRunner } from "./job-runner.ts";

const [databaseUrl = "", name = "", heartbeatSeconds = ""] = process.argv.slice(2);
await startJobRunner({
  databaseUrl,
  queues: [
    {
      name,
      settings: { heartbeatSeconds: Number(heartbeatSeconds), retryDelay: 1 },
      run() {
        process.stdout.write("running\n");
        return new Promise(() => undefined);
      },
    },
  ],
  events: { onFailure: () => undefined, onError: () => undefined },
});
