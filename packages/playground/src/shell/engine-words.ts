import type { EngineName } from '../engine/engine-names.ts';
import type { InEvery } from '../words/language.ts';

const en = {
  title: 'What computes',
  names: {
    wasm: 'WebAssembly, on the processor',
    'gpujs:webgpu': 'WebGPU, on the graphics card',
    'gpujs:webgl2': 'WebGL 2, on the graphics card',
  } satisfies Readonly<Record<EngineName, string>>,
  threads: (threads: number) => (threads === 1 ? 'one thread' : `${threads} threads`),
  speed: (evaluations: string) => `${evaluations} network evaluations a second`,
  about:
    'A network evaluation is one picture that goes through this network, forwards or backwards; an iteration of I-GOS takes some forty. The number follows every run. The same link gives the same pixels only where the same engine computes.',
  looking: 'looking for it…',
  missing: 'not in this browser, or no graphics card for it',
  software: (name: string) => `${name}: a program that stands in for a graphics card, slower than WebAssembly`,
  measure: 'Measure the speed of each',
  measuring: (name: string) => `Measuring: ${name}…`,
  stop: 'Stop',
};

export type EngineWords = typeof en;

const zh: EngineWords = {
  title: '计算引擎',
  names: {
    wasm: 'WebAssembly（处理器）',
    'gpujs:webgpu': 'WebGPU（显卡）',
    'gpujs:webgl2': 'WebGL 2（显卡）',
  },
  threads: (threads) => `${threads} 个线程`,
  speed: (evaluations) => `每秒 ${evaluations} 次网络计算`,
  about:
    '一次网络计算指一张图片前向或反向通过这个网络一次；I-GOS 的一次迭代大约需要四十次。每次运行时这个数字都会更新。只有引擎相同，同一个链接才会给出完全相同的像素。',
  looking: '正在查找……',
  missing: '此浏览器不支持，或没有可用的显卡',
  software: (name) => `${name}：由程序模拟的显卡，比 WebAssembly 慢`,
  measure: '测量各引擎的速度',
  measuring: (name) => `正在测量：${name}……`,
  stop: '停止',
};

export const engineWords: InEvery<EngineWords> = { en, zh };
