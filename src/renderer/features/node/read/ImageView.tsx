import { Maximize2, Minimize2 } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../../../ui/button/Button.tsx';
import { formatBytes, formatCount } from '../../../ui/format.ts';
import { isDrawable } from './image.ts';
import { PartFrame } from './PartFrame.tsx';
import type { ImagePart } from './parts.ts';

/** A picture that lies in the content itself. It is drawn from its own bytes, by the form its first bytes show. */
export function ImageView({ part, bare }: { readonly part: ImagePart; readonly bare: boolean }) {
  const [whole, setWhole] = useState(false);
  const [broken, setBroken] = useState(false);
  const form = part.mime.slice('image/'.length).toUpperCase();
  const size =
    part.width === null || part.height === null
      ? ''
      : `${formatCount(part.width)} × ${formatCount(part.height)}, `;
  const drawable = isDrawable(part) && !broken;
  const detail = `${form}, ${size}${formatBytes(part.bytes)}`;
  return (
    <PartFrame
      path={part.path}
      title={part.title}
      kind="Picture"
      detail={detail}
      copy={() => `data:${part.mime};base64,${part.base64}`}
      copyLabel="Copy the picture as a data address"
      bare={bare}
      {...(drawable
        ? {
            tools: (
              <IconButton
                icon={whole ? Minimize2 : Maximize2}
                size="small"
                label={whole ? 'Fit the picture into the pane' : 'Show the picture in its own size'}
                pressed={whole}
                onClick={() => setWhole(!whole)}
              />
            ),
          }
        : {})}
    >
      {drawable ? (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a large picture scrolls
        <div
          className={`r-image ${whole ? 'r-image-whole' : ''}`}
          {...(whole ? { tabIndex: 0, role: 'region', 'aria-label': 'Picture in its own size' } : {})}
        >
          <img
            src={`data:${part.mime};base64,${part.base64}`}
            alt={detail}
            width={part.width ?? undefined}
            height={part.height ?? undefined}
            decoding="async"
            onError={() => setBroken(true)}
          />
        </div>
      ) : (
        <p className="r-words">
          {broken
            ? 'The bytes begin like a picture and can’t be drawn. They are all in the JSON.'
            : 'The picture names no size that can be drawn here. Its bytes are all in the JSON.'}
        </p>
      )}
    </PartFrame>
  );
}
