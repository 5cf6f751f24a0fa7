/** The label one of whose names needs the fewest edits to become the wanted text; the first of equals. */
export function nearest(
  wanted: string,
  labels: readonly string[],
  namesIn: (label: string) => readonly string[],
): string | undefined {
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const label of labels) {
    const edits = Math.min(...namesIn(label).map((name) => editDistance(wanted, name)));
    if (edits < fewest) [best, fewest] = [label, edits];
  }
  return best;
}

/** Levenshtein distance: insertions, deletions and replacements between two texts. */
export function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = above[column - 1]! + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, above[column]! + 1, current[column - 1]! + 1));
    }
    above = current;
  }
  return above[b.length]!;
}
