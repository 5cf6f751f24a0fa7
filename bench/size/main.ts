/**
 * What a page downloads, and whether it keeps to its budget; exit code 1 where it does not.
 *
 *   npm run size             a table
 *   npm run size -- --parts  and what is in it, by folder
 *   npm run size -- --json   the same as data
 */
import { parseArgs } from 'node:util';
import { budgets } from './budgets.ts';
import { inKibibytes, measureSize, type Size } from './measure.ts';

const { values } = parseArgs({ options: { parts: { type: 'boolean' }, json: { type: 'boolean' } } });
const sizes = await Promise.all(budgets.map(measureSize));
const tooLarge = sizes.filter(({ gzip, limit }) => inKibibytes(gzip) > limit);
process.stdout.write(values.json ? `${JSON.stringify(sizes, null, 2)}\n` : sizes.map(describe).join(''));
for (const { name, gzip, limit } of tooLarge) {
  const over = (inKibibytes(gzip) - limit).toFixed(1);
  process.stderr.write(`${name}: ${over} KiB over its budget; npm run size -- --parts tells what is in it\n`);
}
process.exitCode = tooLarge.length > 0 ? 1 : 0;

function describe({ name, minified, gzip, limit, wanted, parts }: Size): string {
  const size = `${inKibibytes(gzip).toFixed(1)} KiB gzip (${inKibibytes(minified).toFixed(0)} minified)`;
  const lines = [`${name.padEnd(58)}${size}; at most ${limit}, wanted ${wanted}`];
  if (values.parts) lines.push(...parts.map(([folder, bytes]) => `${String(bytes).padStart(9)}  ${folder}`));
  return `${lines.join('\n')}\n`;
}
