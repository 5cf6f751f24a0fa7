import { inLanguage } from '../words/language.ts';
import { words } from './words.ts';

/** What code may give, as it is written. */
const parts = {
  rules: 'rules: { relu: ({ inputs, output, attrs }, grad) => [gradient] }',
  direction: 'direction: async ({ problem, mask }) => ({ gradient })',
  regularizer: 'regularizer: (mask) => value',
  byHand: 'regularizer: { value: (mask, [rows, columns]) => value, gradient: (mask, [rows, columns]) => gradient }',
  path: 'path: (points) => ({ nodes, weights })',
};

/** Operations that make most graphs. */
const operations = [
  ...['add', 'sub', 'mul', 'div', 'neg', 'abs', 'square', 'sqrt', 'exp', 'log', 'pow', 'tanh', 'sigmoid', 'relu'],
  ...['maximum', 'minimum', 'clamp', 'greater', 'less', 'equal', 'select', 'sum', 'mean', 'max', 'min', 'softmax'],
  ...['reshape', 'slice', 'concat', 'pad', 'transpose', 'gaussianBlur', 'averagePool', 'constant', 'customGradient'],
];

/** What code can be made of, to be opened by who needs it. */
export function Reference() {
  const w = inLanguage(words);
  return (
    <details class="reference">
      <summary>{w.reference}</summary>
      <dl>
        {(Object.keys(parts) as (keyof typeof parts)[]).map((name) => (
          <div key={name}>
            <dt>
              <code>{parts[name]}</code>
            </dt>
            <dd>{w.parts[name]}</dd>
          </div>
        ))}
      </dl>
      <p>
        {w.operations} <code class="operations">{operations.join(', ')}</code>
      </p>
    </details>
  );
}
