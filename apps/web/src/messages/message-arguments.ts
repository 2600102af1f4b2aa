/**
 * Names of the arguments of an ICU message with their kind, sorted and once each: `"{count, plural, …} {name}"` gives
 * `["count:plural", "name"]`. Arguments inside plural and select branches count too.
 */
export function messageArguments(message: string): string[] {
  const found = new Set<string>();
  for (const match of message.matchAll(/\{\s*(\w+)\s*(?:,\s*(\w+)|\})/g)) {
    const before = message.slice(0, match.index).trimEnd();
    // The text of a branch, as in `one {hello}`, is in braces too: a selector word stands before it.
    if (/(?:^|[\s,}])(?:=\d+|zero|one|two|few|many|other|\w+)$/.test(before) && isInsideArgument(before))
      continue;
    found.add(match[2] ? `${match[1]}:${match[2]}` : `${match[1]}`);
  }
  return [...found].sort();
}

/** True where a brace would open a branch: inside an argument, whose own braces are odd in number. */
function isInsideArgument(before: string): boolean {
  let depth = 0;
  for (const character of before) {
    if (character === "{") depth++;
    else if (character === "}") depth--;
  }
  return depth % 2 === 1;
}
