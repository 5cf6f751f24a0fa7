import { useSignal } from '@preact/signals';
import { encodeNpy } from 'igos/pictures';
import { useId, useRef } from 'preact/hooks';
import { engine } from '../engine/client.ts';
import { failureIn } from '../engine/failure.ts';
import { inLanguage, punctuation } from '../words/language.ts';
import { commandOf, labelsFile } from './command.ts';
import { reportOf } from './report.ts';
import { failure, type LabResult } from './run-store.ts';
import { baselineFile, inputFile, snippetOf, startMaskFile } from './snippet.ts';
import { words } from './words.ts';

/** Files of a run, and what repeats it elsewhere. */
export function Exports({ result }: { readonly result: LabResult }) {
  const w = inLanguage(words);
  const { recipe, view } = result;
  const files = Object.entries(filesOf(result));
  return (
    <>
      <p class="row">
        {files.map(([name, make]) => (
          <button
            type="button"
            class="quiet"
            key={name}
            onClick={() => void make().then((file) => save(name, file), tell)}
          >
            {name}
          </button>
        ))}
      </p>
      {recipe.engine !== 'wasm' && <p class="hint">{w.inNode[recipe.engine]}</p>}
      <Copyable label={w.command} text={commandOf(recipe)} rows={4} />
      <Copyable label={w.code} text={snippetOf(recipe, view.subject)} rows={12} />
    </>
  );
}

/** What each file holds; it is made when it is asked for. */
function filesOf({ recipe, view, photo }: LabResult): Readonly<Record<string, () => Promise<Blob>>> {
  const { mask, saliency } = view.result;
  const { image } = view.subject;
  const { initMask, card } = recipe;
  const { labels } = card;
  const npy = (array: Parameters<typeof encodeNpy>[0]) => async () => new Blob([encodeNpy(array)]);
  const text = (content: string) => async () => new Blob([content], { type: 'text/plain' });
  return {
    'overlay.png': () => {
      const { crop } = view.subject.photo;
      return engine.call('overlayFile', { photo, seen: view.pictures.seen, crop, saliency });
    },
    'mask.npy': npy(mask),
    'saliency.npy': npy(saliency),
    'report.json': text(`${JSON.stringify(reportOf(recipe, view), null, 2)}\n`),
    [inputFile]: npy(image),
    ...(recipe.baseline === 'own' && { [baselineFile]: npy(view.baseline) }),
    ...(initMask && { [startMaskFile]: npy({ data: initMask.data, shape: initMask.size }) }),
    'repeat.mjs': text(snippetOf(recipe, view.subject)),
    ...(labels && { [labelsFile]: text(`${labels.join('\n')}\n`) }),
  };
}

function tell(error: unknown): void {
  failure.value = failureIn(error);
}

/** Gives the file to the browser, which stores it where the reader wants. */
function save(name: string, file: Blob): void {
  const address = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A text to be taken elsewhere. */
function Copyable({ label, text, rows }: { readonly label: string; readonly text: string; readonly rows: number }) {
  const w = inLanguage(words);
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const copied = useSignal('');
  return (
    <div class="control copyable">
      <label for={id}>{label}</label>
      <textarea id={id} ref={area} readOnly spellcheck={false} {...{ rows }} value={text} />
      <p class="row">
        <button
          type="button"
          class="quiet"
          aria-label={w.copy + punctuation.value.colon + label}
          onClick={() => {
            area.current?.select(); // to be copied by keys where the browser forbids it to pages
            navigator.clipboard?.writeText(text).then(
              () => {
                copied.value = text;
              },
              () => undefined,
            );
          }}
        >
          {w.copy}
        </button>
        <span role="status">{copied.value === text && w.copied}</span>
      </p>
    </div>
  );
}
