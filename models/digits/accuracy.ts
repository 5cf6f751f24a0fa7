import { compile, input, referenceBackend, type Tensor } from '@igos/autograd';
import { type Digits, imagesOf } from './digits-data.ts';
import { inputShape } from './network.ts';

const batchSize = 100;

/**
 * The share of digits whose largest score is that of their class. A whole number of batches of 100 is needed.
 *
 * @param scores  digits `[n, 28, 28, 1]` -> logits or probabilities `[n, 10]`
 */
export async function accuracy(digits: Digits, scores: (images: Tensor) => Tensor): Promise<number> {
  const program = compile(
    { outputs: { scores: scores(input('images', [batchSize, ...inputShape])) } },
    referenceBackend,
  );
  const count = digits.labels.length;
  let right = 0;
  for (let first = 0; first < count; first += batchSize) {
    const indices = Array.from({ length: batchSize }, (_, i) => first + i);
    const results = await program.run({ images: imagesOf(digits, indices) });
    const rows = results.scores!.data;
    right += indices.filter(
      (index, n) => largestAt(rows.subarray(10 * n, 10 * n + 10)) === digits.labels[index],
    ).length;
  }
  program.dispose();
  return right / count;
}

function largestAt(values: ArrayLike<number>): number {
  const list = Array.from(values);
  return list.indexOf(Math.max(...list));
}
