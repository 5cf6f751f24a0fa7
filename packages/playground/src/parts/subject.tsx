import { batch } from '@preact/signals';
import { useId } from 'preact/hooks';
import { opened, shownPicture } from '../engine/client.ts';
import { type ModelName, modelNames, samplesOf } from '../engine/samples.ts';
import { state } from '../state/page-state.ts';
import { inLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';

/** Chooses the network and the picture, and says how far the engine is with them. */
export function SubjectChooser() {
  const words = inLanguage(shellWords);
  const id = useId();
  const model: ModelName = state.model.value === 'digits' ? 'digits' : 'efficientnet-lite0';
  const { value } = opened;
  return (
    <div class="subject">
      <div class="control">
        <label for={`${id}-model`}>{words.network}</label>
        <select
          id={`${id}-model`}
          value={model}
          onChange={({ currentTarget }) => {
            batch(() => {
              state.model.value = currentTarget.value as ModelName;
              state.target.value = '';
              state['blur-size'].value = undefined; // pixels of another size
              state['blur-sigma'].value = undefined;
            });
          }}
        >
          {modelNames.map((name) => (
            <option key={name} value={name}>
              {words.models[name]}
            </option>
          ))}
        </select>
      </div>
      <div class="control">
        <label for={`${id}-picture`}>{words.picture}</label>
        <select
          id={`${id}-picture`}
          value={shownPicture.value}
          onChange={({ currentTarget }) => {
            state.picture.value = currentTarget.value;
            state.target.value = '';
          }}
        >
          {samplesOf[model].map((name) => (
            <option key={name} value={name}>
              {name.replaceAll('_', ' ')}
            </option>
          ))}
        </select>
      </div>
      <p role="status" class="progress">
        {value.phase === 'loading' && words.loading}
        {value.phase === 'failed' && `${words.failed}: ${value.message}`}
      </p>
    </div>
  );
}
