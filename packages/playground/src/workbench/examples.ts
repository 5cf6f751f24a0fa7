import type { ExampleName } from './example-names.ts';

/** The code of each example. What it does is said beside the editor, in the language of the reader. */
export const examples: Readonly<Record<ExampleName, string>> = {
  'guided-backprop': `export default ({ greater, select }) => {
  const relu = ({ output }, grad) => {
    const positive = select(greater(grad, 0), grad, 0);
    return [select(greater(output, 0), positive, 0)];
  };
  return { rules: { relu } };
};
`,
  direction: `export default () => ({
  direction: async ({ problem, mask }) => {
    const { nodes, weights } = problem.path;
    const gradient = new Float64Array(mask.length);
    for (const [s, t] of nodes.entries()) {
      const faded = Float64Array.from(mask, (m) => t * m);
      const here = await problem.gradient(faded);
      here.gradient.forEach((slope, cell) => {
        gradient[cell] += weights[s] * t * slope;
      });
    }
    return { gradient };
  },
});
`,
  regularizer: `export default ({ mean, mul, slice, square, sub }) => ({
  regularizer: (mask) => {
    const [, rows, columns] = mask.shape;
    const size = [1, rows, columns - 1, 1];
    const left = slice(mask, { begin: [0, 0, 0, 0], size });
    const right = slice(mask, { begin: [0, 0, 1, 0], size });
    return mul(0.5, mean(square(sub(right, left))));
  },
});
`,
  'by-hand': `export default () => {
  const doubt = (m) => m * (1 - m);
  const slope = (m) => 1 - 2 * m;
  return {
    regularizer: {
      name: 'doubt',
      value: (mask) =>
        mask.reduce((sum, m) => sum + 0.1 * doubt(m), 0) / mask.length,
      gradient: (mask) =>
        Float64Array.from(mask, (m) => (0.1 * slope(m)) / mask.length),
    },
  };
};
`,
  path: `export default () => ({
  path: (points) => {
    const place = (s) => ((s + 1) / points) ** 2;
    const nodes = Float64Array.from({ length: points }, (_, s) => place(s));
    const weights = new Float64Array(points).fill(1 / points);
    return { nodes, weights };
  },
});
`,
};
