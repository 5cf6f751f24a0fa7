import { linkTo } from '../state/page-state.ts';
import type { Chapter } from '../tour/chapter.ts';
import { chapters } from '../tour/chapters.ts';
import { inLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';

/** The chapters, as links that keep every setting. */
export function Contents({ current }: { readonly current: Chapter }) {
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
    </nav>
  );
}
