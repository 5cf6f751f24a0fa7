import { OutOfMemoryError } from '../errors.ts';
import { adapterOf, createWebGl2Context, loseContext } from './adapters.ts';
import type { ConstantStore } from './constant-store.ts';
import type { Constant } from './constants.ts';
import { type Device, lostError } from './device.ts';
import { createUpload, type Handle } from './handle.ts';
import type { Library } from './library.ts';
import { keepVertices } from './webgl2-vertices.ts';

/** Every WebGL 2 has 16 units for textures; GPU.js takes the last, and the one after the arguments, for its own use. */
const textureUnits = 14;

/** WebGL 2, in a page or a worker, with a context of its own. */
export function openWebGl2(library: Library): Device | undefined {
  const context = library.GPU.isWebGL2Supported ? createWebGl2Context() : undefined;
  if (!context) return undefined;
  keepVertices(context);
  // GPU.js makes the canvas as large as the largest texture; what draws to textures only needs none.
  const gpu = new library.GPU({ mode: 'webgl2', context, canvas: { width: 1, height: 1 } });
  const upload = createUpload(library, gpu) as (values: Float32Array) => Handle; // WebGL draws at once
  const lost = (cause?: unknown) => lostError('webgl2', 'its WebGL context', cause);
  return {
    mode: 'webgl2',
    library,
    gpu,
    name: adapterOf(context).name,
    target: {
      textureSide: context.getParameter(context.MAX_TEXTURE_SIZE),
      arrays: textureUnits,
      ordersConstants: true,
    },
    resident: { upload, settle: () => settle(context) },
    storeConstants: () => storeTextures(upload),
    run: async (task, { allocates }) => {
      if (context.isContextLost()) throw lost();
      const result = await task().catch((cause: unknown) => {
        throw context.isContextLost() ? lost(cause) : cause;
      });
      if (context.isContextLost()) throw lost();
      if (allocates && errorsOf(context).includes(context.OUT_OF_MEMORY)) {
        throw new OutOfMemoryError(
          'gpujs:webgl2 has too little memory on the GPU for this program: run fewer images at once',
        );
      }
      return result;
    },
    dispose: () => {
      const free = () => loseContext(context);
      void gpu.destroy().then(free, free);
    },
  };
}

/** WebGL remembers one error of each kind. */
function errorsOf(context: WebGL2RenderingContext): number[] {
  const error = context.getError();
  return error === context.NO_ERROR ? [] : [error, ...errorsOf(context)];
}

/** A pipeline of draws binds textures as they are, but would upload an array at every run. */
function storeTextures(upload: (values: Float32Array) => Handle): ConstantStore {
  const textures = new Map<Constant, Handle>();
  // GPU.js counts references: the pipeline has some of its own.
  const release = () => {
    for (const texture of textures.values()) texture.delete();
    textures.clear();
  };
  return {
    load: (constant) => {
      textures.set(constant, upload(constant.decode()));
    },
    of: (constant) => textures.get(constant),
    release,
    dispose: release,
  };
}

/** Asks again in tasks of a message channel: those of a timer come milliseconds late. */
function settle(context: WebGL2RenderingContext): Promise<void> {
  const fence = context.fenceSync(context.SYNC_GPU_COMMANDS_COMPLETE, 0);
  context.flush();
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      if (fence && context.clientWaitSync(fence, 0, 0) === context.TIMEOUT_EXPIRED) return port2.postMessage(0);
      context.deleteSync(fence);
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
