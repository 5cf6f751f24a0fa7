import { useMemo } from 'preact/hooks';
import { drawReplaced } from '../../draw/replaced.ts';
import type { JudgedRun } from '../../engine/handlers/judge.ts';
import { Chart, type Series } from '../../parts/chart.tsx';
import { Picture } from '../../parts/picture.tsx';
import { inLanguage, percent } from '../../words/language.ts';
import { words } from './words.ts';

/** Deletion and insertion of one method after so many steps: both pictures, and the curves up to there. */
export function Contestant({
  name,
  run,
  step,
}: {
  readonly name: string;
  readonly run: JudgedRun | undefined;
  readonly step: number;
}) {
  const w = inLanguage(words);
  const pictures = useMemo(() => {
    if (!run) return undefined;
    const { image, baseline } = run.pictures;
    const { order, cuts } = run.replacement;
    const gone = order.subarray(0, cuts[step]);
    return { deletion: drawReplaced([image, baseline], gone), insertion: drawReplaced([baseline, image], gone) };
  }, [run, step]);
  const score = (curve: Float64Array | undefined) => (curve ? percent(curve[step] ?? 0) : '–');
  const { deletion, insertion } = run?.metrics ?? {};
  const share = percent(step / 50, 0);
  return (
    <section class="contestant">
      <h2>{name}</h2>
      <div class="pair">
        <Picture
          image={pictures?.deletion}
          text={w.deleted(name, share)}
          caption={w.scoreNow(w.deletion, score(deletion?.curve))}
        />
        <Picture
          image={pictures?.insertion}
          text={w.inserted(name, share)}
          caption={w.scoreNow(w.insertion, score(insertion?.curve))}
        />
      </div>
      <Chart
        title={w.curves(name)}
        x={{ label: w.share, range: [0, 1], format: (value) => percent(value, 0) }}
        y={{ label: w.score, range: [0, 1], format: (value) => percent(value, 0) }}
        series={[
          line(deletion?.curve, step, { name: w.deletion, colour: 1 }),
          line(insertion?.curve, step, { name: w.insertion, colour: 2, dashed: true }),
        ]}
        cursor={step / 50}
      />
    </section>
  );
}

function line(curve: Float64Array | undefined, step: number, look: Omit<Series, 'points'>): Series {
  const scores = curve ? Array.from(curve.subarray(0, step + 1)) : [];
  return { ...look, marks: 'line', points: scores.map((score, k) => [k / ((curve?.length ?? 2) - 1), score]) };
}
