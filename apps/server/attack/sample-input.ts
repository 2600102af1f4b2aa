import type { z } from "zod";

/** What a sample is made of: ids of somebody's rows by field name, and the id to put where the name says nothing. */
export interface SampleIds {
  id: string;
  byField: Record<string, string>;
}

export interface Definition {
  type: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  in?: z.ZodType;
  options?: z.ZodType[];
  /** Of a record. */
  valueType?: z.ZodType;
  left?: z.ZodType;
  right?: z.ZodType;
  entries?: Record<string, string>;
  keyType?: z.ZodType;
  values?: unknown[];
  format?: string;
  checks?: {
    _zod: { def: { check: string; format?: string; value?: number; minimum?: number; maximum?: number } };
  }[];
}

/**
 * Values that a schema takes, each with other optional ids filled in: all of them, each alone, none. Empty when none
 * can be made.
 */
export function samplesOf(schema: z.ZodType, ids: SampleIds, omit: readonly string[] = []): unknown[] {
  const { shape = {} } = definitionOf(schema);
  const isOptionalId = (name: string) =>
    shape[name] !== undefined && isOptional(shape[name]) && /Ids?$/.test(name) && !omit.includes(name);
  const choices = Object.keys(shape).filter(isOptionalId);
  const omitted = [[], ...choices.map((kept) => choices.filter((name) => name !== kept)), choices];
  const samples = omitted
    .map((left) => sampleOf(schema, ids, "id", [...omit, ...left]))
    .filter((sample) => schema.safeParse(sample).success);
  return [...new Map(samples.map((sample) => [JSON.stringify(sample), sample])).values()];
}

/** What zod knows of a schema. */
export function definitionOf(schema: z.ZodType): Definition {
  return (schema as unknown as { _zod: { def: Definition } })._zod.def;
}

function isOptional(schema: z.ZodType): boolean {
  return schema.safeParse(undefined).success;
}

/**
 * A value that a schema would take, made by walking it: every uuid is one of the ids given, optional fields are filled
 * so that no door is left untried, but `client` where there is a `clientId`. `omit` names fields to leave out.
 */
function sampleOf(schema: z.ZodType, ids: SampleIds, field = "id", omit: readonly string[] = []): unknown {
  const def = definitionOf(schema);
  switch (def.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(def.shape ?? {})
          .filter(([name]) => !omit.includes(name) && !isNamedById(name, def, omit))
          .map(([name, child]) => [name, sampleOf(child, ids, name, omit)])
          .filter(([, value]) => value !== undefined),
      );
    case "array":
      return def.element ? sampleList(def, sampleOf(def.element, ids, field.replace(/s$/, ""), omit)) : [];
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
    case "union": {
      // "Nothing, or an address": the address says more.
      const option = def.options?.find((each) => definitionOf(each).values?.[0] !== "");
      return option && sampleOf(option, ids, field, omit);
    }
    case "intersection":
      return Object.assign(
        {},
        ...[def.left, def.right].map((part) => part && sampleOf(part, ids, field, omit)),
      );
    case "enum":
      return Object.values(def.entries ?? {})[0];
    case "literal":
      return def.values?.[0];
    case "boolean":
      return false;
    case "number":
    case "int":
      return sampleNumber(def, field);
    case "string":
      return sampleString(def, ids, field);
    case "record":
      return sampleRecord(def, ids, omit);
    default:
      return undefined;
  }
}

/** A client is named by `clientId`, where there is one: both at once is a contradiction. */
function isNamedById(name: string, { shape = {} }: Definition, omit: readonly string[]): boolean {
  return `${name}Id` in shape && !omit.includes(`${name}Id`);
}

function sampleRecord(def: Definition, ids: SampleIds, omit: readonly string[]): unknown {
  const [key] = Object.values((def.keyType && definitionOf(def.keyType).entries) ?? {});
  return key && def.valueType ? { [key]: sampleOf(def.valueType, ids, key, omit) } : { fuel: "diesel" };
}

function sampleList(def: Definition, value: unknown): unknown[] {
  const least = def.checks?.map(({ _zod }) => _zod.def).find(({ check }) => check === "min_length")?.minimum;
  return Array.from({ length: Math.max(1, least ?? 1) }, () => value);
}

function sampleNumber(def: Definition, field: string): number {
  if (field === "endMinute") return 600;
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
  if (formats.includes("date") || /date$|^valid|^(since|until|from|to)$/i.test(field)) return "2027-03-01";
  if (formats.includes("email") || field === "email") return "intruder@example.test";
  const known = ids.byField[field];
  if (known !== undefined) return known;
  if (/token$/i.test(field)) return ids.id;
  if (/phone/i.test(field)) return "+33612345678";
  if (/timezone/i.test(field)) return "Europe/Paris";
  if (/colour|accent/.test(field)) return "#123456";
  if (/cursor|lastEventId/.test(field)) return "";
  if (/currency/i.test(field)) return "EUR";
  if (field === "locale") return "fr";
  if (field === "vin") return "VF1AAAAA111111111";
  if (/siret/.test(field)) return "";
  if (/postalCode/.test(field)) return "75001";
  return "intruder-intruder-intruder";
}
