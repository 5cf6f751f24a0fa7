import { batch, useComputed, useSignalEffect } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { modelAddress, pictureAddress, samplesOf } from '../engine/samples.ts';
import { state } from '../state/page-state.ts';
import { inLanguage } from '../words/language.ts';
import { CheckFigure } from './check-figure.tsx';
import { code, setCode } from './code.ts';
import { CompareFigure } from './compare-figure.tsx';
import { Editor, type Mark } from './editor.tsx';
import { type ExampleName, exampleNames, longestCode } from './example-names.ts';
import { exampleWords } from './example-words.ts';
import type { Fault } from './fault.ts';
import { faultInWords } from './fault-words.ts';
import { Reference } from './reference.tsx';
import './style.css';
import { TryChange } from './try-change.tsx';
import { useTask } from './use-task.ts';
import { words } from './words.ts';

/** How long code may take, in seconds: the check is done while the reader types. */
const limits = { check: 5, compare: 20 };

/** After the last key, in milliseconds. */
const pauseOfTyping = 500;

const digits: readonly string[] = samplesOf.digits;

export function Workbench() {
  const w = inLanguage(words);
  const picture = useComputed(() => (digits.includes(state.picture.value) ? state.picture.value : samplesOf.digits[0]));
  const check = useTask('check', limits.check);
  const compare = useTask('compare', limits.compare);
  const subject = useComputed(() => ({
    code: code.value,
    model: modelAddress('digits'),
    picture: pictureAddress('digits', picture.value),
  }));
  useSignalEffect(() => {
    const wanted = { ...subject.value, iterations: state.iterations.peek() };
    const timer = setTimeout(() => check.start(wanted), 50); // a page that is only passed starts nothing
    return () => clearTimeout(timer);
  });
  useEffect(() => compare.reset(), [subject.value, state.iterations.value]);
  const checked = check.ending.value;
  const isRule = checked !== undefined && 'answer' in checked && checked.answer.kind === 'rules';
  const faults = [check, compare].flatMap(({ ending: { value } }) => (value && 'fault' in value ? [value.fault] : []));
  return (
    <div class="figure">
      <Choosers picture={picture.value} />
      <div class="code-and-check">
        <div>
          <p class="about">{inLanguage(exampleWords).about[state.example.value]}</p>
          <Typed mark={markOf(faults)} />
          {code.value.length > longestCode && (
            <p role="status" class="too-long">
              {w.tooLong(code.value.length, longestCode)}
            </p>
          )}
          <TryChange />
          <Reference />
        </div>
        <CheckFigure task={check} onPurpose={state.example.value === 'guided-backprop' && state.code.value === ''} />
      </div>
      <CompareFigure
        task={compare}
        start={() => compare.start({ ...subject.peek(), iterations: state.iterations.peek() })}
        ofMasks={!isRule}
      />
    </div>
  );
}

function markOf(faults: readonly Fault[]): Mark | undefined {
  const [mark] = faults.flatMap((fault) => {
    const { line, column = 1 } = fault;
    return line === undefined ? [] : [{ line, column, message: faultInWords(fault) }];
  });
  return mark;
}

/** The editor; the link and all else follow when typing pauses. */
function Typed({ mark }: { readonly mark: Mark | undefined }) {
  const w = inLanguage(words);
  const waiting = useRef<{ readonly timer: number; readonly text: string } | undefined>(undefined);
  const take = () => {
    if (!waiting.current) return;
    const { timer, text } = waiting.current;
    clearTimeout(timer);
    waiting.current = undefined;
    setCode(text);
  };
  useEffect(() => take, []);
  return (
    <Editor
      {...{ code, mark }}
      label={w.editor}
      onLeave={take}
      onChange={(text) => {
        clearTimeout(waiting.current?.timer);
        waiting.current = { text, timer: window.setTimeout(take, pauseOfTyping) };
      }}
    />
  );
}

function Choosers({ picture }: { readonly picture: string }) {
  const w = inLanguage(words);
  const id = useId();
  return (
    <div class="subject">
      <div class="control">
        <label for={`${id}-example`}>{w.example}</label>
        <select
          id={`${id}-example`}
          value={state.example.value}
          onChange={({ currentTarget }) => {
            batch(() => {
              state.example.value = currentTarget.value as ExampleName;
              state.code.value = '';
            });
          }}
        >
          {exampleNames.map((name) => (
            <option key={name} value={name}>
              {inLanguage(exampleWords).examples[name]}
            </option>
          ))}
        </select>
      </div>
      <div class="control">
        <label for={`${id}-picture`}>{w.picture}</label>
        <select
          id={`${id}-picture`}
          value={picture}
          onChange={({ currentTarget }) => {
            state.picture.value = currentTarget.value;
          }}
        >
          {digits.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </div>
      {state.code.value !== '' && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            state.code.value = '';
          }}
        >
          {w.restore}
        </button>
      )}
    </div>
  );
}
