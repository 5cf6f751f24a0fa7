import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Question } from '../tour/chapter.ts';
import { inLanguage, punctuation } from '../words/language.ts';
import { shellWords } from '../words/shell.ts';
import { Prose } from './prose.tsx';

/** A question with a few answers; what is said to the chosen one is read out. */
export function AskedQuestion({ question }: { readonly question: Question }) {
  const words = inLanguage(shellWords);
  const chosen = useSignal<number | undefined>(undefined);
  const id = useId();
  const answer = chosen.value === undefined ? undefined : question.answers[chosen.value];
  return (
    <section class="question" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{words.question}</h2>
      <fieldset>
        <legend>
          <Prose text={question.asks} />
        </legend>
        {question.answers.map(({ text }, i) => (
          <label class="option" key={text}>
            <input type="radio" name={id} checked={chosen.value === i} onChange={() => (chosen.value = i)} />
            <span>
              <Prose {...{ text }} />
            </span>
          </label>
        ))}
      </fieldset>
      <p role="status" data-right={answer?.right === true}>
        {answer && <Prose text={(answer.right ? words.right : words.wrong) + punctuation.value.gap + answer.why} />}
      </p>
    </section>
  );
}
