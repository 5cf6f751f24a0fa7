import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixtureModelFolder, goldenModelFolder, igos } from '../support/igos-cli.ts';

const cwd = tmpdir();
const inspect = async (model: string) => JSON.parse((await igos(['inspect', model, '--json'], { cwd })).stdout);

describe('inspect', () => {
  test('tells the card, shapes, size, cost and operations of the bundled network', async () => {
    const { code, stdout, stderr } = await igos(['inspect', 'efficientnet-lite0'], { cwd });
    expect([code, stderr]).toEqual([0, '']);
    for (const text of [
      'EfficientNet-Lite0',
      'graph-model',
      'images [?, 224, 224, 3]',
      'probabilities [?, 1000], softmax',
      '(pixel - 127) / 128 in rgb',
      'bicubic, centre 87.5 %',
      '1000: tench',
      'multiply-adds',
      'FusedDepthwiseConv2dNative',
    ]) {
      expect(stdout).toContain(text);
    }
  });

  test('gives the same as data', async () => {
    const facts = await inspect('efficientnet-lite0');
    expect(facts).toMatchObject({
      name: 'EfficientNet-Lite0',
      format: 'graph-model',
      inputs: [{ name: 'images', shape: [null, 224, 224, 3] }],
      outputs: [{ name: 'probabilities', shape: [null, 1000], softmax: true }],
      card: { source: 'metadata', preprocessing: { mean: [127, 127, 127], std: [128, 128, 128] } },
      warnings: [],
    });
    // published as 407 million, which counts the additions of scales and residuals, too
    expect(facts.multiplyAdds / 1e6).toBeGreaterThan(375);
    expect(facts.multiplyAdds / 1e6).toBeLessThan(407);
    expect(facts.parameters / 1e6).toBeCloseTo(4.6, 0);
    expect(facts.weightBytes).toBe(5_466_024);
  });

  test('takes a model.json', async () => {
    const facts = await inspect(join(goldenModelFolder, 'model.json'));
    expect(facts.card.labels).toEqual(Array.from({ length: 10 }, (_, digit) => String(digit)));
    expect(facts.card.preprocessing).toMatchObject({ channelOrder: 'grey', mean: [0], std: [255] });
  });

  test('warns when the input scaling is a guess', async () => {
    const { code, stdout, stderr } = await igos(['inspect', fixtureModelFolder], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('a guess');
    expect(stderr).toMatch(/^warning: the input scaling is a guess, \(pixel - 0\) \/ 255/m);
    expect((await inspect(fixtureModelFolder)).warnings[0]).toContain('igos.json');
  });
});
