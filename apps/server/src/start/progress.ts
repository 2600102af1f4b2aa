import { styleText } from "node:util";

function paint(color: "green" | "yellow" | "red" | "dim" | "bold", text: string): string {
  return styleText(color, text, { stream: process.stdout });
}

/** Prints a line between steps. */
export function note(text: string): void {
  console.log(`${paint("dim", "·")} ${text}`);
}

/** Prints a warning line. */
export function warn(text: string): void {
  console.log(`${paint("yellow", "!")} ${text}`);
}

/** Prints the one line that says why the start ended. */
export function fail(text: string): void {
  console.error(`${styleText("red", "✖", { stream: process.stderr })} ${text}`);
}

/**
 * Runs a step and prints one line when it is done: `✔ database ready (0.9 s)`. `run` answers with the line's text; an
 * empty text prints nothing. A step that takes long says every 10 s that it is still at it.
 */
export async function step(doing: string, run: () => Promise<string>): Promise<void> {
  const start = performance.now();
  const seconds = () => ((performance.now() - start) / 1000).toFixed(1);
  const reminder = setInterval(() => note(`${doing} (${seconds()} s)`), 10_000);
  try {
    const text = await run();
    if (text !== "") console.log(`${paint("green", "✔")} ${text} ${paint("dim", `(${seconds()} s)`)}`);
  } finally {
    clearInterval(reminder);
  }
}

/** Highlights a part of a line. */
export function bold(text: string): string {
  return paint("bold", text);
}
