import path from "node:path";
import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const repositoryRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

const config: NextConfig = {
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  // No page has a picture to fit: an endpoint that fetches what strangers name is one less to guard.
  images: { unoptimized: true },
  transpilePackages: ["@creneau/api", "@creneau/domain"],
  turbopack: { root: repositoryRoot },
  outputFileTracingRoot: repositoryRoot,
  // Types are checked once, for every workspace, by `npm run check`.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    optimizePackageImports: ["lucide-react", "radix-ui"],
  },
};

export default createNextIntlPlugin({
  requestConfig: "./src/i18n/request.ts",
  experimental: { messages: { path: "./src/messages", locales: "infer", format: "json", precompile: true } },
})(config);
