import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { HostArray } from '@igos/autograd';

const script = fileURLToPath(new URL('../torch/serve.py', import.meta.url));

interface TorchVersions {
  readonly torch: string;
  readonly python: string;
}

/** Numbers, arrays as base64 of float32. */
export interface TorchReply {
  readonly milliseconds: number;
  readonly values: string;
}

/** PyTorch in a process of its own, which answers one question after the other and takes the times itself. */
export interface Torch {
  readonly versions: TorchVersions;
  readonly pid: number;
  /** @throws Error with what went wrong there */
  ask<R = TorchReply>(question: Readonly<Record<string, unknown>> & { readonly do: string }): Promise<R>;
  close(): void;
}

/**
 * @param python  the interpreter
 * @throws Error that says what to install, when it is missing or has no torch
 */
export async function startTorch(python: string): Promise<Torch> {
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'pipe'] });
  const ask = questioner(child);
  try {
    const versions = await ask<TorchVersions>({ do: 'versions' });
    return { versions, pid: child.pid!, ask, close: () => void child.stdin.end() };
  } catch (error) {
    throw new Error(adviceFor(python, error instanceof Error ? error.message : String(error)), { cause: error });
  }
}

function adviceFor(python: string, reason: string): string {
  if (/No module named '(torch|numpy)'/.test(reason)) return 'torch is not installed: pip install torch numpy';
  if (/ENOENT/.test(reason)) return `there is no ${python}: PYTHON=/path/to/python names another`;
  return `${python} failed: ${reason}`;
}

interface Waiting {
  resolve(reply: unknown): void;
  reject(error: Error): void;
}

function questioner(child: ChildProcess & { stdin: NonNullable<ChildProcess['stdin']> }): Torch['ask'] {
  const waiting: Waiting[] = [];
  let complaint = '';
  let ended: Error | undefined;
  const end = (error: Error) => {
    ended = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  createInterface({ input: child.stdout! }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)));
  child.stdin.on('error', () => {}); // told by the end of the process
  child.on('error', end);
  child.on('close', () => end(new Error(complaint.trim().split('\n').at(-1) || 'it ended without a word')));
  return async <R>(question: Readonly<Record<string, unknown>>) => {
    if (ended) throw ended;
    const reply = await new Promise<unknown>((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify(question)}\n`);
    });
    const { error } = reply as { readonly error?: string };
    if (error !== undefined) throw new Error(`torch: ${error}`);
    return reply as R;
  };
}

/** An array as it travels. */
export function encodeFloats({ data }: Pick<HostArray, 'data'>): string {
  return Buffer.from(Float32Array.from(data).buffer).toString('base64');
}

export function decodeFloats(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}
