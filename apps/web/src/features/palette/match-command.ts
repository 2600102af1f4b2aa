import { foldText } from "@creneau/domain/text/fold-text";

/**
 * How well a command's words answer what was typed, 0 for not at all: every typed word begins one of them, accents and
 * case aside. Its value is an id, which nobody types.
 */
export function matchCommand(_value: string, typed: string, keywords: readonly string[] = []): number {
  const words = foldText(keywords.join(" ")).split(/[^\p{L}\p{N}]+/u);
  const wanted = foldText(typed).split(" ").filter(Boolean);
  if (!wanted.every((each) => words.some((word) => word.startsWith(each)))) return 0;
  return words[0]?.startsWith(wanted[0] ?? "") ? 1 : 0.5;
}
