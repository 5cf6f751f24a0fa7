import { useId } from 'preact/hooks';
import { state } from '../state/page-state.ts';
import { count, inLanguage } from '../words/language.ts';
import { ownModelView, takeOutput } from './own-files.ts';
import { words } from './words.ts';

/** The output that is explained, of a model that has several. */
export function OutputField() {
  const w = inLanguage(words);
  const id = useId();
  const outputs = ownModelView.value?.outputs ?? [];
  if (state.model.value !== 'own' || outputs.length < 2) return null;
  return (
    <div class="control">
      <label for={id}>{w.output}</label>
      <select
        id={id}
        value={state.output.value || outputs[0]?.name}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => {
          const output = outputs.find(({ name }) => name === currentTarget.value);
          if (output) void takeOutput(output);
        }}
      >
        {outputs.map(({ name, classes }) => (
          <option key={name} value={name} disabled={classes === undefined}>
            {classes === undefined ? w.noClasses(name) : w.outputClasses(name, count(classes))}
          </option>
        ))}
      </select>
      <small id={`${id}-hint`}>{w.outputHint}</small>
    </div>
  );
}
