import FullCalendar from "@fullcalendar/react";
import { TimeCols } from "@fullcalendar/timegrid/internal";
import { describe, expect, it } from "vitest";
import { keepColumnsSteady } from "./steady-columns.ts";

type Drag = { affectedInstances: Record<string, object>; isEvent: boolean; segs: { col: number }[] } | null;
type Told = { eventDrag: unknown; eventResize: unknown; nowIndicatorSegs: unknown };
type Drawn = { type: new () => Column; props: { children?: unknown } & Told };
type Drawable = { props: object; state: object; context: object; render(): Drawn };
type Column = Drawable & {
  renderFgSegs(cards: object[], leftOut: object, ...about: unknown[]): { props: { children: unknown } };
};

/** Everything that is drawn below an element, as the grid's own renderer would see it. */
function* below(drawn: unknown): Generator<Drawn> {
  if (Array.isArray(drawn)) for (const each of drawn) yield* below(each);
  else if (typeof drawn === "object" && drawn !== null && "props" in drawn) {
    yield drawn as Drawn;
    yield* below((drawn as Drawn).props.children);
  }
}

const columns = 5;

/** The columns of a grid of hours, asked again and again by one grid, as they are told of a drag or a resize. */
function grid() {
  const shown = new TimeCols({} as never, {} as never) as unknown as Drawable;
  const cells = Array.from({ length: columns }, (_, column) => ({ key: `column-${column}` }));
  const context = { options: {} };
  Object.assign(shown, { context, state: { slatCoords: null } });
  let content: Drawable | null = null;
  return (given: { eventDrag?: Drag; eventResize?: Drag; nowIndicatorSegs?: object[] }): Drawn[] => {
    shown.props = { cells, eventDrag: null, eventResize: null, nowIndicatorSegs: [], ...given };
    const drawn = [...below(shown.render())].find(({ props }) => "eventDrag" in props);
    if (!drawn) throw new Error("the grid of hours no longer draws a part that knows of the drag");
    content ??= new drawn.type();
    Object.assign(content, { props: drawn.props, context });
    return [...below(content.render())].filter(({ props }) => "eventDrag" in props);
  };
}

/** What the columns are told of a gesture, and of the present moment. */
function told(drawn: Drawn[]): Told[] {
  return drawn.map(({ props: { eventDrag, eventResize, nowIndicatorSegs } }) => ({
    eventDrag,
    eventResize,
    nowIndicatorSegs,
  }));
}

const carried = (...at: number[]): Drag => ({
  affectedInstances: { carried: {} },
  isEvent: true,
  segs: at.map((col) => ({ col })),
});
/** Picked up in the first column, over the second to the third, an appointment over midnight, let go. */
const steps = [null, carried(0), carried(0), carried(1), carried(2), carried(2, 3), null, carried(4)];

const askedBefore = grid();
const original = {
  eventDrag: steps.map((eventDrag) => told(askedBefore({ eventDrag }))),
  eventResize: steps.map((eventResize) => told(askedBefore({ eventResize }))),
};
keepColumnsSteady();

describe.each(["eventDrag", "eventResize"] as const)("%s", (kind) => {
  it("means to every column what the grid means by it", () => {
    const ask = grid();
    const asked = steps.map((step) => told(ask({ [kind]: step })));
    expect(asked.flat()).toHaveLength(columns * steps.length);
    expect(asked).toEqual(original[kind]);
    expect(asked[3]?.[1]?.[kind]).toMatchObject({ segs: [{ col: 1 }] });
  });

  it("is told in the same object to a column that it does not touch", () => {
    const ask = grid();
    const at = (...places: number[]) =>
      told(ask({ [kind]: carried(...places) })).map((column) => column[kind]);
    const [first, second] = [at(0), at(1)];
    const kept = first.map((each, column) => each === second[column]);
    expect(kept).toEqual([false, false, true, true, true]);
  });

  it("is told anew when it leaves out another appointment", () => {
    const ask = grid();
    const first = told(ask({ [kind]: carried(0) }));
    const other = told(
      ask({ [kind]: { affectedInstances: { other: {} }, isEvent: true, segs: [{ col: 0 }] } }),
    );
    expect(other.map((column, at) => column[kind] === first[at]?.[kind])).not.toContain(true);
    expect(other[4]?.[kind]).toMatchObject({ affectedInstances: { other: {} } });
  });
});

it("grids do not share what they were told", () => {
  const [one, two] = [grid(), grid()];
  one({ eventDrag: carried(0) });
  expect(told(two({ eventDrag: null })).map(({ eventDrag }) => eventDrag)).toEqual(Array(columns).fill(null));
});

it("a column is told of the present moment anew when it has come another minute", () => {
  const ask = grid();
  const at = (time: string) => told(ask({ nowIndicatorSegs: [{ col: 2, start: new Date(time) }] }));
  const [first, same, later] = ["09:00", "09:00", "09:01"].map((time) => at(`2026-11-27T${time}Z`));
  const kept = (others?: Told[]) =>
    first?.map(({ nowIndicatorSegs }, column) => nowIndicatorSegs === others?.[column]?.nowIndicatorSegs);
  expect(kept(same)).toEqual([true, true, true, true, true]);
  expect(kept(later)).toEqual([true, true, false, true, true]);
});

describe("the cards of a column that the drag is over", () => {
  const range = { start: new Date("2026-11-27T09:00Z"), end: new Date("2026-11-27T10:00Z") };
  const cards = ["carried", "still"].map((instanceId) => ({
    eventRange: { def: {}, ui: {}, range, instance: { instanceId, range } },
    ...range,
  }));
  function column(props: object = {}) {
    const drawn = grid()({})[0];
    if (!drawn) throw new Error("the grid of hours draws no column");
    const made = new drawn.type();
    const about = { slatCoords: null, todayRange: range, nowDate: range.start, fgEventSegs: cards };
    Object.assign(made, { props: { ...about, ...props }, context: { options: {} } });
    return made;
  }
  const still = [false, false, false] as const;

  it("are left as they are from step to step", () => {
    const made = column();
    const first = made.renderFgSegs(cards, { carried: {} }, ...still);
    made.props = { ...made.props, eventDrag: carried(0) };
    expect(made.renderFgSegs(cards, { carried: {} }, ...still)).toBe(first);
    expect(made.renderFgSegs(cards, { carried: {}, elsewhere: {} }, ...still)).toBe(first);
    expect(first.props.children).toHaveLength(2);
  });

  it.each<[string, (made: Column) => object[], object]>([
    ["one of them is picked up", () => cards, { carried: {} }],
    ["there are others", () => [...cards], {}],
    ["the day has turned", (made) => changed(made, { todayRange: { ...range } }), {}],
    ["an option has changed", (made) => Object.assign(made, { context: { options: {} } }) && cards, {}],
  ])("are drawn when %s", (_, change, leftOut) => {
    const made = column();
    const first = made.renderFgSegs(cards, {}, ...still);
    expect(made.renderFgSegs(change(made), leftOut, ...still)).not.toBe(first);
  });
  function changed(made: Column, props: object) {
    made.props = { ...made.props, ...props };
    return cards;
  }

  it("never stand in for what is carried", () => {
    const made = column({ eventDrag: carried(0) });
    const first = made.renderFgSegs(cards, {}, ...still);
    expect(made.renderFgSegs(cards, {}, true, false, true, "mirror")).not.toBe(first);
    expect(made.renderFgSegs(cards, {}, ...still)).toBe(first);
  });
});

it("the grid's binding still measures and hands over its options where we step in", () => {
  const binding = FullCalendar.prototype;
  expect(binding.doResize).toBeTypeOf("function");
  expect(binding.componentDidUpdate).toBeTypeOf("function");
  expect(String(binding.componentDidUpdate)).toContain("resetOptions");
  expect(String(binding.doResize)).toContain("updateSize");
});
