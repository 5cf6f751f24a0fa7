import { drawSigned } from '../draw/maps.ts';
import { Picture } from '../parts/picture.tsx';
import { figure, inLanguage } from '../words/language.ts';
import { commandOf } from './command.ts';
import { type NumberName, numbersOf, numberText } from './numbers.ts';
import type { LabResult } from './run-store.ts';
import { words } from './words.ts';

/** The pinned run beside the latest: maps, their difference, numbers, and what was set differently. */
export function Compare({ pinned, latest }: { readonly pinned: LabResult; readonly latest: LabResult }) {
  const w = inLanguage(words);
  const [before, after] = [pinned.view.result.saliency, latest.view.result.saliency];
  const fits = before.shape.join() === after.shape.join();
  const difference = fits && {
    data: after.data.map((value, i) => value - (before.data[i] ?? 0)),
    shape: after.shape,
  };
  return (
    <>
      <div class="columns three">
        <Picture image={pinned.view.pictures.overlay} text={w.overlay} caption={w.pinnedRun} />
        <Picture image={latest.view.pictures.overlay} text={w.overlay} caption={w.latestRun} />
        {difference ? (
          <Picture image={drawSigned(difference, 1)} text={w.difference} caption={w.difference} />
        ) : (
          <p>{w.noDifference}</p>
        )}
      </div>
      <NumbersBeside {...{ pinned, latest }} />
      <Differences {...{ pinned, latest }} />
    </>
  );
}

function NumbersBeside({ pinned, latest }: { readonly pinned: LabResult; readonly latest: LabResult }) {
  const w = inLanguage(words);
  const [before, after] = [numbersOf(pinned), numbersOf(latest)];
  const names = Object.keys(before) as NumberName[];
  const text = (name: NumberName, run: LabResult, value: number | undefined) => {
    return numberText(name, value, run.recipe.score === 'probability');
  };
  return (
    <table class="beside">
      <caption>{w.compare}</caption>
      <thead>
        <tr>
          <th scope="col">{w.what}</th>
          <th scope="col">{w.pinnedRun}</th>
          <th scope="col">{w.latestRun}</th>
          <th scope="col">{w.change}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name} data-name={name}>
            <th scope="row">{w.numbers[name]}</th>
            <td>{text(name, pinned, before[name])}</td>
            <td>{text(name, latest, after[name])}</td>
            <td>{change(before[name], after[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function change(before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined) return '–';
  const value = after - before;
  return `${value > 0 ? '+' : ''}${figure(value, 3)}`;
}

/** The two runs differ in what their command lines do not share. */
function Differences({ pinned, latest }: { readonly pinned: LabResult; readonly latest: LabResult }) {
  const w = inLanguage(words);
  const [before, after] = [flagsOf(pinned), flagsOf(latest)];
  const only = (some: readonly string[], others: readonly string[]) => some.filter((flag) => !others.includes(flag));
  const [was, is] = [only(before, after), only(after, before)];
  return (
    <>
      <h3>{w.differs}</h3>
      {was.length + is.length === 0 ? (
        <p>{w.same}</p>
      ) : (
        <dl class="differs">
          <dt>{w.pinnedRun}</dt>
          <dd>{was.join(' ') || '–'}</dd>
          <dt>{w.latestRun}</dt>
          <dd>{is.join(' ') || '–'}</dd>
        </dl>
      )}
    </>
  );
}

/** The picture and each flag with its value. */
function flagsOf({ recipe }: LabResult): string[] {
  return commandOf(recipe)
    .replace('igos explain ', '')
    .split(/ (?=--)/);
}
