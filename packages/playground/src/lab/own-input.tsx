import { useId } from 'preact/hooks';
import { ownBaseline, ownMask } from '../engine/own-inputs.ts';
import { type FieldName, state } from '../state/page-state.ts';
import { inLanguage } from '../words/language.ts';
import { FileNewsText } from './file-news.tsx';
import { type OwnInputName, takeBaseline, takeMask } from './own-files.ts';
import { words } from './words.ts';

const inputs = {
  baseline: { take: takeBaseline, accept: 'image/png,image/jpeg,image/webp,.npy', name: () => ownBaseline.value?.name },
  'init-mask': { take: takeMask, accept: '.npy', name: () => ownMask.value?.name },
} as const;

export function isOwnInput(name: FieldName): name is OwnInputName {
  return Object.hasOwn(inputs, name);
}

/** Whether the reader's own file is there for this setting. */
export function hasOwnInput(name: OwnInputName): boolean {
  return inputs[name].name() !== undefined;
}

/** Whether a setting speaks of a file of the reader's that is not there. */
export function isMissing(name: FieldName): boolean {
  return isOwnInput(name) && state[name].value === 'own' && !hasOwnInput(name);
}

/** Takes a file of the reader's for a setting, chosen or dropped on the input; the link cannot hold it. */
export function OwnInput({ name }: { readonly name: OwnInputName }) {
  const w = inLanguage(words);
  const id = useId();
  const { take, accept } = inputs[name];
  const file = inputs[name].name();
  const missing = isMissing(name);
  return (
    <div class="control">
      <label for={id}>{w.ownInputs[name]}</label>
      <input
        {...{ id, accept }}
        type="file"
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => {
          const [chosen] = currentTarget.files ?? [];
          if (chosen) void take(chosen);
          currentTarget.value = ''; // so that the same file can be chosen again
        }}
      />
      <small id={`${id}-hint`} class={missing ? 'wrong' : undefined}>
        {missing ? w.ownMissing : file === undefined ? w.ownNotInLink : w.ownIsHere(file)}
      </small>
      <FileNewsText at={name} />
    </div>
  );
}
