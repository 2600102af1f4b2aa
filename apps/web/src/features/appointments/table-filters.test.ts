import { describe, expect, it } from "vitest";
import { filtersFrom, listInputOf } from "./table-filters.ts";

function read(query: string) {
  const parameters = new URLSearchParams(query);
  return filtersFrom((name) => parameters.get(name), "2026-03-05");
}

describe("filtersFrom", () => {
  it("shows the coming month at first", () => {
    expect(read("")).toMatchObject({ from: "2026-03-05", to: "2026-04-04", status: "", order: "ascending" });
  });

  it("drops what makes no sense", () => {
    const filters = read("from=2026-02-31&to=2026-01-01&status=burnt&order=sideways");
    expect(filters).toMatchObject({ from: "2026-03-05", to: "2026-03-05", status: "", order: "ascending" });
  });
});

describe("listInputOf", () => {
  it("covers whole days of the zone, over a change of clocks too", () => {
    const input = listInputOf(read("from=2026-03-29&to=2026-03-29"), "Europe/Paris");
    expect(input).toMatchObject({ from: "2026-03-28T23:00:00.000Z", to: "2026-03-29T22:00:00.000Z" });
  });
});
