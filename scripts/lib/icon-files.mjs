/** The size of a PNG image in pixels, from its header. */
export function pngSize(png) {
  const signature = png.subarray(0, 8).toString('latin1');
  if (signature !== '\u0089PNG\r\n\u001a\n') throw new Error('not a PNG image');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/** A Windows icon of PNG images, each square and at most 256 pixels wide. */
export function makeIco(images) {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let at = head.length;
  for (const [index, png] of images.entries()) {
    const entry = 6 + 16 * index;
    const { width } = pngSize(png);
    // 0 stands for 256
    head.writeUInt8(width % 256, entry);
    head.writeUInt8(width % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += png.length;
  }
  return Buffer.concat([head, ...images]);
}

/** The types of an Apple icon by the pixels of their image; several stand for the same number of pixels. */
const ICNS_TYPES = new Map([
  [16, ['icp4']],
  [32, ['icp5', 'ic11']],
  [64, ['ic12']],
  [128, ['ic07']],
  [256, ['ic08', 'ic13']],
  [512, ['ic09', 'ic14']],
  [1024, ['ic10']],
]);

/** An Apple icon of PNG images. */
export function makeIcns(images) {
  const parts = images.flatMap((png) =>
    (ICNS_TYPES.get(pngSize(png).width) ?? []).map((type) => {
      const head = Buffer.alloc(8);
      head.write(type, 'latin1');
      head.writeUInt32BE(png.length + 8, 4);
      return Buffer.concat([head, png]);
    }),
  );
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}
