import { hasWebGpu } from './node-webgpu.ts';

/** What would do the work of a mode. */
export interface GpuAdapter {
  /** As its driver calls it. */
  readonly name: string;
  /** Whether it is a program that stands in for a graphics card: correct, and slower than WASM. */
  readonly isSoftware: boolean;
}

const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|software|basic render|\bwarp\b/i;

/**
 * What this page, or worker, has to offer the graphics modes; absent where there is nothing. It loads nothing, so that a
 * page can ask before it fetches GPU.js.
 */
export async function gpuAdapters(): Promise<{ readonly webgpu?: GpuAdapter; readonly webgl2?: GpuAdapter }> {
  const webgpu = await webGpuAdapter();
  const webgl2 = webGl2Adapter();
  return { ...(webgpu && { webgpu }), ...(webgl2 && { webgl2 }) };
}

/** The adapter that WebGPU gives; undefined where there is none. */
export async function webGpuAdapter(): Promise<GpuAdapter | undefined> {
  if (!hasWebGpu()) return undefined;
  const adapter = await navigator.gpu.requestAdapter().catch(() => null);
  if (!adapter) return undefined;
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  const name = [vendor, architecture, device, description].filter((part) => part !== '').join(' ');
  return { name, isSoftware: isFallbackAdapter === true || softwareNames.test(name) };
}

/** What draws for WebGL 2; undefined where a page has none. */
function webGl2Adapter(): GpuAdapter | undefined {
  const context = createWebGl2Context();
  if (!context) return undefined;
  const adapter = adapterOf(context);
  loseContext(context);
  return adapter;
}

/** A context that draws to textures only. */
export function createWebGl2Context(): WebGL2RenderingContext | undefined {
  if (typeof OffscreenCanvas === 'undefined') return undefined;
  const settings = { alpha: false, depth: false, antialias: false };
  return new OffscreenCanvas(1, 1).getContext('webgl2', settings) ?? undefined;
}

export function adapterOf(context: WebGL2RenderingContext): GpuAdapter {
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const name = String(context.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : context.RENDERER));
  return { name, isSoftware: softwareNames.test(name) };
}

/** Gives a context back; a page may have a few only. */
export function loseContext(context: WebGL2RenderingContext): void {
  context.getExtension('WEBGL_lose_context')?.loseContext();
}
