import { computed, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { place, refused, state } from '../state/page-state.ts';
import { ChapterPage } from '../tour/chapter-page.tsx';
import { chapters } from '../tour/chapters.ts';
import { inLanguage, language, punctuation } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import { Contents } from './contents.tsx';
import { EnginePanel } from './engine-panel.tsx';
import { FurtherPageView } from './further-page.tsx';
import { furtherPages } from './further-pages.ts';
import { Header } from './header.tsx';

const chapter = computed(() => chapters.find(({ slug }) => place.value === `tour/${slug}`) ?? chapters[0]);

const further = computed(() => furtherPages.find(({ slug }) => place.value === slug));

/** The page: header, contents, and the chapter or the other place that the link names. */
export function App() {
  const words = inLanguage(shellWords);
  const main = useRef<HTMLElement>(null);
  useSignalEffect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dataset.theme = state.theme.value;
    document.title = `${inLanguage((further.value ?? chapter.value).title)} · I-GOS`;
  });
  useSignalEffect(() => {
    if (place.value !== '') main.current?.querySelector('h1')?.focus();
  });
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.querySelector('h1')?.focus()}>
        {words.skip}
      </button>
      <Header />
      <Contents current={further.value ?? chapter.value} />
      <main id="main" ref={main}>
        {refused.value.length > 0 && (
          <p class="notice" role="status">
            {words.refused(refused.value.join(punctuation.value.and))}
          </p>
        )}
        {further.value ? (
          <FurtherPageView key={further.value.slug} page={further.value} />
        ) : (
          <ChapterPage key={chapter.value.slug} chapter={chapter.value} />
        )}
      </main>
      <EnginePanel />
    </>
  );
}
