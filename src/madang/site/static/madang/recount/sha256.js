// SHA-256 of many short inputs at once in the thread that asks; WebCrypto answers each call too late for that.

const K = new Int32Array(64);
const START = new Int32Array(8);
{
  // The constants of FIPS 180-4: fractional parts of the roots of the first primes.
  const part = (number) => ((number - Math.floor(number)) * 2 ** 32) | 0;
  for (let found = 0, number = 2; found < 64; number++) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) prime = false;
    if (!prime) continue;
    if (found < 8) START[found] = part(Math.sqrt(number));
    K[found++] = part(Math.cbrt(number));
  }
}

const words = new Int32Array(64);
const state = new Int32Array(8);
let padded = new Uint8Array(1024);

function block(bytes, offset) {
  for (let i = 0; i < 16; i++, offset += 4) {
    words[i] = (bytes[offset] << 24) | (bytes[offset + 1] << 16) | (bytes[offset + 2] << 8) | bytes[offset + 3];
  }
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15], y = words[i - 2];
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
  }
  state[0] = (state[0] + a) | 0; state[1] = (state[1] + b) | 0; state[2] = (state[2] + c) | 0;
  state[3] = (state[3] + d) | 0; state[4] = (state[4] + e) | 0; state[5] = (state[5] + f) | 0;
  state[6] = (state[6] + g) | 0; state[7] = (state[7] + h) | 0;
}

// Returns the 32 bytes of the hash over the first `length` bytes.
export function sha256(bytes, length = bytes.length) {
  state.set(START);
  const whole = length - (length % 64);
  for (let offset = 0; offset < whole; offset += 64) block(bytes, offset);
  const rest = length - whole;
  const end = rest < 56 ? 64 : 128;
  padded.fill(0, 0, end);
  padded.set(bytes.subarray(whole, length));
  padded[rest] = 128;
  const bits = length * 8;
  for (let i = 0, high = Math.floor(bits / 2 ** 32); i < 4; i++) {
    padded[end - 1 - i] = (bits >>> (8 * i)) & 255;
    padded[end - 5 - i] = (high >>> (8 * i)) & 255;
  }
  for (let offset = 0; offset < end; offset += 64) block(padded, offset);
  const hash = new Uint8Array(32);
  for (let i = 0; i < 32; i++) hash[i] = state[i >> 2] >>> (24 - 8 * (i & 3));
  return hash;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const DIGIT = new Int8Array(128).fill(-1);
for (let digit = 0; digit < 16; digit++) DIGIT[digit.toString(16).charCodeAt(0)] = digit;

export function hex(bytes) {
  let text = "";
  for (const byte of bytes) text += HEX[byte];
  return text;
}

// Writes what hexadecimal digits stand for into `target` from `offset` on.
export function fromHexInto(text, target, offset) {
  for (let i = 0; i < text.length; i += 2) {
    const high = DIGIT[text.charCodeAt(i) & 127], low = DIGIT[text.charCodeAt(i + 1) & 127];
    if (high < 0 || !(low >= 0)) throw new Error("not hexadecimal");
    target[offset++] = high * 16 + low;
  }
}

export function fromBase64(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
