import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeFloats, encodeFloats, startTorch } from '../../bench/peers/torch.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'igos-torch-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A stand-in for Python that runs this program instead of the script. */
function interpreter(name: string, program: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!${process.execPath}\n${program}`);
  chmodSync(path, 0o755);
  return path;
}

const answering = `
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    const ask = JSON.parse(line);
    const answers = {
      versions: { torch: '9.9', python: '3.9' },
      forward: { milliseconds: ask.threads, values: '' },
      fail: { error: 'ValueError: no such op' },
    };
    if (ask.do === 'die') process.exit(3);
    console.log(JSON.stringify(answers[ask.do]));
  });`;

test('questions are answered in order, errors are thrown, and the next one is answered again', async () => {
  const torch = await startTorch(interpreter('good', answering));
  expect(torch.versions).toEqual({ torch: '9.9', python: '3.9' });
  const both = [1, 2].map((threads) => torch.ask({ do: 'forward', threads }));
  expect((await Promise.all(both)).map(({ milliseconds }) => milliseconds)).toEqual([1, 2]);
  await expect(torch.ask({ do: 'fail' })).rejects.toThrow('torch: ValueError: no such op');
  expect(await torch.ask({ do: 'forward', threads: 3 })).toMatchObject({ milliseconds: 3 });
  torch.close();
});

test('a process that dies fails the question, and those after it', async () => {
  const torch = await startTorch(interpreter('mortal', answering));
  await expect(torch.ask({ do: 'die' })).rejects.toThrow('it ended without a word');
  await expect(torch.ask({ do: 'forward' })).rejects.toThrow('it ended without a word');
});

describe('what is missing is said', () => {
  test('torch', async () => {
    const bare = interpreter('bare', `console.error("ModuleNotFoundError: No module named 'torch'"); process.exit(1);`);
    await expect(startTorch(bare)).rejects.toThrow('torch is not installed: pip install torch numpy');
  });

  test('Python', async () => {
    const path = join(folder, 'nothing');
    await expect(startTorch(path)).rejects.toThrow(`there is no ${path}: PYTHON=/path/to/python names another`);
  });

  test('anything else, in the words of the interpreter', async () => {
    const broken = interpreter('broken', `console.error('SyntaxError: invalid syntax'); process.exit(1);`);
    await expect(startTorch(broken)).rejects.toThrow(`${broken} failed: SyntaxError: invalid syntax`);
  });
});

test('arrays travel unchanged', () => {
  const data = Float32Array.of(0, -1.5, 1e-30, 3.4e38);
  expect(decodeFloats(encodeFloats({ data }))).toEqual(data);
});
