import { state } from '../state/page-state.ts';
import { inLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import { code, setCode } from './code.ts';
import { exampleWords } from './example-words.ts';
import { changes } from './examples.ts';
import { words } from './words.ts';

/** One thing to try with an example: what to change, a button that does it, and the same button to change it back. */
export function TryChange() {
  const w = inLanguage(words);
  const example = state.example.value;
  const change = changes[example];
  const has = (side: 0 | 1) => change.every((texts) => code.value.includes(texts[side]));
  const from = has(0) ? 0 : 1;
  return (
    <aside class="try">
      <h2>{inLanguage(shellWords).tryIt}</h2>
      <p>{inLanguage(exampleWords).tryThis[example]}</p>
      {change.map(([before, after]) => (
        <p class="change" key={before}>
          <code>{before}</code> → <code>{after}</code>
        </p>
      ))}
      {(has(0) || has(1)) && (
        <button
          type="button"
          onClick={() => {
            const to = from === 0 ? 1 : 0;
            setCode(change.reduce((text, texts) => text.replace(texts[from], () => texts[to]), code.peek()));
          }}
        >
          {from === 0 ? w.makeChange : w.changeBack}
        </button>
      )}
    </aside>
  );
}
