import { BackendUnavailableError } from '@igos/autograd';
import { availableGpuModes, createGpuBackend, gpuAdapters, recommendedGpuMode } from '@igos/autograd/gpu';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Kernel, Pipeline } from '../../packages/autograd/src/gpu/library.ts';
import { checkKernelMode, checkPipelineMode } from '../../packages/autograd/src/gpu/mode-checks.ts';

afterEach(() => vi.unstubAllGlobals());

interface Info {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly device?: string;
  readonly description?: string;
  readonly isFallbackAdapter?: boolean;
}

/** A page, or a Node with WebGPU, whose adapter says this of itself; none gives no adapter. */
function stubWebGpu(info: Info | undefined, device: object = {}): void {
  const unknown = { vendor: '', architecture: '', device: '', description: '' };
  const adapter = info && { info: { ...unknown, ...info }, limits: {}, requestDevice: async () => device };
  vi.stubGlobal('navigator', { gpu: { requestAdapter: async () => adapter ?? null } });
}

/** A page whose WebGL 2 is drawn by this. */
function stubWebGl2(renderer: string): void {
  const context = {
    RENDERER: 0,
    getExtension: (name: string) => (name === 'WEBGL_debug_renderer_info' ? { UNMASKED_RENDERER_WEBGL: 1 } : null),
    getParameter: (which: number) => (which === 1 ? renderer : 'WebKit WebGL'),
  };
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext() {
        return context;
      }
    },
  );
}

const cards: readonly Info[] = [
  { vendor: 'nvidia', architecture: 'hopper', device: '0x2330', description: 'NVIDIA H100' },
  { vendor: 'apple', architecture: 'metal-3' },
  { vendor: 'intel', architecture: 'gen-12lp', isFallbackAdapter: false },
];
const programs: readonly Info[] = [
  { vendor: 'google', architecture: 'swiftshader' },
  { vendor: 'mesa', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' },
  { vendor: 'microsoft', device: '0x8c', description: 'Microsoft Basic Render Driver' },
  { vendor: 'somebody', isFallbackAdapter: true },
];

describe('which mode a page had best take', () => {
  test.each(cards)('WebGPU on $vendor', async (info) => {
    stubWebGpu(info);
    stubWebGl2('ANGLE (NVIDIA, NVIDIA GeForce RTX 3060)');
    expect(await recommendedGpuMode()).toBe('webgpu');
  });

  test.each(programs)('never the program of $vendor that stands in for a card', async (info) => {
    stubWebGpu(info);
    expect(await recommendedGpuMode()).toBeUndefined();
    stubWebGl2('ANGLE (Apple, ANGLE Metal Renderer: Apple M2)');
    expect(await recommendedGpuMode()).toBe('webgl2');
    stubWebGl2('Google SwiftShader');
    expect(await recommendedGpuMode()).toBeUndefined();
  });

  test('WebGL 2 where WebGPU finds no adapter, none where there is neither', async () => {
    stubWebGpu(undefined);
    stubWebGl2('ANGLE (Intel, Mesa Intel(R) UHD Graphics 620 (KBL GT2), OpenGL 4.6)');
    expect(await recommendedGpuMode()).toBe('webgl2');
    vi.unstubAllGlobals();
    expect(await recommendedGpuMode()).toBeUndefined();
  });
});

describe('what the graphics modes would run on', () => {
  test('is nothing in Node', async () => {
    expect(await gpuAdapters()).toEqual({});
  });

  test('is told by name, with whether it is a card', async () => {
    stubWebGpu(cards[0]);
    stubWebGl2('Google SwiftShader');
    expect(await gpuAdapters()).toEqual({
      webgpu: { name: 'nvidia hopper 0x2330 NVIDIA H100', isSoftware: false },
      webgl2: { name: 'Google SwiftShader', isSoftware: true },
    });
    stubWebGpu(undefined);
    expect(Object.keys(await gpuAdapters())).toEqual(['webgl2']);
  });
});

describe('modes that can run', () => {
  test('in Node are webasm and cpu, the faster first', async () => {
    expect(await availableGpuModes()).toEqual(['webasm', 'cpu']);
  });

  test('begin with a graphics card and end with a program that stands in for one', async () => {
    stubWebGpu(cards[0]);
    expect(await availableGpuModes()).toEqual(['webgpu', 'webasm', 'cpu']);
    stubWebGpu(programs[0]);
    expect(await availableGpuModes()).toEqual(['webasm', 'webgpu', 'cpu']);
    stubWebGpu(undefined);
    expect(await availableGpuModes()).toEqual(['webasm', 'cpu']);
  });
});

describe('a mode that cannot run here is refused', () => {
  test.each(['webgl2', 'webgpu'] as const)('%s by an error that a program can tell from others', async (mode) => {
    await expect(createGpuBackend(mode)).rejects.toThrow(BackendUnavailableError);
    await expect(createGpuBackend(mode)).rejects.toHaveProperty('name', 'BackendUnavailableError');
  });

  test('webgl2 outside of a page', async () => {
    await expect(createGpuBackend('webgl2')).rejects.toThrow('gpujs:webgl2 is not available here; webasm, cpu are');
  });

  test('webgpu without the package for Node, with what to do', async () => {
    await expect(createGpuBackend('webgpu')).rejects.toThrow(
      /^gpujs:webgpu in Node needs the package webgpu, version 0\.6\.2: npm install webgpu@0\.6\.2 \(.+\)$/,
    );
  });

  test('webgpu without an adapter', async () => {
    stubWebGpu(undefined);
    await expect(createGpuBackend('webgpu')).rejects.toThrow('gpujs:webgpu finds no adapter here');
  });

  test('webgpu of a package that does not take what GPU.js asks of it, with what to do', async () => {
    const device = { lost: new Promise(() => {}) };
    Object.defineProperty(device, 'onuncapturederror', {
      set: () => {
        throw new Error('unimplemented');
      },
    });
    stubWebGpu(cards[0], device);
    await expect(createGpuBackend('webgpu')).rejects.toThrow(
      /^gpujs:webgpu cannot use nvidia hopper 0x2330 NVIDIA H100: unimplemented; .*npm install webgpu@0\.6\.2$/,
    );
  });
});

describe('a kernel that GPU.js let fall back is an error', () => {
  const kernel = (mode: string, fallbackReason: string | null) =>
    ({ kernel: { constructor: { mode }, fallbackReason } }) as Kernel;
  const pipeline = (part: Partial<Pipeline>) => ({ fallbackReason: null, plan: null, ...part }) as Pipeline;

  test('alone', () => {
    expect(() => checkKernelMode(kernel('webasm', null), 'webasm')).not.toThrow();
    expect(() => checkKernelMode(kernel('gpu', null), 'webgl2')).not.toThrow();
    expect(() => checkKernelMode(kernel('webgpu', null), 'webgpu')).not.toThrow();
    expect(() => checkKernelMode(kernel('cpu', 'no such thing'), 'webasm')).toThrow(
      'GPU.js was asked for webasm and ran cpu: no such thing',
    );
    expect(() => checkKernelMode(kernel('cpu', null), 'webgl2')).toThrow('asked for webgl2 and ran cpu');
    expect(() => checkKernelMode(kernel('gpu', null), 'webgpu')).toThrow('asked for webgpu and ran gpu');
  });

  test('as a whole pipeline', () => {
    const inWasm = { backend: 'webasm', executorKind: 'fused-threaded' };
    expect(() => checkPipelineMode(pipeline(inWasm), 'webasm')).not.toThrow();
    const inOneSubmission = { backend: 'webgpu', executorKind: 'fused-encoder' };
    expect(() => checkPipelineMode(pipeline(inOneSubmission), 'webgpu')).not.toThrow();
    for (const mode of ['webasm', 'webgpu'] as const) {
      const generic = pipeline({ backend: mode, executorKind: 'generic', fallbackReason: 'too odd' });
      expect(() => checkPipelineMode(generic, mode)).toThrow(`ran ${mode} (generic): too odd`);
    }
  });

  test('as one kernel of a pipeline', () => {
    const genericClones = new Map([['k', kernel('cpu', null)]]);
    const mixed = pipeline({ backend: 'gpu', executorKind: 'generic', plan: { genericClones } });
    expect(() => checkPipelineMode(mixed, 'webgl2')).toThrow('asked for webgl2 and ran cpu');
  });
});
