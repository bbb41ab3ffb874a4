import { expect, type Page } from '@playwright/test';

/** By how many pixels the page is larger than the window; a window of panes never scrolls as a whole. */
export function overflow(page: Page): Promise<{ across: number; down: number }> {
  return page.locator('html').evaluate((html) => ({
    across: html.scrollWidth - html.clientWidth,
    down: html.scrollHeight - html.clientHeight,
  }));
}

const CONTROLS =
  'button, input, select, textarea, a[href], [role=tab], [role=treeitem], [role=option], [role=menuitem], [role=separator][tabindex]';

/**
 * What of the visible controls can't be reached: cut off by the window, or covered by something else, after being
 * scrolled into view. Each by its role and name; empty is good.
 */
export function outOfReach(page: Page, within = 'body'): Promise<string[]> {
  return page
    .locator(within)
    .first()
    .evaluate((root, controls) => {
      const document = root.ownerDocument;
      const view = document.defaultView!;
      const wrong: string[] = [];
      for (const control of root.querySelectorAll(controls)) {
        if (control.closest('[aria-hidden=true], .monaco-editor, [inert]') !== null) continue;
        const style = view.getComputedStyle(control);
        if (style.visibility === 'hidden' || control.getClientRects().length === 0) continue;
        control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
        const box = control.getBoundingClientRect();
        const name = `${control.getAttribute('role') ?? control.tagName.toLowerCase()} ${control.getAttribute('aria-label') ?? control.textContent}`;
        const inside =
          box.left >= -1 &&
          box.top >= -1 &&
          box.right <= view.innerWidth + 1 &&
          box.bottom <= view.innerHeight + 1;
        const front = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        const covered = front === null || !(control.contains(front) || front.contains(control));
        if (!inside) wrong.push(`cut off: ${name}`);
        else if (covered) wrong.push(`covered: ${name}`);
      }
      return wrong;
    }, CONTROLS);
}

/** Fails when the element with the focus does not show it: a ring around it, or on the part that stands for it. */
export async function expectFocusShown(page: Page): Promise<void> {
  const focused = page.locator(':focus');
  await expect(focused, 'something has the focus').toHaveCount(1);
  const shown = await focused.evaluate((element) => {
    const view = element.ownerDocument.defaultView!;
    const ringed = (at: typeof element) => {
      const style = view.getComputedStyle(at);
      const after = view.getComputedStyle(at, '::after');
      return (
        [style, after].some((of) => of.outlineStyle !== 'none' && parseFloat(of.outlineWidth) > 0) ||
        style.boxShadow !== 'none'
      );
    };
    let at: typeof element | null = element;
    for (let up = 0; at !== null && up < 3; up += 1) {
      if (ringed(at)) return true;
      at = at.parentElement;
    }
    return ringed(element) || element.querySelector('[aria-selected=true]') !== null;
  });
  expect(shown, `the focus is to be seen on ${await nameOfFocus(page)}`).toBe(true);
}

/** Role and name of the element with the focus, such as `button Settings`. */
export function nameOfFocus(page: Page): Promise<string> {
  return page
    .locator(':focus')
    .evaluateAll(([element]) =>
      element === undefined
        ? 'nothing'
        : `${element.getAttribute('role') ?? element.tagName.toLowerCase()} ${(element.getAttribute('aria-label') ?? element.textContent).trim()}`,
    );
}
