/** Two triangles that cover everything, as corners from −1 to 1 and then from 0 to 1: what every GPU.js kernel draws. */
const corners = Float32Array.of(-1, -1, 1, -1, -1, 1, 1, 1, 0, 0, 1, 0, 0, 1, 1, 1);

/**
 * Every kernel draws with the vertices of the kernel that was built last. Once that one is destroyed, the others would
 * draw nothing and leave their old results: so vertices that stay take the place of those that are deleted.
 */
export function keepVertices(context: WebGL2RenderingContext): void {
  const lasting = context.createBuffer();
  context.bindBuffer(context.ARRAY_BUFFER, lasting);
  context.bufferData(context.ARRAY_BUFFER, corners, context.STATIC_DRAW);
  context.deleteBuffer = (buffer) => {
    const orphans = [0, 1]
      .filter((place) => context.getVertexAttrib(place, context.VERTEX_ATTRIB_ARRAY_BUFFER_BINDING) === buffer)
      .map((place) => ({ place, offset: context.getVertexAttribOffset(place, context.VERTEX_ATTRIB_ARRAY_POINTER) }));
    WebGL2RenderingContext.prototype.deleteBuffer.call(context, buffer);
    context.bindBuffer(context.ARRAY_BUFFER, lasting);
    for (const { place, offset } of orphans) context.vertexAttribPointer(place, 2, context.FLOAT, false, 0, offset);
  };
}
