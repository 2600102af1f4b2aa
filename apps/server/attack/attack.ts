/**
 * Attacks a running instance and exits with 1 on a finding: as another organization with every id of a site made for it,
 * and with races for the same time. It writes into both organizations: use an instance that can be thrown away.
 *
 * npm run attack -- http://localhost:3000 <email> <password> <stranger's email> <stranger's password>
 * Without accounts, those of the demo.
 */
import { Browser, signInAt } from "./browser.ts";
import { furnishSite } from "./furnish-site.ts";
import { walkRaces } from "./race-walk.ts";
import { walkAsStranger } from "./tenant-walk.ts";

const limitMs = 5 * 60_000;
const demo = "creneau-demo";
const [
  url = "http://localhost:3000",
  email = "admin@ct.demo",
  password = demo,
  strangerEmail = "dubois@dubois.demo",
  strangerPassword = demo,
] = process.argv.slice(2);

if (!["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname)) {
  console.error("Only an instance on this machine is attacked");
  process.exit(2);
}
setTimeout(() => {
  console.error(`Not done within ${limitMs / 60_000} minutes`);
  process.exit(1);
}, limitMs).unref();

const visit = () => new Browser({ url, origin: new URL(url).origin, sockets: [] });
const owner = await signInAt(url, email, password);
const victim = await furnishSite({ owner, visit, marker: `Attaque-${Date.now()}` });
const stranger = await signInAt(url, strangerEmail, strangerPassword);
const findings = [...(await walkRaces(victim, visit)), ...(await walkAsStranger({ victim, stranger }))];
for (const finding of findings) console.error(finding);
console.log(findings.length === 0 ? "Nothing found." : `${findings.length} findings.`);
process.exit(findings.length === 0 ? 0 : 1);
