/** A message key as code writes it; a template's `${…}` stands for one part of the key or more. */
export type MessageUse = { label: string; matches: RegExp };

const translators =
  /(?:const|let)\s+(\w+)\s*=\s*(?:await\s+)?(?:useTranslations|getTranslations)\(\s*(?:"([\w.]+)"|\{[^}]*namespace:\s*"([\w.]+)"[^}]*\})?\s*\)/g;
/** `const [a, t] = await Promise.all([…, getTranslations("x")])`: the name is found by its place. */
const parallel = /const\s+\[([^=]+)\]\s*=\s*await\s+Promise\.all\(\[([\s\S]*?)\]\);/g;
const typed = /(\w+):\s*ReturnType<typeof useTranslations<"([\w.]+)">>/g;

/** Every use of a message in a source text that can be told without running it. */
export function messageUses(source: string): MessageUse[] {
  return translatorsOf(source).flatMap(({ translator, namespace, from, to }) => {
    const scope = source.slice(from, to);
    const calls = new RegExp(
      `\\b${translator}(?:\\.(?:rich|markup|has))?\\(\\s*(?:"([\\w.]+)"|\`([^\`]+)\`|([^)]*?"[\\s\\S]*?)\\))`,
      "g",
    );
    return [...scope.matchAll(calls)]
      .flatMap((call) => {
        const [, plain, template, expression] = call;
        if (plain) return [use(namespace, plain)];
        if (template) return [use(namespace, template)];
        // A choice such as t(a ? "x" : "y"): each quoted word is a key.
        return [...(expression ?? "").matchAll(/"([\w.]+)"/g)].map((each) => use(namespace, each[1] ?? ""));
      })
      .concat(variableUses(scope, translator, namespace));
  });
}

/** Every use of a text of the messages that are sent: `sayText(locale, "a.b")`, a template, or a choice of keys. */
export function textUses(source: string): MessageUse[] {
  return [...source.matchAll(/\bsayText\(\s*\w+,\s*([^,)]*)/g)].flatMap(([, keys = ""]) =>
    [...keys.matchAll(/"(\w+\.[\w.]+)"|`([^`]+)`/g)].map(([, plain, template]) =>
      use("", plain ?? template ?? ""),
    ),
  );
}

/** `t(key)` with a variable: nothing is known but the namespace, so it counts for all of its direct messages. */
function variableUses(source: string, translator: string, namespace: string): MessageUse[] {
  const isVariable = new RegExp(`\\b${translator}\\(\\s*[a-z]\\w*(?:\\.\\w+)*\\s*[,)]`).test(source);
  return isVariable ? [use(namespace, "*")] : [];
}

function use(namespace: string, key: string): MessageUse {
  const label = namespace ? `${namespace}.${key}` : key;
  const pattern = label
    .split(/\$\{[^}]*\}|\*/)
    .map((part) => part.replace(/[.*+?^()|[\]\\]/g, "\\$&"))
    .join("[\\w]+");
  return { label, matches: new RegExp(`^${pattern}$`) };
}

type Translator = { translator: string; namespace: string; from: number; to: number };

/** Each translator of a file with the text in which its name stands for it: up to where the name is declared again. */
function translatorsOf(source: string): Translator[] {
  const declared = [...source.matchAll(translators)].map((match) => ({
    translator: match[1] ?? "",
    namespace: match[2] ?? match[3] ?? "",
    from: match.index,
  }));
  const handedOver = [...source.matchAll(typed)].map((match) => ({
    translator: match[1] ?? "",
    namespace: match[2] ?? "",
    from: match.index,
  }));
  const inParallel = [...source.matchAll(parallel)].flatMap((match) => {
    const names = (match[1] ?? "")
      .replace(/\{[^}]*\}/g, "_")
      .split(",")
      .map((name) => name.trim());
    const calls = (match[2] ?? "").match(/\w+\([^()]*(?:\([^()]*\)[^()]*)*\)|\w+/g) ?? [];
    return names.flatMap((name, at) => {
      const namespace = /^getTranslations\("([\w.]+)"\)/.exec(calls[at] ?? "")?.[1];
      return namespace ? [{ translator: name, namespace, from: match.index }] : [];
    });
  });
  const all = [...declared, ...handedOver, ...inParallel].sort((one, other) => one.from - other.from);
  return all.map((each, at) => {
    const next = all.slice(at + 1).find(({ translator }) => translator === each.translator);
    return { ...each, to: next?.from ?? source.length };
  });
}
