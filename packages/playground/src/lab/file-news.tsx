import { FailureText } from '../parts/failed.tsx';
import { inLanguage, punctuation } from '../words/language.ts';
import { type FilePlace, newsAt } from './own-files.ts';
import { words } from './words.ts';

/** Says where files are taken whether one is being looked at, or could not be taken. */
export function FileNewsText({ at }: { readonly at: FilePlace }) {
  const w = inLanguage(words);
  const { value: news } = newsAt(at);
  if (news === undefined || news === 'checking') {
    return (
      <p role="status" class={news ? 'progress' : 'unseen'}>
        {news && w.checking}
      </p>
    );
  }
  return (
    <p role="status" class="trouble">
      {w.cannot(news.file) + punctuation.value.gap}
      <FailureText failure={news.failure} />
      {punctuation.value.gap + w.kept}
    </p>
  );
}
