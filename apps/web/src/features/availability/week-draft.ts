import { type Rule, ruleSchema } from "@creneau/api/availability/schema";
import { overlappingRules } from "@creneau/domain/availability/overlapping-rules";

/** From and until when a week of hours counts, both days included; null: no bound. */
export type Period = { validFrom: string | null; validTo: string | null };

/** A weekly window while it is edited: a time is null as long as what is typed is none. */
export type DraftRule = Period & {
  key: string;
  isoWeekday: number;
  startMinute: number | null;
  endMinute: number | null;
};

export type WindowProblem =
  | { field: "startMinute" | "endMinute"; problem: "time" | "order" }
  | { field: "startMinute"; problem: "overlap"; with: DraftRule };

let lastKey = 0;

/** Makes a window, with a key of its own for the screen. */
export function draftRule(rule: Omit<DraftRule, "key">): DraftRule {
  lastKey += 1;
  return {
    key: `window-${lastKey}`,
    isoWeekday: rule.isoWeekday,
    startMinute: rule.startMinute,
    endMinute: rule.endMinute,
    validFrom: rule.validFrom,
    validTo: rule.validTo,
  };
}

/** Whether a window belongs to exactly this period. */
export function isOfPeriod(rule: Period, period: Period): boolean {
  return rule.validFrom === period.validFrom && rule.validTo === period.validTo;
}

export function isSamePeriod(a: Period, b: Period): boolean {
  return isOfPeriod(a, b);
}

/** The periods that windows speak of, in the order they begin; at least one, without bounds. */
export function periodsOf(rules: readonly Period[]): Period[] {
  const periods = new Map(
    rules.map(({ validFrom, validTo }) => [`${validFrom} ${validTo}`, { validFrom, validTo }]),
  );
  if (periods.size === 0) return [{ validFrom: null, validTo: null }];
  const order = ({ validFrom, validTo }: Period) => `${validFrom ?? "0000"} ${validTo ?? "9999-12-31"}`;
  return [...periods.values()].toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** What stands in the way of saving, by the key of the window. */
export function windowProblems(rules: readonly DraftRule[]): Map<string, WindowProblem> {
  const problems = new Map<string, WindowProblem>();
  const complete: { rule: DraftRule; window: Rule }[] = [];
  for (const rule of rules) {
    if (rule.startMinute === null) problems.set(rule.key, { field: "startMinute", problem: "time" });
    else if (rule.endMinute === null) problems.set(rule.key, { field: "endMinute", problem: "time" });
    else {
      const read = ruleSchema.safeParse(rule);
      if (read.success) complete.push({ rule, window: read.data });
      else problems.set(rule.key, { field: "endMinute", problem: "order" });
    }
  }
  for (const [earlier, later] of overlappingRules(complete.map(({ window }) => window))) {
    const [first, second] = [complete[earlier]?.rule, complete[later]?.rule];
    if (!first || !second || problems.has(second.key)) continue;
    problems.set(second.key, { field: "startMinute", problem: "overlap", with: first });
  }
  return problems;
}

/** The windows as the API takes them. Only for windows without problems. */
export function toRules(rules: readonly DraftRule[]): Rule[] {
  return rules.map((rule) => ruleSchema.parse(rule));
}

/** Whether two weeks say the same, whatever the order of their windows. */
export function isSameWeek(
  a: readonly Omit<DraftRule, "key">[],
  b: readonly Omit<DraftRule, "key">[],
): boolean {
  const signature = (rules: readonly Omit<DraftRule, "key">[]) =>
    rules
      .map((rule) =>
        [rule.isoWeekday, rule.startMinute, rule.endMinute, rule.validFrom, rule.validTo].join(" "),
      )
      .toSorted()
      .join("|");
  return signature(a) === signature(b);
}

type Day = { isoWeekday: number; period: Period };

/** The windows of one weekday in one period, in the order they were added. */
export function windowsOf(rules: readonly DraftRule[], { isoWeekday, period }: Day): DraftRule[] {
  return rules.filter((rule) => rule.isoWeekday === isoWeekday && isOfPeriod(rule, period));
}

/** What people mean most often by a first and a second window; later ones follow an hour after the last. */
const usualWindows = [
  { startMinute: 540, endMinute: 720 },
  { startMinute: 840, endMinute: 1080 },
];

/** A window that fits beside these; null when the day is full. */
export function nextWindow(
  windows: readonly Pick<DraftRule, "startMinute" | "endMinute">[],
): { startMinute: number; endMinute: number } | null {
  const lastEnd = Math.max(0, ...windows.map(({ endMinute }) => endMinute ?? 0));
  const usual = usualWindows.find(({ startMinute }) => startMinute >= lastEnd);
  if (usual) return usual;
  const startMinute = Math.min(lastEnd + 60, 1380);
  return startMinute < lastEnd ? null : { startMinute, endMinute: Math.min(startMinute + 120, 1440) };
}

/** The windows of one weekday take the place of those of others, in the same period. */
export function copyDay(
  rules: readonly DraftRule[],
  { isoWeekday, period, to }: Day & { to: readonly number[] },
): DraftRule[] {
  const targets = to.filter((weekday) => weekday !== isoWeekday);
  const kept = rules.filter((rule) => !isOfPeriod(rule, period) || !targets.includes(rule.isoWeekday));
  const source = windowsOf(rules, { isoWeekday, period });
  return [
    ...kept,
    ...targets.flatMap((weekday) => source.map((rule) => draftRule({ ...rule, isoWeekday: weekday }))),
  ];
}
