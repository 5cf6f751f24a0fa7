import { useComputed } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { opened } from '../engine/client.ts';
import type { SubjectView } from '../engine/handlers/open.ts';
import { Bars } from '../parts/bars.tsx';
import { Picture } from '../parts/picture.tsx';
import { SubjectChooser } from '../parts/subject.tsx';
import { state } from '../state/page-state.ts';
import { inLanguage, percent, punctuation } from '../words/language.ts';
import { CardForm } from './card-form.tsx';
import { firstName } from './class-name.ts';
import { chosenFiles } from './dropped.ts';
import { FileNewsText } from './file-news.tsx';
import { OutputField } from './output-field.tsx';
import { takeDropped, takeModel, takePhoto } from './own-files.ts';
import { words } from './words.ts';

/** What is explained: photo, model and class, bundled or the reader's own. */
export function SubjectPanel() {
  const w = inLanguage(words);
  const view = useComputed(() => (opened.value.phase === 'ready' ? opened.value.view : undefined)).value;
  useEffect(() => {
    const paste = ({ clipboardData }: ClipboardEvent) => {
      const [file] = clipboardData?.files ?? [];
      if (file) void takePhoto(file);
    };
    window.addEventListener('paste', paste);
    return () => window.removeEventListener('paste', paste);
  }, []);
  return (
    <section
      class="figure drop"
      aria-labelledby="lab-subject"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (event.dataTransfer) void takeDropped(event.dataTransfer);
      }}
    >
      <h2 id="lab-subject">{w.subject}</h2>
      <SubjectChooser />
      <OutputField />
      <div class="asked">
        <Picture image={view?.pixels} text={w.sees} caption={w.sees} />
        <TargetField view={view} />
        <Bars
          caption={w.classes}
          rows={(view?.top ?? []).slice(0, 5).map(({ index, label, probability }) => ({
            name: label === String(index) ? label : `${firstName(label)} (${index})`,
            value: probability,
            strong: label === view?.target,
          }))}
          format={(share) => percent(share)}
        />
      </div>
      <details>
        <summary>{w.own}</summary>
        <p>{w.bring}</p>
        <OwnFiles />
      </details>
      <FileNewsText at="subject" />
      <CardForm />
    </section>
  );
}

function OwnFiles() {
  const w = inLanguage(words);
  const id = useId();
  const folder = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (folder.current) folder.current.webkitdirectory = true;
  }, []);
  return (
    <div class="own">
      <div class="control">
        <label for={`${id}-photo`}>{w.choosePhoto}</label>
        <input
          id={`${id}-photo`}
          type="file"
          accept="image/png,image/jpeg,image/webp,.npy"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file) void takePhoto(file);
            currentTarget.value = ''; // so that the same file can be chosen again
          }}
        />
      </div>
      <div class="control">
        <label for={`${id}-model`}>{w.chooseModel}</label>
        <input
          ref={folder}
          id={`${id}-model`}
          type="file"
          multiple
          onChange={({ currentTarget }) => {
            if (currentTarget.files?.length) void takeModel(chosenFiles(currentTarget.files));
            currentTarget.value = '';
          }}
        />
      </div>
    </div>
  );
}

/** The class, as the command line takes it. */
function TargetField({ view }: { readonly view: SubjectView | undefined }) {
  const w = inLanguage(words);
  const id = useId();
  return (
    <div class="control">
      <label for={id}>{w.target}</label>
      <input
        id={id}
        type="text"
        maxLength={100}
        value={state.target.value}
        placeholder={state.target.value === '' && view ? firstName(view.target) : undefined}
        aria-describedby={`${id}-hint`}
        onChange={({ currentTarget }) => {
          state.target.value = currentTarget.value.trim();
        }}
      />
      <small id={`${id}-hint`}>
        {w.targetHint.intro + punctuation.value.gap}
        {examplesFor(view).map(([example, what], i) => (
          <span key={example}>
            {i > 0 && punctuation.value.and}
            <code class={what === 'name' ? undefined : 'whole'}>{example}</code>
            {punctuation.value.bracketed(w.targetHint[what])}
          </span>
        ))}
      </small>
    </div>
  );
}

type Example = 'number' | 'name' | 'difference' | 'sum';

/** Classes as they may be typed; by name where the network has names. */
function examplesFor(view: SubjectView | undefined): (readonly [text: string, what: Example])[] {
  const named = view?.top.find(({ index, label }) => label !== String(index));
  return [
    ['3', 'number'],
    ...(named ? [[firstName(named.label), 'name'] as const] : []),
    ['index:3-5', 'difference'],
    ['3:1,5:-0.5', 'sum'],
  ];
}
