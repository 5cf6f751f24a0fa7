/** The worked examples of the workbench, as links name them. */
export const exampleNames = ['guided-backprop', 'direction', 'regularizer', 'by-hand', 'path'] as const;
export type ExampleName = (typeof exampleNames)[number];

/** Letters that a link holds: some four thousand fit into every address line and most messages. */
export const longestCode = 4000;
