import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, cpus, platform, totalmem } from 'node:os';
import { startTorch } from '../peers/torch.ts';

/** Where the numbers were measured. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** GB */
  readonly memory: number;
  readonly system: string;
}

export type Versions = Readonly<Record<string, string>>;

export function describeMachine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memory: Math.round(totalmem() / 1e9),
    system: `${platform()} ${arch()}`,
  };
}

/** Of Node, of this project and of the peers that are installed. */
export async function findVersions(python: string): Promise<Versions> {
  const { node, v8 } = process.versions;
  const tfjs = installedVersion('@tensorflow/tfjs-backend-wasm');
  const onnx = installedVersion('onnxruntime-web');
  const torch = await torchVersions(python);
  return {
    igos: ownVersion(),
    node: `${node} (V8 ${v8})`,
    ...(tfjs && { tfjs }),
    ...(onnx && { 'onnxruntime-web': onnx }),
    ...(torch && { torch: torch.torch, python: torch.python }),
  };
}

async function torchVersions(python: string) {
  try {
    const torch = await startTorch(python);
    torch.close();
    return torch.versions;
  } catch {
    return undefined; // the rows that need it say so
  }
}

function ownVersion(): string {
  return versionIn(new URL('../../packages/igos/package.json', import.meta.url));
}

function installedVersion(name: string): string | undefined {
  try {
    const main = createRequire(import.meta.url).resolve(name);
    const folder = main.slice(0, main.lastIndexOf(`/${name}/`) + name.length + 2);
    return versionIn(`${folder}package.json`);
  } catch {
    return undefined;
  }
}

function versionIn(file: string | URL): string {
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
