// Loaded before anything else, and plain enough for every Node: an older one cannot even read the TypeScript behind it.
if (Number.parseInt(process.versions.node, 10) < 24) {
  console.error(
    `✖ Créneau needs Node 24 or later, this is ${process.versions.node}: run "npm ci" first and start it by "npm start"`,
  );
  process.exit(2);
}
