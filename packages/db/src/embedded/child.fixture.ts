/** A process of its own that starts the embedded database of a folder, says so, and waits to be killed. */
import { startEmbedded } from "./start-embedded.ts";

const database = await startEmbedded({ dataDir: process.argv[2] ?? "", address: "http://localhost:4000" });
process.send?.({ pid: database.pid, adminUrl: database.adminUrl });
