// What the log says from its first line to its last, and the roots of its Merkle tree (RFC 6962).

import { sha256 } from "./sha256.js";

const decoder = new TextDecoder("utf-8", { fatal: true });
const ENDS = { void: true, replace: true };
const ADDS = { opened: true, cast: true, replace: true, paper_batch: true, roll_change: true };

function node(left, right) {
  const pair = new Uint8Array(65);
  pair[0] = 1;
  pair.set(left, 1);
  pair.set(right, 33);
  return sha256(pair);
}

export class Log {
  constructor(election) {
    this.election = election;
    this.size = 0;
    this.said = new Map();
    this.live = new Map();
    this.gone = new Map();
    this.subtrees = [];
    this.leaf = new Uint8Array(4096);
  }

  // Takes in the bytes of a line; returns why it cannot stand there, or "".
  append(bytes) {
    let wrong = "";
    try {
      wrong = this.take(JSON.parse(decoder.decode(bytes)));
    } catch (error) {
      wrong = String(error.message);
    }
    if (bytes.length >= this.leaf.length) this.leaf = new Uint8Array(2 * bytes.length);
    this.leaf[0] = 0;
    this.leaf.set(bytes, 1);
    let hashed = sha256(this.leaf, bytes.length + 1), height = 0;
    while (this.subtrees.length && this.subtrees.at(-1).height === height) {
      hashed = node(this.subtrees.pop().hashed, hashed);
      height++;
    }
    this.subtrees.push({ height, hashed });
    this.size++;
    return wrong;
  }

  root() {
    if (!this.subtrees.length) return sha256(new Uint8Array(0));
    return this.subtrees.slice(0, -1).reduceRight((right, left) => node(left.hashed, right), this.subtrees.at(-1).hashed);
  }

  take(leaf) {
    const { kind, commitment } = leaf;
    const fields = kind === "replace" ? 4 : 3;
    const known = ADDS[kind] || kind === "void" || kind === "batch_undone";
    if (Object.keys(leaf).length !== fields || !known || leaf.election !== this.election) return "not of this log";
    if (typeof commitment !== "string" || typeof (leaf.replaces ?? "") !== "string") return "not of this log";
    if ((kind === "opened") !== (this.size === 0)) return "the log begins with its opening, once";
    if (ENDS[kind]) {
      const ended = leaf.replaces ?? commitment;
      if (!this.live.delete(ended)) return "the ballot it ends does not count";
      this.gone.set(ended, kind);
    }
    if (kind === "batch_undone" && this.said.get(commitment) !== "paper_batch") return "the batch does not stand";
    if (ADDS[kind] && this.said.has(commitment)) return "a commitment twice";
    this.said.set(commitment, kind);
    if (kind === "cast" || kind === "replace") this.live.set(commitment, this.size);
    return "";
  }

  ofKind(...kinds) {
    return [...this.said].filter(([, kind]) => kinds.includes(kind)).map(([commitment]) => commitment);
  }
}
