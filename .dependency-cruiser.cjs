// The import table of docs/architecture.md, as rules. Type imports count too; cycles fail.
const packageFolder = (name) => `^packages/${name}/`;

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(server-only)$" },
    },
    {
      name: "domain-is-pure",
      comment: "domain imports Luxon and nothing else",
      severity: "error",
      from: { path: packageFolder("domain"), pathNot: "(\\.test|\\.fixture)\\.ts$|/bench/" },
      to: { pathNot: ["^packages/domain/", "node_modules/luxon"] },
    },
    {
      name: "db-knows-domain-only",
      severity: "error",
      from: { path: packageFolder("db") },
      to: { path: "^(apps|packages/(api|calendars))/" },
    },
    {
      name: "api-does-not-know-apps",
      severity: "error",
      from: { path: packageFolder("api") },
      to: { path: "^apps/", pathNot: "^apps/server/test/" },
    },
    {
      name: "web-takes-types-and-schemas-only",
      comment:
        "the browser bundle carries no use case: schema files, domain, and the type of root.ts (a value import of it would not build)",
      severity: "error",
      from: { path: "^apps/web/src/" },
      to: {
        path: "^packages/(api|db)/",
        pathNot: "^packages/api/src/([a-z-]+/schema|directory/clients-schema|root)\\.ts$",
      },
    },
    {
      name: "server-does-not-know-web",
      severity: "error",
      from: { path: "^apps/server/src/" },
      to: { path: "^apps/web/" },
    },
    {
      name: "appointments-emits-others-react",
      severity: "error",
      from: { path: "^packages/api/src/appointments/" },
      to: { path: "^packages/api/src/(notifications|calendar-connections|payments|waitlist|booking)/" },
    },
    {
      name: "use-cases-know-no-request",
      comment: "they are handed a work (tenant-work.ts); requests are for what stands at the edge",
      severity: "error",
      from: {
        path: "^packages/api/src/",
        pathNot: [
          "^packages/api/src/(trpc|root)\\.ts$",
          "router\\.ts$",
          "/guest-procedure\\.ts$",
          "\\.(test|fixture)\\.ts$",
        ],
      },
      to: { path: "^packages/api/src/(context|trpc)\\.ts$" },
    },
    {
      name: "organizations-are-entered-at-the-edges",
      comment: "a session's seat, a link, a job; an account's own organizations",
      severity: "error",
      from: {
        path: "^(packages|apps)/",
        pathNot: [
          "^packages/api/src/trpc\\.ts$",
          "/open-[a-z]+\\.ts$",
          "/jobs\\.ts$",
          "^apps/server/src/sign-in-link\\.ts$",
          "/(tell-waiting|deliver-portal-link|notify-appointment|read-calendar)\\.ts$",
          "^packages/api/src/identity/(change-user|create-organization|queries)\\.ts$",
          "^packages/api/src/members/invitation-token\\.ts$",
          "\\.test\\.ts$",
        ],
      },
      to: { path: "^packages/api/src/tenant-doors\\.ts$" },
    },
    {
      name: "jobs-are-their-own-slices",
      comment: "whoever writes says what happened (record-change.ts); who reacts is listed in reactions.ts",
      severity: "error",
      from: { path: "^packages/api/src/([^/]+)/", pathNot: "\\.(test|fixture)\\.ts$" },
      to: { path: "^packages/api/src/[^/]+/jobs\\.ts$", pathNot: "^packages/api/src/$1/" },
    },
    {
      name: "scopes-are-minted-in-one-file",
      comment: "besides tests and benchmarks",
      severity: "error",
      from: {
        path: "^(packages|apps|prisma)/",
        pathNot: [
          "^packages/api/src/tenant-doors\\.ts$",
          "\\.(test|fixture)\\.ts$",
          "/(test|testing|bench|e2e)/",
        ],
      },
      to: { path: "^packages/db/src/mint-tenant-scope\\.ts$" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|generated|node_modules/(?!luxon))(/|$)" },
    tsPreCompilationDeps: true,
    parser: "swc",
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".json"],
    },
  },
};
