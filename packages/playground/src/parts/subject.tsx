import { batch } from '@preact/signals';
import { useId } from 'preact/hooks';
import { opened, ownModel, ownPhoto, reopen, shownPicture } from '../engine/client.ts';
import { type ModelName, modelNames, samplesOf } from '../engine/samples.ts';
import { state } from '../state/page-state.ts';
import { inLanguage } from '../words/language.ts';
import { pictureInWords, shellWords } from '../words/shell.ts';
import { Failed } from './failed.tsx';

/** What to do without the graphics card. */
function OtherEngine() {
  const words = inLanguage(shellWords);
  return (
    <div class="row">
      <button type="button" class="quiet" onClick={reopen}>
        {words.again}
      </button>
      <button
        type="button"
        class="quiet"
        onClick={() => {
          state.backend.value = 'wasm';
        }}
      >
        {words.onProcessor}
      </button>
    </div>
  );
}

/** Chooses the network and the picture, and says how far the engine is with them. */
export function SubjectChooser() {
  const words = inLanguage(shellWords);
  const id = useId();
  const model: ModelName = state.model.value === 'digits' ? 'digits' : 'efficientnet-lite0';
  const isOwn = { model: state.model.value === 'own', picture: state.picture.value === 'own' && ownPhoto.value };
  const { value } = opened;
  return (
    <div class="subject">
      <div class="control">
        <label for={`${id}-model`}>{words.network}</label>
        <select
          id={`${id}-model`}
          value={isOwn.model ? 'own' : model}
          onChange={({ currentTarget }) => {
            batch(() => {
              state.model.value = currentTarget.value as ModelName | 'own';
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
          {(isOwn.model || ownModel.value) && <option value="own">{words.models.own}</option>}
        </select>
      </div>
      <div class="control">
        <label for={`${id}-picture`}>{words.picture}</label>
        <select
          id={`${id}-picture`}
          value={isOwn.picture ? 'own' : shownPicture.value}
          onChange={({ currentTarget }) => {
            state.picture.value = currentTarget.value;
            state.target.value = '';
          }}
        >
          {samplesOf[model].map((name) => (
            <option key={name} value={name}>
              {pictureInWords(name)}
            </option>
          ))}
          {ownPhoto.value && <option value="own">{words.ownPhoto}</option>}
        </select>
      </div>
      <p role="status" class="progress">
        {value.phase === 'loading' && words.loading}
        {value.phase === 'failed' && <Failed failure={value.failure} />}
      </p>
      {value.phase === 'failed' && value.failure.what.startsWith('gpu-') && <OtherEngine />}
    </div>
  );
}
