import type { RgbImage } from 'igos/pictures';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { paint } from '../draw/canvas.ts';

/** A picture with a caption under it and its text equivalent. */
export function Picture({
  image,
  text,
  caption,
  aspect,
}: {
  readonly image: RgbImage | undefined;
  /** What it shows, for those who do not see it. */
  readonly text: string;
  readonly caption?: ComponentChildren;
  /** Width over height that it is shown with; that of the style sheet unless given. */
  readonly aspect?: number | undefined;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current && image) paint(canvas.current, image);
  }, [image]);
  return (
    <figure class="picture">
      <canvas
        ref={canvas}
        {...(image ? { role: 'img', 'aria-label': text } : { 'aria-hidden': true, 'data-empty': '' })}
        style={{ aspectRatio: aspect?.toString() }}
      />
      {caption && <figcaption>{caption}</figcaption>}
    </figure>
  );
}
