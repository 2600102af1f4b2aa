import type { Benchmark } from "../benchmark.ts";
import { runWebScript } from "../web-script.ts";

export const bundle: Benchmark = {
  name: "bundle",
  about: "JavaScript of every route after gzip, from the last build",
  run: () => runWebScript("bundle-size.ts"),
};
