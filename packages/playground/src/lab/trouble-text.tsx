import { FailureText } from '../parts/failed.tsx';
import { inLanguage, punctuation } from '../words/language.ts';
import type { FilePlace, Trouble } from './own-files.ts';
import { words } from './words.ts';

/** Says where files are taken whether they are being looked at, or could not be taken. */
export function TroubleText({
  trouble,
  at,
  checking,
}: {
  readonly trouble: Trouble | undefined;
  readonly at: FilePlace;
  readonly checking: boolean;
}) {
  const w = inLanguage(words);
  const mine = trouble?.at === at ? trouble : undefined;
  return (
    <p role="status" class={mine ? 'trouble' : checking ? 'progress' : 'unseen'}>
      {checking && w.checking}
      {mine && (
        <>
          {w.cannot(mine.file) + punctuation.value.gap}
          <FailureText failure={mine.failure} />
          {punctuation.value.gap + w.kept}
        </>
      )}
    </p>
  );
}
