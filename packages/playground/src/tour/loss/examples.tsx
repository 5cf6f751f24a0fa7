import { drawMask } from '../../draw/maps.ts';
import { opened } from '../../engine/client.ts';
import { Picture } from '../../parts/picture.tsx';
import { figure, inLanguage, percent } from '../../words/language.ts';
import type { MaskSearch } from './use-mask-search.ts';
import { exampleNames, examples, maskSize, setWeights, weights } from './weights.ts';
import { words } from './words.ts';

/** Masks that were found with a few weights, side by side. */
export function Examples({ search: { run, results } }: { readonly search: MaskSearch }) {
  const w = inLanguage(words);
  const ready = opened.value.phase === 'ready';
  return (
    <section>
      <p>{w.compare}</p>
      <div class="columns trio">
        {exampleNames.map((name) => {
          const { l1, tv } = examples[name];
          const found = results.value[name];
          const image = found && drawMask({ data: found.mask, shape: maskSize });
          const chosen = weights.value.l1 === l1 && weights.value.tv === tv;
          return (
            <div key={name} class="example" data-example={name}>
              <p>
                <strong>{w.examples[name]}</strong>
                <br />
                {w.exampleWeights(figure(l1), figure(tv))}
              </p>
              <Picture image={image} text={found ? w.maskText(percent(found.area)) : w.noMask} />
              <p>{found ? w.found(percent(found.score), percent(found.area), figure(found.tv)) : w.noMask}</p>
              <button
                type="button"
                class="quiet"
                disabled={!ready || (run.running.value && chosen)}
                onClick={() => {
                  setWeights({ l1, tv });
                  run.start();
                }}
              >
                {w.runExample(w.examples[name])}
              </button>
            </div>
          );
        })}
      </div>
    </section>
  );
}
