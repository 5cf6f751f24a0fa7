/** The word, since Preact leaves an attribute out that is false. */
const still = { stretchy: 'false' } as unknown as { readonly stretchy?: boolean };

/** A bracket in a formula that keeps its size, whatever is between it and the other. */
export function Fence({ children }: { readonly children: string }) {
  return <mo {...still}>{children}</mo>;
}
