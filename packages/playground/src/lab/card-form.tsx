import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { ownModel } from '../engine/client.ts';
import { state } from '../state/page-state.ts';
import { figure, inLanguage, punctuation } from '../words/language.ts';
import { completeCard, ownModelView } from './own-files.ts';
import { words } from './words.ts';

/** Asks for what the files of the reader's model leave open. */
export function CardForm() {
  const w = inLanguage(words);
  const id = useId();
  const scale = useSignal('');
  const labels = useSignal('');
  const [view, own] = [ownModelView.value, ownModel.value];
  if (state.model.value !== 'own' || !view || !own) return null;
  const [asksScale, asksLabels] = [
    view.source === 'guess' || own.card.scale !== undefined,
    !view.hasLabels || own.card.labels !== undefined,
  ];
  if (!asksScale && !asksLabels) return null;
  const list = (values: readonly number[]) => values.map((value) => figure(value, 4)).join(', ');
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        const names = labels.value.replace(/\r?\n$/, '').split(/\r?\n/);
        void completeCard({
          ...(scale.value.trim() !== '' && { scale: scale.value.trim() }),
          ...(labels.value.trim() !== '' && { labels: names }),
        });
      }}
    >
      <h3>{w.card + punctuation.value.colon + view.name}</h3>
      {asksScale && (
        <div class="control">
          <label for={`${id}-scale`}>{w.scale}</label>
          <input
            id={`${id}-scale`}
            type="text"
            value={scale.value}
            aria-describedby={`${id}-scale-hint`}
            onInput={({ currentTarget }) => {
              scale.value = currentTarget.value;
            }}
          />
          <small id={`${id}-scale-hint`}>
            {w.scaleHint(list(view.scale.mean), list(view.scale.std))}
            {view.source === 'guess' && punctuation.value.gap + w.scaleGuess}
          </small>
        </div>
      )}
      {asksLabels && (
        <div class="control">
          <label for={`${id}-labels`}>{w.labels + punctuation.value.bracketed(String(view.classes))}</label>
          <textarea
            id={`${id}-labels`}
            rows={4}
            value={labels.value}
            onInput={({ currentTarget }) => {
              labels.value = currentTarget.value;
            }}
          />
        </div>
      )}
      <button type="submit">{w.apply}</button>
    </form>
  );
}
