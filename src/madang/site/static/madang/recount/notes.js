// Signed notes (c2sp.org/signed-note) and witnesses' cosignatures (c2sp.org/tlog-cosignature), by the browser's Ed25519.

import { fromBase64, hex, sha256 } from "./sha256.js";

const encoder = new TextEncoder();

// Says whether this browser can check Ed25519; without a secure page there is no WebCrypto at all.
export async function canCheckSignatures() {
  try {
    await crypto.subtle.importKey("raw", new Uint8Array(32), "Ed25519", false, ["verify"]);
    return true;
  } catch {
    return false;
  }
}

export function readKey(text) {
  const [name, id] = text.split("+", 2);
  const material = fromBase64(text.slice(name.length + id.length + 2));
  const named = encoder.encode(`${name}\n`);
  const hashed = new Uint8Array(named.length + material.length);
  hashed.set(named);
  hashed.set(material, named.length);
  if (material.length !== 33 || hex(sha256(hashed).subarray(0, 4)) !== id) throw new Error(`the key of ${name}`);
  return { name, id, kind: material[0], bytes: material.slice(1), imported: null };
}

export function textOf(note) {
  return note.slice(0, note.lastIndexOf("\n\n") + 1);
}

// Returns "" when the key has not signed the note, "valid", "wrong", or "unchecked" where the browser cannot tell.
export async function signedBy(note, key, able) {
  const text = textOf(note);
  for (const line of note.slice(text.length + 1).split("\n").filter(Boolean)) {
    const raw = fromBase64(line.split(" ")[2]);
    if (!line.startsWith(`— ${key.name} `) || hex(raw.subarray(0, 4)) !== key.id) continue;
    if (!able) return "unchecked";
    let message = text;
    if (key.kind === 4) message = `cosignature/v1\ntime ${new DataView(raw.buffer).getBigUint64(4)}\n${text}`;
    key.imported ??= await crypto.subtle.importKey("raw", key.bytes, "Ed25519", false, ["verify"]);
    const signature = raw.subarray(key.kind === 4 ? 12 : 4);
    const valid = await crypto.subtle.verify("Ed25519", key.imported, signature, encoder.encode(message));
    return valid ? "valid" : "wrong";
  }
  return "";
}
