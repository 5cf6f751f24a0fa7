import { Prose } from '../parts/prose.tsx';
import { inLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';

/** The thing to try in a chapter. */
export function TryIt({ text }: { readonly text: string }) {
  return (
    <aside class="try">
      <h2>{inLanguage(shellWords).tryIt}</h2>
      <p>
        <Prose {...{ text }} />
      </p>
    </aside>
  );
}
