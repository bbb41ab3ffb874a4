import { settle, type Shot, type Stage } from '../shot.ts';

async function openIntegrity({ page }: Stage): Promise<void> {
  await page.getByRole('treeitem', { name: /^Integrity/ }).click();
  await settle(page);
}

/** The integrity view: sound, damaged in several ways, never checked, checking. */
export const INTEGRITY_SHOTS: readonly Shot[] = [
  { name: 'integrity', store: 'corrupt-parent-missing', act: openIntegrity },
  { name: 'integrity-sound', act: openIntegrity },
  { name: 'integrity-altered', store: 'corrupt-object-altered', act: openIntegrity },
  { name: 'integrity-empty', store: 'empty', act: openIntegrity },
  { name: 'integrity-unreadable', store: 'corrupt-not-a-database', act: openIntegrity },
  { name: 'integrity-large', store: 100_000, act: openIntegrity },
  {
    name: 'integrity-checking',
    store: 100_000,
    act: async (stage) => {
      await openIntegrity(stage);
      await stage.page
        .getByRole('button', { name: /^Check/ })
        .first()
        .click();
      await stage.page.waitForTimeout(300);
    },
  },
];
