import type { Benchmark } from "../benchmark.ts";
import { runWebScript } from "../web-script.ts";

export const calendar: Benchmark = {
  name: "calendar",
  about: "the staff's week in a browser: first useful paint, and long tasks while dragging",
  run: () => runWebScript("calendar.ts"),
};
