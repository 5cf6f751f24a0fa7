import { describe, expect, test } from 'vitest';

describe('the page that runs the browser tests', () => {
  test('may share memory between workers', () => {
    expect(crossOriginIsolated).toBe(true);
    expect(new SharedArrayBuffer(8).byteLength).toBe(8);
  });

  test('has WebGL2 that renders to float textures', () => {
    const gl = document.createElement('canvas').getContext('webgl2');
    expect(gl?.getExtension('EXT_color_buffer_float')).toBeTruthy();
  });

  test('has WebGPU, of a program that stands in for a graphics card', async () => {
    const adapter = await navigator.gpu.requestAdapter();
    expect(adapter?.info.architecture).toBe('swiftshader');
  });
});
