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
  const value = (mask) => {
    const sum = mask.reduce((s, m) => s + doubt(m), 0);
    return (0.1 * sum) / mask.length;
  };
  const gradient = (mask) => {
    const k = 0.1 / mask.length;
    return Float64Array.from(mask, (m) => k * slope(m));
  };
  const name = 'doubt';
  return { regularizer: { name, value, gradient } };
};
`,
  path: `export default () => ({
  path: (points) => {
    const place = (_, s) => ((s + 1) / points) ** 2;
    const nodes = new Float64Array(points).map(place);
    const weights = nodes.map(() => 1 / points);
    return { nodes, weights };
  },
});
`,
};

/** What of each example is worth changing, to see the check or the mask change: pieces of its code, and what takes their place. */
export const changes: Readonly<Record<ExampleName, readonly (readonly [before: string, after: string])[]>> = {
  'by-hand': [['slope = (m) => 1 - 2 * m;', 'slope = (m) => 1 - m;']],
  regularizer: [
    ['({ mean, mul, slice, square, sub })', '({ mean, mul, slice, abs, sub })'],
    ['square(sub(right, left))', 'abs(sub(right, left))'],
  ],
  direction: [['weights[s] * t * slope;', 'weights[s] * slope;']],
  path: [['((s + 1) / points) ** 2;', '(s + 1) / points;']],
  'guided-backprop': [['select(greater(output, 0), positive, 0)', 'select(greater(output, 0), grad, 0)']],
};
