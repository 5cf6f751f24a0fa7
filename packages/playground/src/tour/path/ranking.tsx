import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import { defaultSettings } from 'igos/named';
import { useEffect } from 'preact/hooks';
import type { PathPointView, PathView } from '../../engine/handlers/path.ts';
import { useEngine } from '../../engine/use-engine.ts';
import { Meter } from '../../parts/meter.tsx';
import { baselineInUse, state } from '../../state/page-state.ts';
import { count, inLanguage, percent } from '../../words/language.ts';
import { hidingHighest, pathSum } from './sums.ts';
import { words } from './words.ts';

interface Masks {
  readonly size: PathView['size'];
  readonly bySum: ArrayLike<number>;
  readonly byPlain: ArrayLike<number>;
  readonly blindly: ArrayLike<number>;
}

/** Whether the sum finds the cells that matter: the score with a fifth of them hidden, as three orders say. */
export function Ranking({
  points,
  ends,
}: {
  readonly points: readonly PathPointView[];
  readonly ends: PathView | undefined;
}) {
  const w = inLanguage(words);
  const masks = useSignal<Masks | undefined>(undefined);
  useEffect(() => {
    masks.value = ends && masksOf(points, ends);
  }, [points, ends]);
  const bySum = useHiddenScore(masks, 'bySum');
  const byPlain = useHiddenScore(masks, 'byPlain');
  const blindly = useHiddenScore(masks, 'blindly');
  const cells = ends ? ends.size[0] * ends.size[1] : 0;
  const rows = [
    [w.bySum, bySum],
    [w.byPlain, byPlain],
    [w.blindly, blindly],
  ] as const;
  return (
    <section class="ranking">
      <p>{w.ranking(count(fifth(cells)), count(cells))}</p>
      <div class="stack">
        {rows.map(([label, score]) => (
          <Meter key={label} label={label} value={ends && score.value} text={percent(score.value ?? 0)} />
        ))}
      </div>
    </section>
  );
}

function fifth(cells: number): number {
  return Math.floor(cells / 5);
}

function masksOf(points: readonly PathPointView[], { size, plain }: PathView): Masks {
  const hidden = fifth(plain.length);
  const blindly = Float64Array.from(plain, (_, cell) => (cell % 5 === 4 ? 0 : 1));
  return { size, bySum: hidingHighest(pathSum(points), hidden), byPlain: hidingHighest(plain, hidden), blindly };
}

function useHiddenScore(
  masks: ReadonlySignal<Masks | undefined>,
  order: Exclude<keyof Masks, 'size'>,
): ReadonlySignal<number | undefined> {
  const masked = useEngine('masked', () => {
    if (!masks.value) return undefined;
    const { size, [order]: mask } = masks.value;
    return { mask, size, baseline: baselineInUse.value, settings: { ...defaultSettings, seed: state.seed.value } };
  });
  return useComputed(() => (masked.value.busy ? undefined : masked.value.answer?.score));
}
