import { computed, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { place, refused, state } from '../state/page-state.ts';
import { ChapterPage } from '../tour/chapter-page.tsx';
import { chapters } from '../tour/chapters.ts';
import { inLanguage, language } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import { Contents } from './contents.tsx';
import { Header } from './header.tsx';
import { pages } from './pages.ts';

const chapter = computed(() => chapters.find(({ slug }) => place.value === `tour/${slug}`) ?? chapters[0]);

const page = computed(() => pages.find(({ slug }) => slug === place.value));

/** The page: header, contents, and the chapter, or other page, that the link names. */
export function App() {
  const words = inLanguage(shellWords);
  const main = useRef<HTMLElement>(null);
  useSignalEffect(() => {
    document.documentElement.lang = language.value;
    document.documentElement.dataset.theme = state.theme.value;
    document.title = `${inLanguage((page.value ?? chapter.value).title)} · I-GOS`;
  });
  useSignalEffect(() => {
    if (place.value !== '') main.current?.querySelector('h1')?.focus();
  });
  const { value: other } = page;
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.querySelector('h1')?.focus()}>
        {words.skip}
      </button>
      <Header />
      <Contents current={other ?? chapter.value} />
      <main id="main" ref={main}>
        {refused.value.length > 0 && (
          <p class="notice" role="status">
            {words.refused(refused.value.join(', '))}
          </p>
        )}
        {other ? (
          <article key={other.slug}>
            <h1 tabIndex={-1}>{inLanguage(other.title)}</h1>
            <other.Page />
          </article>
        ) : (
          <ChapterPage key={chapter.value.slug} chapter={chapter.value} />
        )}
      </main>
    </>
  );
}
