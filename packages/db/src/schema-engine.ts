/**
 * Prisma's schema engine as WebAssembly: compares schemas and applies migrations without the native engine that the
 * CLI would download. It keeps the standard `_prisma_migrations` table, so `prisma migrate deploy` stays usable.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import { Pool, type PoolConfig, type QueryResult } from "pg";

export const migrationsFolder = fileURLToPath(new URL("../../../prisma/migrations/", import.meta.url));
export const schemaFolder = fileURLToPath(new URL("../../../prisma/schema/", import.meta.url));

const noFilter = { externalTables: [], externalEnums: [] };

interface EngineModule {
  SchemaEngine: typeof SchemaEngine;
  __wbg_set_wasm: (exports: WebAssembly.Exports) => void;
}

let loaded: Promise<EngineModule> | undefined;

/** The package imports its `.wasm` as a module, which Node does not do by itself: instantiate it by hand, once. */
function loadEngine(): Promise<EngineModule> {
  loaded ??= (async () => {
    const engine = (await import("@prisma/schema-engine-wasm/schema_engine_bg")) as unknown as EngineModule;
    const file = createRequire(import.meta.url)
      .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
      .replace(/\.js$/, ".wasm");
    const imports = { "./schema_engine_bg.js": engine as unknown as WebAssembly.ModuleImports };
    const { instance } = await WebAssembly.instantiate(readFileSync(file), imports);
    engine.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as () => void)();
    return engine;
  })();
  return loaded;
}

/** `"char"`, PostgreSQL's one-byte catalogue type, which the stock adapter refuses to read. */
const catalogueChar = 18;
const text = 25;

/** Answers `"char"` columns as text, and remembers by statement where they were. */
class CataloguePool extends Pool {
  readonly charColumns = new Map<string, number[]>();
  scriptError: unknown;

  constructor(config: PoolConfig) {
    super(config);
    // `query` is overloaded; here it is only awaited. A script of several statements has several results.
    const query = super.query.bind(this) as (...given: unknown[]) => Promise<QueryResult | QueryResult[]>;
    this.query = (async (...given: [string | { text: string }, ...unknown[]]) => {
      const result = await query(...given);
      const fields = Array.isArray(result) ? [] : result.fields;
      const columns = fields.flatMap((field, index) => (field.dataTypeID === catalogueChar ? [index] : []));
      for (const index of columns) (fields[index] as { dataTypeID: number }).dataTypeID = text;
      const [statement] = given;
      const asked = typeof statement === "string" ? statement : statement.text;
      if (columns.length > 0) this.charColumns.set(asked, columns);
      return result;
    }) as Pool["query"];
  }
}

/**
 * The stock adapter splits a script at every `;`, inside function bodies and comments too, and runs the pieces one by
 * one. One simple query runs the whole file as PostgreSQL reads it, in one transaction: a migration that fails leaves
 * nothing behind.
 */
function migrationAdapter(pool: CataloguePool) {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script);
      } catch (error) {
        // The engine reports an "external error" without PostgreSQL's own words.
        pool.scriptError = error;
        throw error;
      }
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      for (const index of pool.charColumns.get(query.sql) ?? [])
        result.columnTypes[index] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  };
  return bindMigrationAwareSqlAdapterFactory(factory);
}

async function withEngine<T>(adminUrl: string, run: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine: Engine } = await loadEngine();
  const pool = new CataloguePool({ connectionString: adminUrl, max: 2, allowExitOnIdle: true });
  const engine = await Engine.new({ datamodels: schemaFiles() }, () => undefined, migrationAdapter(pool));
  try {
    return await run(engine);
  } catch (error) {
    throw pool.scriptError
      ? new Error(`A migration failed: ${String(pool.scriptError)}`, { cause: error })
      : error;
  } finally {
    engine.free();
    await pool.end();
  }
}

/** The Prisma schema as the engine wants it: path and content of every file. */
function schemaFiles(): [string, string][] {
  return readdirSync(schemaFolder)
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => [schemaFolder + name, readFileSync(schemaFolder + name, "utf8")]);
}

function migrationList(baseDir = migrationsFolder): MigrationList {
  const folders = readdirSync(baseDir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(`${baseDir}migration_lock.toml`, "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: folders
      .map((entry) => entry.name)
      .sort()
      .map((name) => ({
        path: name,
        migrationFile: {
          path: "migration.sql",
          content: { tag: "ok", value: readFileSync(`${baseDir}${name}/migration.sql`, "utf8") },
        },
      })),
  };
}

/**
 * Applies every migration of `folder` (ending in a slash) that the database does not have yet; returns their names.
 * `adminUrl` is the owner's connection.
 */
export function applyMigrations(adminUrl: string, folder = migrationsFolder): Promise<string[]> {
  return withEngine(adminUrl, async (engine) => {
    const result = await engine.applyMigrations({ migrationsList: migrationList(folder), filters: noFilter });
    return result.appliedMigrationNames;
  });
}

/** Names of all migrations in this checkout, in order; compared with the database to tell whether it is up to date. */
export function migrationNames(): string[] {
  return migrationList().migrationDirectories.map((directory) => directory.path);
}

/**
 * SQL that would take a database to the Prisma schema; null when nothing differs.
 * With `from: "empty"` it is the whole schema, else what the database at `adminUrl` still lacks.
 */
export function diffToSchema(adminUrl: string, from: "empty" | "database"): Promise<string | null> {
  const files = schemaFiles().map(([path, content]) => ({ path, content }));
  return withEngine(adminUrl, async (engine) => {
    const result = await engine.diff({
      from: from === "empty" ? { tag: "empty" } : { tag: "schemaDatasource", files, configDir: schemaFolder },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: noFilter,
    });
    return result.exitCode === 0 ? null : result.stdout;
  });
}
