import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import { z } from 'zod';
import type { Result } from '../contract/failure.ts';
import { keepExport } from '../core/storage/exports.ts';
import { CHANNELS } from './channels.ts';

/** Answers a channel; the sender of each message is checked before. */
export type Handle = (
  channel: string,
  answer: (window: BrowserWindow, argument: unknown) => Promise<unknown>,
) => void;

const nameSchema = z.string().min(1).max(200);
const keepSchema = z.object({ place: z.string().max(100), id: z.string().max(100) });

/** Places that a person chose and nothing was saved at yet; more are not kept. */
const MOST_PLACES = 8;

/**
 * Saves files that the engine made where the person wants them. The page names neither the file nor the place by a path:
 * the place by what the dialog gave it, the file by its id. `data`: the app folder.
 */
export function answerSaving(handle: Handle, data: string): void {
  const places = new Map<string, string>();
  handle(CHANNELS.saveAs, async (window, argument) => {
    const name = nameSchema.parse(argument);
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: 'Save',
      defaultPath: basename(name),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    if (canceled || filePath === '') return null;
    const place = randomUUID();
    places.set(place, filePath);
    const [oldest] = places.keys();
    if (places.size > MOST_PLACES && oldest !== undefined) places.delete(oldest);
    return place;
  });
  handle(CHANNELS.keepExport, async (_window, argument): Promise<Result<string>> => {
    const { place, id } = keepSchema.parse(argument);
    const target = places.get(place);
    if (target === undefined) throw new Error('Nobody chose this place.');
    places.delete(place);
    const kept = await keepExport(data, id, target);
    return kept.ok ? { ok: true, value: target } : kept;
  });
}
