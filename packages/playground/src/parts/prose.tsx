/** Text in which the name of the method, and short formulas such as 1 − t, stay on one line. */
export function Prose({ text }: { readonly text: string }) {
  const parts = text.replaceAll(/ ([−=×]) /g, '\u00a0$1\u00a0').split(/(I-GOS)/);
  return (
    <>
      {parts.map((part, i) =>
        i % 2 === 0 ? (
          part
        ) : (
          <span class="whole" key={i}>
            {part}
          </span>
        ),
      )}
    </>
  );
}
