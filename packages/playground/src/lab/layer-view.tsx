import { useId } from 'preact/hooks';
import { drawHeat, drawSigned, largestSize } from '../draw/maps.ts';
import type { ChannelView } from '../engine/handlers/layers.ts';
import { useEngine } from '../engine/use-engine.ts';
import { EngineStatus } from '../parts/engine-status.tsx';
import { Picture } from '../parts/picture.tsx';
import { state } from '../state/page-state.ts';
import { figure, inLanguage, scientific } from '../words/language.ts';
import { words } from './words.ts';

/** Of the heading over the layer. */
export const layersId = 'lab-layers';

/** A layer that is chosen: its activations, and the gradient of the score at them. */
export function LayerSection() {
  const w = inLanguage(words);
  const id = useId();
  const all = useEngine('layers', () => ({}));
  const names = all.value.answer ?? [];
  const chosen = Math.min(state.layer.value ?? Number.POSITIVE_INFINITY, names.length);
  const one = useEngine('layer', () =>
    state.layer.value === undefined ? undefined : { index: state.layer.value - 1 },
  );
  return (
    <section class="figure layers" aria-labelledby={layersId}>
      <h2 id={layersId}>{w.layers}</h2>
      <p>{w.layersIntro}</p>
      <div class="control">
        <label for={id}>{w.layer}</label>
        <select
          id={id}
          value={state.layer.value === undefined ? '' : String(chosen)}
          onChange={({ currentTarget }) => {
            state.layer.value = currentTarget.value === '' ? undefined : Number(currentTarget.value);
          }}
        >
          <option value="">–</option>
          {names.map(({ names: ops, shape }, i) => (
            <option key={i} value={i + 1}>
              {i + 1}: {ops.join(', ')} ({shape.join(' × ')})
            </option>
          ))}
        </select>
      </div>
      <EngineStatus asked={[all, one]} />
      {state.layer.value !== undefined && <Channels channels={one.value.answer ?? []} />}
    </section>
  );
}

function Channels({ channels }: { readonly channels: readonly ChannelView[] }) {
  const w = inLanguage(words);
  const largest = (part: 'activation' | 'gradient') => {
    return channels.reduce((most, channel) => Math.max(most, largestSize(channel[part].data)), 0);
  };
  const [strongest, steepest] = [largest('activation'), largest('gradient')];
  return (
    <ul class="channels">
      {channels.map(({ channel, activation, gradient, share, mean }) => {
        const isSigned = activation.data.some((value) => value < 0);
        const drawn = isSigned ? drawSigned(activation, strongest) : drawHeat(activation, strongest);
        const said = w.activation(figure(mean));
        return (
          <li key={channel} data-channel={channel}>
            <h3>{w.channel(String(channel), scientific(share))}</h3>
            <div class="pair">
              <Picture image={drawn} text={said} caption={said} />
              <Picture image={drawSigned(gradient, steepest)} text={w.slope} caption={w.slope} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
