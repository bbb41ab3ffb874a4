import { CROWDED, settle, type Shot, type Stage } from '../shot.ts';

async function openIntegrity({ page }: Stage): Promise<void> {
  await page.getByRole('treeitem', { name: /^Integrity/ }).click();
  await settle(page);
}

/** The integrity view: sound, damaged in several ways, never checked, checking. */
export const INTEGRITY_SHOTS: readonly Shot[] = [
  { name: 'integrity', store: 'corrupt-parent-missing', act: openIntegrity },
  {
    name: 'integrity-sound',
    act: async (stage) => {
      await openIntegrity(stage);
      await stage.page.getByText(/Checked and sound/).waitFor();
    },
  },
  { name: 'integrity-altered', store: 'corrupt-object-altered', act: openIntegrity },
  { name: 'integrity-empty', store: 'empty', act: openIntegrity },
  { name: 'integrity-many', store: CROWDED, act: openIntegrity },
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
