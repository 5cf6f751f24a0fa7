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

/** Names that most code needs. */
const lists = {
  operations: [
    ...['add', 'sub', 'mul', 'div', 'neg', 'abs', 'square', 'sqrt', 'exp', 'log', 'pow', 'tanh', 'sigmoid', 'relu'],
    ...['maximum', 'minimum', 'clamp', 'greater', 'less', 'equal', 'select', 'sum', 'mean', 'max', 'min', 'softmax'],
    ...[
      'reshape',
      'slice',
      'concat',
      'pad',
      'transpose',
      'gaussianBlur',
      'averagePool',
      'constant',
      'customGradient',
      'stopGradient',
    ],
  ],
  ruleNames: ['relu', 'conv2d', 'averagePool', 'matmul', 'add', 'mul', 'reshape'],
  igosNames: [
    ...['directions.integrated', 'directions.plain', 'pathRules.right', 'pathRules.midpoint', 'pathRules.gauss'],
    ...['regularizers.bilateral', 'displayMap', 'cellAverages'],
  ],
  problemNames: [
    ...['gradient', 'pathGradient', 'pathScore', 'objective', 'penaltyGradient', 'imageGradient', 'upsample'],
    ...['path', 'image', 'baseline', 'maskSize'],
  ],
};

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
      {Object.entries(lists).map(([name, members]) => (
        <p key={name}>
          {w[name as keyof typeof lists]} <code data-list={name}>{members.join(', ')}</code>
        </p>
      ))}
      <p>{w.readMore}</p>
    </details>
  );
}
