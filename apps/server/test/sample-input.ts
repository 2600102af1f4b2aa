import type { z } from "zod";

/** What a sample is made of: ids of somebody's rows by field name, and the id to put where the name says nothing. */
export interface SampleIds {
  id: string;
  byField: Record<string, string>;
}

interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  in?: z.ZodType;
  options?: z.ZodType[];
  entries?: Record<string, string>;
  values?: unknown[];
  format?: string;
  checks?: { _zod: { def: { check: string; format?: string; value?: number; minimum?: number } } }[];
}

/**
 * A value that a schema would take, made by walking it: every uuid is one of the ids given, optional fields are filled
 * so that no door is left untried. `omit` leaves out fields that exclude each other.
 */
export function sampleOf(
  schema: z.ZodType,
  ids: SampleIds,
  field = "id",
  omit: readonly string[] = [],
): unknown {
  const def = (schema as unknown as { _zod: { def: Definition } })._zod.def;
  switch (def.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(def.shape ?? {})
          .filter(([name]) => !omit.includes(name))
          .map(([name, child]) => [name, sampleOf(child, ids, name, omit)])
          .filter(([, value]) => value !== undefined),
      );
    case "array":
      return def.element ? [sampleOf(def.element, ids, field.replace(/s$/, ""), omit)] : [];
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "readonly":
    case "nonoptional":
    case "catch":
      return def.innerType && sampleOf(def.innerType, ids, field, omit);
    case "pipe":
      return def.in && sampleOf(def.in, ids, field, omit);
    case "union":
      return def.options?.[0] && sampleOf(def.options[0], ids, field, omit);
    case "enum":
      return Object.values(def.entries ?? {})[0];
    case "literal":
      return def.values?.[0];
    case "boolean":
      return false;
    case "number":
    case "int":
      return sampleNumber(def);
    case "string":
      return sampleString(def, ids, field);
    case "record":
      return {};
    default:
      return undefined;
  }
}

function sampleNumber(def: Definition): number {
  const least = def.checks?.map(({ _zod }) => _zod.def).find(({ check }) => check === "greater_than")?.value;
  return Math.max(1, least ?? 1);
}

function sampleString(def: Definition, ids: SampleIds, field: string): string {
  const formats = [def.format, ...(def.checks ?? []).map(({ _zod }) => _zod.def.format)];
  if (formats.includes("uuid") || formats.includes("guid")) return ids.byField[field] ?? ids.id;
  if (formats.includes("datetime")) {
    const hours = /^(to|endsAt|until)$/.test(field) ? 52 : 50;
    return new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + hours * 3_600_000).toISOString();
  }
  if (formats.includes("date") || /date$|^valid|^since$/i.test(field)) return "2027-03-01";
  if (formats.includes("email") || field === "email") return "intruder@example.test";
  if (/phone/i.test(field)) return "+33612345678";
  if (/timezone/i.test(field)) return "Europe/Paris";
  if (/colour|accent/.test(field)) return "#123456";
  if (/cursor|lastEventId/.test(field)) return "";
  if (/siret/.test(field)) return "";
  if (/postalCode/.test(field)) return "75001";
  return "intruder-intruder-intruder";
}
