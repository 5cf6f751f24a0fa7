import type { Fault } from './fault.ts';
import { faultInWords } from './fault-words.ts';

/** What went wrong with a reader's code. */
export function FaultText({ fault }: { readonly fault: Fault }) {
  return (
    <>
      {faultInWords(fault).map(({ text, lang }) => (
        <span key={text} lang={lang}>
          {text}
        </span>
      ))}
    </>
  );
}
