import { Prose } from '../parts/prose.tsx';
import { AskedQuestion } from '../parts/question.tsx';
import { linkTo } from '../state/page-state.ts';
import { inLanguage } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import type { Chapter } from './chapter.ts';
import { chapters } from './chapters.ts';
import { TryIt } from './try-it.tsx';

/** A chapter: text, figure, one thing to try, what that shows, one question. */
export function ChapterPage({ chapter }: { readonly chapter: Chapter }) {
  const shell = inLanguage(shellWords);
  const { text, tryIt, more = [], question } = inLanguage(chapter.words);
  const number = chapters.indexOf(chapter) + 1;
  const { Figure, triesInside } = chapter;
  return (
    <article>
      <p class="overline">{shell.chapter(number, chapters.length)}</p>
      <h1 tabIndex={-1}>{inLanguage(chapter.title)}</h1>
      {text.map((paragraph) => (
        <p key={paragraph}>
          <Prose text={paragraph} />
        </p>
      ))}
      <div class="figure">
        <Figure />
      </div>
      {!triesInside && <TryIt text={tryIt} />}
      {more.map((paragraph) => (
        <p key={paragraph}>
          <Prose text={paragraph} />
        </p>
      ))}
      <AskedQuestion key={chapter.slug} question={question} />
      <nav class="steps" aria-label={shell.tour}>
        <Step chapter={chapters[number - 2]} rel="prev" word={shell.previous} />
        <Step chapter={chapters[number]} rel="next" word={shell.next} />
      </nav>
    </article>
  );
}

function Step({
  chapter,
  rel,
  word,
}: {
  readonly chapter: Chapter | undefined;
  readonly rel: string;
  readonly word: string;
}) {
  if (!chapter) return <span />;
  return (
    <a {...{ rel }} href={linkTo(`tour/${chapter.slug}`)}>
      <small>{word}</small> {inLanguage(chapter.title)}
    </a>
  );
}
