import { linkTo } from '../state/page-state.ts';
import type { Chapter } from '../tour/chapter.ts';
import { chapters } from '../tour/chapters.ts';
import { inLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import type { FurtherPage } from './further-page.tsx';
import { furtherPages } from './further-pages.ts';

/** The chapters and what comes after them, as links that keep every setting. */
export function Contents({ current }: { readonly current: Chapter | FurtherPage }) {
  const words = inLanguage(shellWords);
  return (
    <nav class="contents" aria-label={words.contents}>
      <ol>
        {chapters.map((chapter) => (
          <li key={chapter.slug}>
            <a href={linkTo(`tour/${chapter.slug}`)} aria-current={chapter === current ? 'page' : undefined}>
              {inLanguage(chapter.title)}
            </a>
          </li>
        ))}
      </ol>
      <ul>
        {furtherPages.map((page) => (
          <li key={page.slug}>
            <a href={linkTo(page.slug)} aria-current={page === current ? 'page' : undefined}>
              {inLanguage(page.title)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
