import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Failure } from '../engine/failure.ts';
import { FailedAlert } from '../parts/failed.tsx';
import { Prose } from '../parts/prose.tsx';
import { type InEvery, inLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';

/** A place beside the tour. Its text is there at once; what it shows is downloaded when a reader comes. */
export interface FurtherPage {
  /** Its name in links. */
  readonly slug: string;
  readonly title: InEvery<string>;
  /** Paragraphs to begin with. */
  readonly text: InEvery<readonly string[]>;
  readonly load: () => Promise<ComponentType>;
}

export function FurtherPageView({ page }: { readonly page: FurtherPage }) {
  return (
    <article>
      <h1 tabIndex={-1}>{inLanguage(page.title)}</h1>
      {inLanguage(page.text).map((paragraph) => (
        <p key={paragraph}>
          <Prose text={paragraph} />
        </p>
      ))}
      <Loaded load={page.load} />
    </article>
  );
}

function Loaded({ load }: { readonly load: FurtherPage['load'] }) {
  const words = inLanguage(shellWords);
  const loaded = useSignal<{ readonly Part: ComponentType } | { readonly failure: Failure } | undefined>(undefined);
  useEffect(() => {
    load().then(
      (Part) => {
        loaded.value = { Part };
      },
      () => {
        loaded.value = { failure: { what: 'part-not-loaded' } };
      },
    );
  }, []);
  const { value } = loaded;
  if (!value) {
    return (
      <p class="progress" aria-busy="true">
        {words.loadingPart}
      </p>
    );
  }
  if ('failure' in value) return <FailedAlert failure={value.failure} />;
  return <value.Part />;
}
