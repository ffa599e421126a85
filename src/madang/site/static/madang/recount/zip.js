// Reads the parts of an archive from its ZIP file, with limits on names, numbers and sizes.

const LARGEST = 1.5 * 2 ** 30;
const ENTRY = 0x02014b50, LOCAL = 0x04034b50, END = 0x06054b50;

export class UnableToRead extends Error {}

async function bytesOf(blob) {
  return new DataView(await blob.arrayBuffer());
}

async function directory(file) {
  const tail = await bytesOf(file.slice(-65557));
  let at = tail.byteLength - 22;
  while (at >= 0 && tail.getUint32(at, true) !== END) at--;
  if (at < 0) throw new UnableToRead("not a ZIP file");
  const count = tail.getUint16(at + 10, true), size = tail.getUint32(at + 12, true), from = tail.getUint32(at + 16, true);
  if (count > 20 || size > 65536) throw new UnableToRead("not the files of an archive");
  return { count, view: await bytesOf(file.slice(from, from + size)) };
}

async function inflated(blob, method, expected, name) {
  if (method !== 0 && method !== 8) throw new UnableToRead(`${name}: unknown compression`);
  const stream = method ? blob.stream().pipeThrough(new DecompressionStream("deflate-raw")) : blob.stream();
  const content = new Uint8Array(expected);
  let filled = 0;
  for (const reader = stream.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (filled + value.length > expected) throw new UnableToRead(`${name}: larger than it says`);
    content.set(value, filled);
    filled += value.length;
  }
  if (filled !== expected) throw new UnableToRead(`${name}: smaller than it says`);
  return content;
}

// Returns the content of every part by name; `names` are those that must be there, and no others.
export async function readZip(file, names, onPart) {
  const { count, view } = await directory(file);
  const parts = new Map();
  let sum = 0;
  for (let at = 0, number = 0; number < count; number++) {
    if (view.getUint32(at, true) !== ENTRY) throw new UnableToRead("a damaged ZIP file");
    const method = view.getUint16(at + 10, true), packed = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true), length = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, length));
    const offset = view.getUint32(at + 42, true);
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    sum += size;
    if (!names.includes(name) || parts.has(name) || sum > LARGEST) throw new UnableToRead(`${name}: does not belong here`);
    const head = await bytesOf(file.slice(offset, offset + 30));
    if (head.getUint32(0, true) !== LOCAL) throw new UnableToRead(`${name}: a damaged ZIP file`);
    const from = offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
    parts.set(name, await inflated(file.slice(from, from + packed), method, size, name));
    onPart(parts.size, names.length);
  }
  if (parts.size !== names.length) throw new UnableToRead("not the files of an archive");
  return parts;
}
