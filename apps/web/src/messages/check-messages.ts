/**
 * Checks the messages of both languages against each other and against the code, and exits with 1 on a finding:
 * a key missing in one language, arguments that differ, a key that no code uses, a key used that does not exist.
 *
 * Run: node apps/web/src/messages/check-messages.ts
 */
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { messageArguments } from "./message-arguments.ts";
import { messageUses, textUses } from "./message-uses.ts";

type Catalogue = { [key: string]: string | Catalogue };

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** The words of the screens, and those of the messages that are sent: two catalogues, one rule. */
const catalogues = [
  { name: "screens", folder: "apps/web/src/messages", source: "apps/web/src", usesIn: messageUses },
  {
    name: "sent messages",
    folder: "packages/api/src/messages/texts",
    source: "packages/api/src",
    usesIn: textUses,
  },
];

function flatten(catalogue: Catalogue, prefix = ""): Map<string, string> {
  const entries = Object.entries(catalogue).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value] as const] : [...flatten(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

function read(folder: string, language: string): Map<string, string> {
  const file = path.join(root, folder, `${language}.json`);
  return flatten(JSON.parse(readFileSync(file, "utf8")) as Catalogue);
}

/** Typography that French readers notice: straight apostrophes, and no no-break space before `: ; ? !`. */
function typographyFindings(messages: Map<string, string>): string[] {
  return [...messages].flatMap(([key, text]) => [
    ...(text.includes("'") ? [`fr ${key}: straight apostrophe, use ’`] : []),
    ...(/ [:;?!»]|« /.test(text) ? [`fr ${key}: ordinary space before a double punctuation mark`] : []),
  ]);
}

function findingsOf({ folder, source, usesIn }: (typeof catalogues)[number]): string[] {
  const [french, english] = [read(folder, "fr"), read(folder, "en")];
  const findings = typographyFindings(french);
  for (const key of new Set([...french.keys(), ...english.keys()])) {
    const [inFrench, inEnglish] = [french.get(key), english.get(key)];
    if (inFrench === undefined) findings.push(`fr ${key}: missing`);
    else if (inEnglish === undefined) findings.push(`en ${key}: missing`);
    else if (messageArguments(inFrench).join() !== messageArguments(inEnglish).join()) {
      findings.push(
        `${key}: arguments differ, fr {${messageArguments(inFrench)}} en {${messageArguments(inEnglish)}}`,
      );
    }
  }
  const files = globSync("**/*.{ts,tsx}", {
    cwd: path.join(root, source),
    exclude: [...(folder === `${source}/messages` ? ["messages/**"] : []), "**/*.test.ts"],
  });
  const uses = files.flatMap((file) =>
    usesIn(readFileSync(path.join(root, source, file), "utf8")).map((use) => ({ ...use, file })),
  );
  for (const use of uses) {
    if (![...french.keys()].some((key) => use.matches.test(key))) {
      findings.push(`${use.file}: "${use.label}" is no message`);
    }
  }
  for (const key of french.keys()) {
    if (!uses.some((use) => use.matches.test(key))) findings.push(`${key}: no code uses it`);
  }
  return findings;
}

for (const catalogue of catalogues) {
  const findings = findingsOf(catalogue);
  if (findings.length > 0) {
    console.error(
      `Messages of the ${catalogue.name}: ${findings.length} finding(s)\n${findings.map((finding) => `  ${finding}`).join("\n")}`,
    );
    process.exitCode = 1;
  } else {
    const { size } = read(catalogue.folder, "fr");
    console.log(`Messages of the ${catalogue.name}: ${size} in French and English, all used.`);
  }
}
