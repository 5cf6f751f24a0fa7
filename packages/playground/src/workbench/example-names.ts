/** The worked examples of the workbench, as links name them, in the order in which they are best read: the first is the simplest. */
export const exampleNames = ['by-hand', 'regularizer', 'direction', 'path', 'guided-backprop'] as const;
export type ExampleName = (typeof exampleNames)[number];

/** Letters that a link holds: some four thousand fit into every address line and most messages. */
export const longestCode = 4000;
