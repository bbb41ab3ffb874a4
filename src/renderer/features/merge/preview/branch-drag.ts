import { announce } from '../../../ui/announce.ts';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import './branch-drag.css';

/** A branch that is dragged, and what happens when it is let go over another one. */
export type BranchDrag = {
  readonly source: string;
  readonly name: string;
  /** the lane colour, 1 to 8 */
  readonly colour: number;
  readonly onDrop: (into: string) => void;
  /** scrolls what is under the pointer while that is near its upper or lower end */
  readonly scroll?: (pixels: number) => void;
};

/** A press that moves less than this is a click, in px. */
const SLOP = 5;
/** How near to the end of the area the pointer has it scroll, in px. */
const EDGE = 36;
/** The fastest scrolling, in px for each frame. */
const FASTEST = 18;

/**
 * Watches a press on a branch: once it moves, the branch is dragged until it is let go, Esc is pressed or the window
 * loses it. It can be let go on whatever names a branch of the same source: an element with `data-branch`, or the row
 * of one, inside an element with `data-branches` that names the source. A press that does not move stays a click.
 */
export function watchBranchDrag(press: PointerEvent, drag: BranchDrag): void {
  if (press.button !== 0 || press.pointerType === 'touch' || !press.isPrimary) return;
  const pressed = press.target instanceof Element ? press.target : null;
  const area = pressed?.closest('[data-branches]') ?? null;
  const own = pressed?.closest('[data-branch]') ?? null;
  let shown: Shown | null = null;
  let frame = 0;
  let at = { x: press.clientX, y: press.clientY };

  const end = () => {
    for (const [type, listener] of listeners) window.removeEventListener(type, listener, true);
    cancelAnimationFrame(frame);
    shown?.remove();
    own?.removeAttribute('data-dragged');
    if (shown !== null) swallowClick();
    shown = null;
  };
  const move = (event: Event) => {
    if (!(event instanceof PointerEvent) || event.pointerId !== press.pointerId) return;
    at = { x: event.clientX, y: event.clientY };
    if (shown === null) {
      if (Math.hypot(at.x - press.clientX, at.y - press.clientY) < SLOP) return;
      shown = show(drag);
      own?.setAttribute('data-dragged', '');
      announce(`Dragging ${hintText(drag.name)}. Let it go on the branch to merge it into; Esc cancels.`);
      frame = requestAnimationFrame(scrollOn);
    }
    event.preventDefault();
    shown.follow(at, targetAt(at, drag));
  };
  const scrollOn = () => {
    const speed = area === null ? 0 : speedAt(at, area.getBoundingClientRect());
    if (speed !== 0) drag.scroll?.(speed);
    // what is under the pointer moves with the rows
    shown?.follow(at, targetAt(at, drag));
    frame = requestAnimationFrame(scrollOn);
  };
  const up = (event: Event) => {
    if (!(event instanceof PointerEvent) || event.pointerId !== press.pointerId) return;
    const target = shown === null ? null : targetAt({ x: event.clientX, y: event.clientY }, drag);
    end();
    if (target !== null) drag.onDrop(target.name);
  };
  const key = (event: Event) => {
    if (shown === null || !(event instanceof KeyboardEvent)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key !== 'Escape') return;
    end();
    announce('Not merged');
  };
  const listeners = [
    ['pointermove', move],
    ['pointerup', up],
    ['pointercancel', end],
    ['keydown', key],
    ['blur', (event: Event) => event.target === window && end()],
    ['contextmenu', end],
  ] as const;
  for (const [type, listener] of listeners) window.addEventListener(type, listener, true);
}

type Target = { readonly name: string; readonly element: Element };

/** The branch under the pointer that this one can be merged into. */
function targetAt({ x, y }: { readonly x: number; readonly y: number }, drag: BranchDrag): Target | null {
  const under = document.elementFromPoint(x, y);
  if (under?.closest('[data-branches]')?.getAttribute('data-branches') !== drag.source) return null;
  const own = under.closest('[data-branch]');
  const candidates =
    own === null ? [...(under.closest('[role=row]')?.querySelectorAll('[data-branch]') ?? [])] : [own];
  for (const element of candidates) {
    const name = element.getAttribute('data-branch');
    if (name !== null && name !== drag.name) return { name, element };
  }
  return null;
}

function speedAt({ x, y }: { readonly x: number; readonly y: number }, box: DOMRect): number {
  if (x < box.left || x > box.right) return 0;
  const over = y < box.top + EDGE ? y - box.top - EDGE : y > box.bottom - EDGE ? y - box.bottom + EDGE : 0;
  return Math.max(-FASTEST, Math.min(FASTEST, (over / EDGE) * FASTEST));
}

type Shown = {
  readonly follow: (at: { readonly x: number; readonly y: number }, target: Target | null) => void;
  readonly remove: () => void;
};

/** What is dragged, beside the pointer, and a frame around where it would be let go. */
function show(drag: BranchDrag): Shown {
  const ghost = part('branch-ghost');
  const name = part('branch-ghost-name');
  name.style.setProperty('--lane', `var(--lane-${drag.colour})`);
  name.textContent = visibleText(drag.name);
  const words = part('branch-ghost-words');
  ghost.append(name, words);
  const frame = part('branch-frame');
  frame.hidden = true;
  document.body.append(frame, ghost);
  const root = document.documentElement;
  root.dataset['dragging'] = 'branch';
  let told: string | null = null;
  return {
    follow: ({ x, y }, target) => {
      const right = x + 12 + ghost.offsetWidth > window.innerWidth;
      ghost.style.transform = `translate(${right ? x - 12 - ghost.offsetWidth : x + 12}px, ${y + 10}px)`;
      words.textContent =
        target === null
          ? 'Let it go on a branch to merge it there'
          : `Merge into ${visibleText(target.name)}…`;
      ghost.toggleAttribute('data-over', target !== null);
      frame.hidden = target === null;
      root.toggleAttribute('data-no-target', target === null);
      if (target !== null) {
        const whole = target.element.closest('.g-badge-head') ?? target.element;
        const box = whole.getBoundingClientRect();
        frame.style.transform = `translate(${box.left - 3}px, ${box.top - 3}px)`;
        frame.style.width = `${box.width + 6}px`;
        frame.style.height = `${box.height + 6}px`;
      }
      if (target !== null && target.name !== told) announce(`Merge into ${hintText(target.name)}`);
      told = target?.name ?? null;
    },
    remove: () => {
      ghost.remove();
      frame.remove();
      delete root.dataset['dragging'];
      root.removeAttribute('data-no-target');
    },
  };
}

function part(className: string): HTMLElement {
  const made = document.createElement('div');
  made.className = className;
  made.setAttribute('aria-hidden', 'true');
  made.dataset['surface'] = 'raised';
  return made;
}

/** The press ends over another row than it began: the click that follows means nothing. */
function swallowClick(): void {
  window.addEventListener('click', swallow, { capture: true, once: true });
  window.setTimeout(() => window.removeEventListener('click', swallow, true), 0);
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
