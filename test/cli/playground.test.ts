import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { igos } from '../support/igos-cli.ts';

const root = join(import.meta.dirname, '../..');
const ownBinary = join(root, 'packages/cli/bin/igos.js');
const here = mkdtempSync(join(tmpdir(), 'igos-playground-'));
const running: ChildProcess[] = [];

afterAll(() => {
  for (const program of running) program.kill();
  rmSync(here, { recursive: true, force: true });
});

interface Started {
  readonly program: ChildProcess;
  readonly address: string;
  /** What it has said on stderr so far. */
  readonly said: () => string;
}

/** Starts `igos playground` and waits for the address that it prints. */
async function start(args: readonly string[], { binary = ownBinary, env = {} } = {}): Promise<Started> {
  const program = spawn(process.execPath, [binary, 'playground', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(program);
  let said = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  program.stdout.setEncoding('utf8');
  const [text] = await Promise.race([once(program.stdout, 'data'), once(program, 'exit').then(() => [''])]);
  expect(text, said).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\n$/);
  return { program, address: text.trim(), said: () => said };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Asks with exactly this path; `fetch` would tidy it first. */
function ask(address: string, path: string, method = 'GET'): Promise<Answer> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, method, agent: false }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
    });
    asked.on('error', reject).end();
  });
}

describe('igos playground --no-open', () => {
  let address: string;
  let port: number;
  beforeAll(async () => {
    ({ address } = await start(['--no-open', '--port', '0']));
    port = Number(new URL(address).port);
  });

  test('serves the page, isolated, with a type for everything that it asks for', async () => {
    const { status, headers, body } = await ask(address, '/');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'x-content-type-options': 'nosniff',
    });
    const assets = [...body.toString().matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => `/${path}`);
    expect(assets.length).toBeGreaterThan(1);
    const typeOf = async (path: string) => (await ask(address, path)).headers['content-type'];
    for (const path of assets) {
      expect(await typeOf(path)).toBe(
        path.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
      );
    }
    expect(await typeOf('/models/digits/model.json?again#here')).toBe('application/json');
    expect(await typeOf('/models/digits/samples/7.png')).toBe('image/png');
    expect(await typeOf('/models/photos/dog.jpg')).toBe('image/jpeg');
    const weights = await ask(address, '/models/efficientnet-lite0/group1-shard1of2.bin');
    expect(weights.headers['content-type']).toBe('application/octet-stream');
    expect(weights.body.equals(readFileSync(join(root, 'models/efficientnet-lite0/group1-shard1of2.bin')))).toBe(true);
  });

  test('HEAD tells the same without the body; other methods are refused', async () => {
    const [whole, head] = [await ask(address, '/'), await ask(address, '/', 'HEAD')];
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(head.headers['content-length']).toBe(String(whole.body.length));
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await ask(address, '/', method);
      expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD']);
    }
  });

  test.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/../../package.json',
    '/assets/..%5c..%5cpackage.json',
    '/%252e%252e/package.json',
    `/${encodeURIComponent(join(root, 'package.json'))}`,
    `//${join(root, 'package.json')}`,
    '/models',
    '/index.html%00.js',
    '/nothing',
  ])('%s is not there', async (path) => {
    const { status, body } = await ask(address, path);
    expect([status, body.toString()]).toEqual([404, '404\n']);
  });

  test('a path that cannot be decoded is a bad request, and the server goes on', async () => {
    expect((await ask(address, '/%E0%A4%A')).status).toBe(400);
    expect((await ask(address, '/%')).status).toBe(400);
    expect((await ask(address, '/')).status).toBe(200);
  });

  test('no other interface of this machine answers', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address: host } of others) {
      const socket = connect(port, host);
      const outcome = await new Promise((resolve) => {
        socket.once('connect', () => resolve('open'));
        socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code));
      });
      socket.destroy();
      expect(outcome).toBe('ECONNREFUSED');
    }
  });
});

describe('ends', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('on %s with %i and one line, and frees the port', async (signal, code) => {
    const { program, address, said } = await start(['--no-open', '--port', '0']);
    await ask(address, '/');
    const kept = connect(Number(new URL(address).port), '127.0.0.1'); // a connection that stays open holds nothing up
    await once(kept, 'connect');
    kept.on('error', () => undefined);
    program.kill(signal);
    expect(await once(program, 'exit')).toEqual([code, null]);
    await expect.poll(said).toBe(`Ctrl-C ends it\nigos: stopped by ${signal}\n`);
    await start(['--no-open', '--port', new URL(address).port]);
  });

  test('a port in use is one line and exit code 1', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const { code, stdout, stderr } = await igos(['playground', '--no-open', '--port', String(port)], { cwd: here });
    other.close();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `igos: port ${port} is in use by another program: --port names another one, --port 0 takes any that is free\n`,
    );
  });

  test.each(['65536', '-1', 'eighty', '80.5', ''])('--port=%s is wrong use', async (port) => {
    const { code, stdout, stderr } = await igos(['playground', '--no-open', `--port=${port}`], { cwd: here });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^igos: .*--port <n>.*whole number at least 0 and at most 65535\.\n$/);
  });
});

describe.runIf(process.platform === 'linux')('the browser', () => {
  const opened = join(here, 'opened');
  /** A folder of programs with an `xdg-open` that notes what it is given. */
  function programs(name: string, script: string): string {
    const folder = join(here, name);
    mkdirSync(folder);
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'xdg-open'), 0o755);
    return folder;
  }

  test('is given the address', async () => {
    const env = { PATH: programs('works', `echo "$@" > ${opened}`), WSL_DISTRO_NAME: '' };
    const { address, said } = await start(['--port', '0'], { env });
    await expect.poll(() => readFileSync(opened, { encoding: 'utf8', flag: 'a+' })).toBe(`${address}\n`);
    await expect.poll(said).toBe('Ctrl-C ends it\n');
  });

  test.each([
    ['is missing', { PATH: here }],
    ['fails', { PATH: programs('fails', 'exit 3') }],
  ])('that %s is told, and the page is served', async (_, env) => {
    const { address, said } = await start(['--port', '0'], { env: { ...env, WSL_DISTRO_NAME: '' } });
    await expect.poll(said).toContain('no browser could be opened: open the address yourself\n');
    expect((await ask(address, '/')).status).toBe(200);
  });
});

describe('the packed command', () => {
  const packed = join(here, 'packed');
  const cli = join(packed, 'packages/cli');
  beforeAll(() => {
    // beside a copy, since what is packed lies in the package for a moment, where other tests would find a half of it
    mkdirSync(join(packed, 'packages'), { recursive: true });
    for (const part of ['bin', 'dist', 'schema', 'scripts', 'package.json']) {
      cpSync(join(root, 'packages/cli', part), join(cli, part), { recursive: true });
    }
    for (const linked of ['models', 'packages/playground', 'node_modules']) {
      symlinkSync(join(root, linked), join(packed, linked));
    }
    execFileSync('npm', ['pack', '--pack-destination', packed, '--loglevel=error'], { cwd: cli });
    rmSync(join(packed, 'packages'), { recursive: true });
    execFileSync('sh', ['-c', 'tar xzf *.tgz'], { cwd: packed });
  }, 120_000);

  test('has the page, with the models that it has anyway', async () => {
    const list = execFileSync('find', ['package', '-name', '*.bin'], { cwd: packed, encoding: 'utf8' });
    expect(list.trim().split('\n')).toHaveLength(3); // of the digits and, in two parts, of EfficientNet-Lite0: none twice
    const binary = join(packed, 'package/bin/igos.js');
    const { address } = await start(['--no-open', '--port', '0'], { binary });
    const { body } = await ask(address, '/');
    const [, script] = /src="\.\/(assets\/[^"]+)"/.exec(body.toString()) ?? [];
    for (const path of [script, 'models/digits/model.json', 'models/digits/samples/7.png', 'models/photos/dog.jpg']) {
      const { status, body: served } = await ask(address, `/${path}`);
      expect([path, status]).toEqual([path, 200]);
      expect(served.equals(readFileSync(join(root, 'packages/playground/dist', path ?? '')))).toBe(true);
    }
  });
});
