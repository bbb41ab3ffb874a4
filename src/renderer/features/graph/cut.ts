/**
 * A text of at most `most` characters: a longer one loses its middle, since names differ at their ends. Characters
 * of two units stay whole.
 */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.max(1, Math.min(most - 2, Math.ceil((most - 1) * 0.55)));
  const tail = Math.max(1, most - 1 - head);
  const first = Array.from(text.slice(0, head * 2 + 1)).slice(0, head);
  const last = Array.from(text.slice(-tail * 2)).slice(-tail);
  if (first.length + last.length >= text.length) return text;
  return `${first.join('').trimEnd()}…${last.join('').trimStart()}`;
}

/** A text of at most `most` characters that loses its end; for prose, of which the first words matter. */
export function cutEnd(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${Array.from(text.slice(0, most * 2))
    .slice(0, most - 1)
    .join('')}…`;
}

const NARROW = /[iljtfrI.,:;'|!()[\]/\\ ]/;
const WIDE = /[mwMW@%—…]/;
const CAPITAL = /[A-Z0-9_#&?+=~<>-]/;

/** About how wide a text is in Inter of `size` px, at least as wide as it is drawn: names are fitted by it unmeasured. */
export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const sign of text) {
    if (sign > '\u2000' || sign > '\u02ff') em += sign > '\u1100' ? 1.35 : 0.8;
    else if (NARROW.test(sign)) em += 0.4;
    else if (WIDE.test(sign)) em += 0.98;
    else if (CAPITAL.test(sign)) em += 0.74;
    else em += 0.62;
  }
  return em * size;
}

/** The text, cut in its middle until it is at most `room` px wide in Inter of `size` px. */
export function fitMiddle(text: string, room: number, size: number): string {
  // nothing fits more signs than this, and a name may have ten thousand
  let cut = cutMiddle(text, Math.max(3, Math.floor(room / (size * 0.3))));
  for (let most = Math.min([...cut].length - 1, 200); most >= 3 && textWidth(cut, size) > room; most -= 1) {
    cut = cutMiddle(text, most);
  }
  return cut;
}
