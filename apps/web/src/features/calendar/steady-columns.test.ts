import FullCalendar from "@fullcalendar/react";
import { TimeCols } from "@fullcalendar/timegrid/internal";
import { describe, expect, it } from "vitest";
import { keepColumnsSteady } from "./steady-columns.ts";

type Drag = { affectedInstances: Record<string, object>; isEvent: boolean; segs: { col: number }[] } | null;
type ColumnProps = { eventDrag: unknown; eventResize: unknown };
type Drawn = { type: new () => Drawable; props: { children?: unknown } & ColumnProps };
type Drawable = { props: object; state: object; context: object; render(): Drawn };

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
  return (given: { eventDrag?: Drag; eventResize?: Drag }): ColumnProps[] => {
    shown.props = { cells, eventDrag: null, eventResize: null, ...given };
    const drawn = [...below(shown.render())].find(({ props }) => "eventDrag" in props);
    if (!drawn) throw new Error("the grid of hours no longer draws a part that knows of the drag");
    content ??= new drawn.type();
    Object.assign(content, { props: drawn.props, context });
    const told = [...below(content.render())].filter(({ props }) => "eventDrag" in props);
    return told.map(({ props: { eventDrag, eventResize } }) => ({ eventDrag, eventResize }));
  };
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
  eventDrag: steps.map((eventDrag) => askedBefore({ eventDrag })),
  eventResize: steps.map((eventResize) => askedBefore({ eventResize })),
};
keepColumnsSteady();

describe.each(["eventDrag", "eventResize"] as const)("%s", (kind) => {
  it("means to every column what the grid means by it", () => {
    const ask = grid();
    const asked = steps.map((step) => ask({ [kind]: step }));
    expect(asked.flat()).toHaveLength(columns * steps.length);
    expect(asked).toEqual(original[kind]);
    expect(asked[3]?.[1]?.[kind]).toMatchObject({ segs: [{ col: 1 }] });
  });

  it("is told in the same object to a column that it does not touch", () => {
    const ask = grid();
    const at = (...places: number[]) => ask({ [kind]: carried(...places) }).map((column) => column[kind]);
    const [first, second] = [at(0), at(1)];
    const kept = first.map((told, column) => told === second[column]);
    expect(kept).toEqual([false, false, true, true, true]);
  });

  it("is told anew when it leaves out another appointment", () => {
    const ask = grid();
    const first = ask({ [kind]: carried(0) });
    const other = ask({ [kind]: { affectedInstances: { other: {} }, isEvent: true, segs: [{ col: 0 }] } });
    expect(other.map((column, at) => column[kind] === first[at]?.[kind])).not.toContain(true);
    expect(other[4]?.[kind]).toMatchObject({ affectedInstances: { other: {} } });
  });
});

it("grids do not share what they were told", () => {
  const [one, two] = [grid(), grid()];
  one({ eventDrag: carried(0) });
  expect(two({ eventDrag: null }).map(({ eventDrag }) => eventDrag)).toEqual(Array(columns).fill(null));
});

it("the grid's binding still measures and hands over its options where we step in", () => {
  const binding = FullCalendar.prototype;
  expect(binding.doResize).toBeTypeOf("function");
  expect(binding.componentDidUpdate).toBeTypeOf("function");
  expect(String(binding.componentDidUpdate)).toContain("resetOptions");
  expect(String(binding.doResize)).toContain("updateSize");
});
