import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchReader, filesReader } from '@igos/autograd/browser';
import { folderReader } from '@igos/autograd/node';
import { checkPath, loadModel, MissingFileError, ModelError, type ReadFile } from '@igos/autograd/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fixtureFiles } from '../support/tfjs-files.ts';

const attacks = [
  '..',
  '../secret',
  'a/../../secret',
  'a/..',
  './../secret',
  '.',
  './a',
  'a/./b',
  '',
  '/',
  '/etc/passwd',
  '//host/share',
  'a//b',
  'a/',
  '\\',
  '..\\secret',
  'a\\..\\..\\secret',
  '\\\\host\\share',
  '\\\\?\\C:\\secret',
  'C:\\secret',
  'C:secret',
  'c:/secret',
  'file.bin:stream',
  'file:///etc/passwd',
  'FILE:/etc/passwd',
  'http://host/a',
  'https://host/a',
  'data:text/plain,a',
  'blob:null/a',
  'javascript:1',
  'a\0b',
  '\0',
  'a\nb',
  'a\u007f',
  '%2e%2e/secret',
  '%2E%2E%2Fsecret',
  '..%2fsecret',
  '..%5csecret',
  '%00',
  'a%2f..%2f..',
  '.. /secret',
  ' ../secret',
  '... /a',
  '. ./a',
  '...',
  '....//',
  'a/...',
  ' ',
  'a/ /b',
  'con',
  'NUL',
  'nul.bin',
  'aux.json',
  'a/COM1',
  'lpt9.txt',
  'prn',
  `${'a/'.repeat(600)}b`,
];

test('every path attack is refused', () => {
  const passed = attacks.filter((path) => {
    try {
      checkPath(path, 'test');
      return true;
    } catch (error) {
      return !(error instanceof ModelError);
    }
  });
  expect(passed).toEqual([]);
  expect(attacks.length).toBeGreaterThan(50);
});

test('ordinary names pass', () => {
  const names = [
    'model.json',
    'group1-shard1of2',
    'a/b/c.bin',
    'weights (1).bin',
    '100%.bin',
    'größe.bin',
    '..a',
    'a..b',
  ];
  for (const name of names) expect(checkPath(name, 'test')).toBe(name);
});

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
let root: string;
let folder: string;
let server: Server;
let address: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'igos-readers-'));
  folder = join(root, 'model');
  await mkdir(join(folder, 'inner'), { recursive: true });
  await writeFile(join(root, 'secret'), 'secret');
  await writeFile(join(folder, 'plain.bin'), 'plain');
  await writeFile(join(folder, 'inner', 'deep.bin'), 'deep');
  await symlink(join(root, 'secret'), join(folder, 'link.bin'));
  await symlink(root, join(folder, 'linked'));
  await symlink(folder, join(root, 'alias'));
  await link(join(folder, 'plain.bin'), join(folder, 'hard.bin'));
  server = createServer((request, response) => {
    const served = { '/model/plain.bin': 'plain', '/model/inner/deep%20file': 'deep' }[request.url ?? ''];
    if (request.url === '/model/broken.bin') response.writeHead(500).end();
    else if (request.url === '/model/app') response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    else if (request.url === '/model/endless.bin') for (let i = 0; i < 64; i++) response.write('0'.repeat(65_536));
    else if (served === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(served);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(root, { recursive: true });
});

describe('folderReader', () => {
  test('reads files of the folder, also where the folder itself is a link', async () => {
    expect(text(await folderReader(folder)('plain.bin'))).toBe('plain');
    expect(text(await folderReader(folder)('inner/deep.bin'))).toBe('deep');
    expect(text(await folderReader(join(root, 'alias'))('plain.bin'))).toBe('plain');
  });

  test('reads hard links, which package managers make', async () => {
    expect(text(await folderReader(folder)('hard.bin'))).toBe('plain');
  });

  test('refuses links, folders and special files', async () => {
    for (const path of ['link.bin', 'linked/secret', 'inner']) {
      await expect(folderReader(folder)(path)).rejects.toThrow(/link or no plain file/);
    }
    await expect(folderReader('/dev')('null')).rejects.toThrow(ModelError);
  });

  test('tells a missing file from a damaged one', async () => {
    await expect(folderReader(folder)('absent.bin')).rejects.toThrow(MissingFileError);
    await expect(folderReader(folder)('plain.bin/more')).rejects.toThrow(ModelError);
    await expect(folderReader(join(root, 'nowhere'))('model.json')).rejects.toThrow(MissingFileError);
  });

  test('refuses a file that is longer than expected before reading it', async () => {
    await expect(folderReader(folder)('plain.bin', 4)).rejects.toThrow(/has 5 bytes; at most 4/);
  });
});

describe('fetchReader', () => {
  test('reads files under its address', async () => {
    expect(text(await fetchReader(`${address}/model`)('plain.bin'))).toBe('plain');
    expect(text(await fetchReader(`${address}/model/`)('inner/deep file'))).toBe('deep');
  });

  test('takes a page in place of a file for a missing file', async () => {
    await expect(fetchReader(`${address}/model`)('absent.bin')).rejects.toThrow(MissingFileError);
    await expect(fetchReader(`${address}/model`)('app')).rejects.toThrow(MissingFileError);
  });

  test('names the status of a failed request', async () => {
    await expect(fetchReader(`${address}/model`)('broken.bin')).rejects.toThrow(/status 500/);
  });

  test('stops a download that is longer than expected', async () => {
    await expect(fetchReader(`${address}/model`)('endless.bin', 100_000)).rejects.toThrow(/more than the expected/);
  });
});

describe('filesReader', () => {
  const file = (name: string, webkitRelativePath?: string) => ({
    ...(webkitRelativePath === undefined ? {} : { webkitRelativePath }),
    name,
    size: name.length,
    arrayBuffer: async () => new TextEncoder().encode(name).slice().buffer,
  });

  test('reads dropped files by name and chosen folders by path', async () => {
    const read = filesReader([file('a.bin'), file('b.bin', 'model/inner/b.bin')]);
    expect(text(await read('a.bin'))).toBe('a.bin');
    expect(text(await read('inner/b.bin'))).toBe('b.bin');
    await expect(read('c.bin')).rejects.toThrow(MissingFileError);
    await expect(read('a.bin', 2)).rejects.toThrow(/at most 2/);
  });
});

test('every reader refuses every unsafe path', async () => {
  const readers: ReadFile[] = [folderReader(folder), fetchReader(`${address}/model`), filesReader([])];
  for (const read of readers) {
    for (const path of attacks) await expect(read(path)).rejects.toThrow(/unsafe path/);
  }
});

test('a model in a folder below the reader finds its weights', async () => {
  const files = fixtureFiles('digits/graph-float32');
  const model = await loadModel(async (path) => files.get(path.replace('models/digits/', ''))!, {
    modelFile: 'models/digits/model.json',
    cardFile: false,
  });
  expect(model.format).toBe('graph-model');
});
