import { useMemo } from 'preact/hooks';
import { drawSigned } from '../../draw/maps.ts';
import type { PathPointView, PathView } from '../../engine/handlers/path.ts';
import { Picture } from '../../parts/picture.tsx';
import { figure, inLanguage, percent } from '../../words/language.ts';
import { largestSize, pathSum, total } from './sums.ts';
import { words } from './words.ts';

/** The chosen point: its picture, its gradient, and the sum so far. All points share one scale of colours. */
export function PointPictures({
  points,
  chosen,
  size,
}: {
  readonly points: readonly PathPointView[];
  /** From 0. */
  readonly chosen: number;
  readonly size: PathView['size'] | undefined;
}) {
  const w = inLanguage(words);
  const point = points[chosen];
  const scales = useMemo(
    () => ({ gradient: largestSize(...points.map(({ gradient }) => gradient)), sum: largestSize(pathSum(points)) }),
    [points],
  );
  const drawn = useMemo(() => {
    const cells = point?.gradient.length ?? 0;
    if (!point || !size || size[0] * size[1] !== cells) return undefined;
    const sum = pathSum(points.slice(0, chosen + 1));
    return {
      gradient: drawSigned({ data: point.gradient, shape: size }, scales.gradient),
      sum: drawSigned({ data: sum, shape: size }, scales.sum),
      reached: total(sum),
    };
  }, [points, point, chosen, size]);
  return (
    <>
      <div class="columns trio">
        <Picture
          image={point?.pixels}
          text={point ? w.pictureText(figure(point.fraction)) : ''}
          caption={point && w.picture(figure(point.fraction), percent(point.score))}
        />
        <Picture
          image={drawn?.gradient}
          text={w.gradientText}
          caption={point && w.gradient(figure(total(point.gradient)))}
        />
        <Picture image={drawn?.sum} text={w.sumText} caption={drawn && w.sum(chosen + 1, figure(drawn.reached))} />
      </div>
      <p class="key">
        <span>
          <i class="swatch above" /> {w.above}
        </span>{' '}
        <span>
          <i class="swatch below" /> {w.below}
        </span>
      </p>
    </>
  );
}
