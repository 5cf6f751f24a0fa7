import { atMost, type Group } from '../results/row.ts';
import { budgets } from '../size/budgets.ts';
import { inKibibytes, measureSize } from '../size/measure.ts';

const budget = budgets.find(({ name }) => name.startsWith('explain'))!;

export const size: Group = {
  title: 'Size',
  rows: [
    {
      id: 'size',
      measure: '`igos` (one method, two metrics), engine, `wasm` and TF.js readers, minified and gzip',
      unit: 'kibibytes',
      bar: atMost(budget.limit, budget.wanted),
    },
  ],
  run: async () => {
    const { gzip, minified } = await measureSize(budget);
    const kibibytes = inKibibytes(gzip);
    const notes = [`${inKibibytes(minified).toFixed(0)} KiB before compression`];
    return { size: { value: { best: kibibytes, median: kibibytes }, comparisons: [], notes } };
  },
};
