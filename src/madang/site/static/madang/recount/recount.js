// Counts a published ballot archive again in the visitor's own browser; nothing leaves it.
//
//   import { recount } from "./recount.js";
//   const report = await recount(file, ({ step, part }) => …, { receipt });
//
// `file` is the archive as a File or Blob; `step` is a key of STEPS, `part` runs from 0 to 1 within it. The report has
// the shape of verify.py's, with `unchecked` for what this browser could not check. Rejects with UnableToRead.

import { Count, canCount } from "./count.js";
import { Log } from "./log.js";
import { canCheckSignatures, readKey, signedBy, textOf } from "./notes.js";
import { fromBase64, fromHexInto, hex, sha256 } from "./sha256.js";
import { sayings } from "./words.js";
import { UnableToRead, readZip } from "./zip.js";

export { UnableToRead };
export const STEPS = ["files", "log", "openings", "result"];

const CONTENT = ["README.txt", "verify.py", "rules.json", "roll.json", "result.json", "batches.jsonl",
  "checkpoints.jsonl", "log.jsonl", "openings.jsonl"];
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });
const HEADS = Object.fromEntries(
  ["opening", "ballot", "channel", "batch", "roll-change"].map((domain) => [domain, encoder.encode(`madang-${domain}/1\n`)]),
);
const breath = () => new Promise((resolve) => { setTimeout(resolve); });

function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

function* linesOf(bytes) {
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(10, from);
    if (end < 0) break;
    yield bytes.subarray(from, end);
    from = end + 1;
  }
}

const rowsOf = (bytes) => [...linesOf(bytes)].map((line) => JSON.parse(decoder.decode(line)));
const sum = (numbers) => Object.values(numbers).reduce((all, one) => all + one, 0);

// A ballot's text is {"channel":"64 digits",…choices…}; what follows is alike on many, so it is read once for all.
const HEAD = /^\{"channel":"[0-9A-Za-z]{64}",/;

function ballotOf(said) {
  const end = said.indexOf("\n");
  try {
    return { ...JSON.parse(said.slice(end + 1)), channel: said.slice(0, end) };
  } catch {
    return { choices: null };
  }
}

function same(one, other) {
  return [...Object.keys(one), ...Object.keys(other)].every((key) => (one[key] ?? 0) === (other[key] ?? 0));
}

class Recount {
  constructor(parts, onProgress) {
    this.parts = parts;
    this.tell = async (step, part) => { onProgress({ step, part }); await breath(); };
    for (const name of ["manifest", "rules", "roll", "result"]) this[name] = JSON.parse(this.text(`${name}.json`));
    this.problems = [];
    this.unchecked = [];
    this.room = new Uint8Array(4096);
  }

  text(name) {
    return decoder.decode(this.parts.get(name));
  }

  problem(code, at, detail = "") {
    this.problems.push({ code, at, detail, ...sayings(code) });
  }

  committed(domain, nonce, content) {
    const head = HEADS[domain];
    if (nonce.length !== 64) throw new Error("a nonce has 32 bytes");
    const room = head.length + 32 + content.length * 3;
    if (room > this.room.length) this.room = new Uint8Array(2 * room);
    this.room.set(head);
    fromHexInto(nonce, this.room, head.length);
    const { written } = encoder.encodeInto(content, this.room.subarray(head.length + 32));
    return hex(sha256(this.room, head.length + 32 + written));
  }

  async checkFiles() {
    const { log, witnesses, files } = this.manifest;
    for (const [number, name] of CONTENT.entries()) {
      const bytes = this.parts.get(name);
      const hashed = globalThis.crypto?.subtle ? new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)) : sha256(bytes);
      if (hex(hashed) !== files[name].sha256) this.problem("file", name);
      await this.tell("files", 0.5 + number / CONTENT.length / 2);
    }
    this.able = await canCheckSignatures();
    if (!this.able) this.unchecked.push({ code: "signature", ...sayings("unchecked") });
    this.logKey = readKey(log.key);
    this.witnessKeys = witnesses.keys.map(readKey);
    const note = this.text("manifest.note");
    const said = `madang-archive/1\n${log.origin}\n${hex(sha256(this.parts.get("manifest.json")))}\n`;
    const signed = await signedBy(note, this.logKey, this.able);
    if (textOf(note) !== said || signed === "" || signed === "wrong") this.problem("signature", "manifest.note");
  }

  async readLog() {
    this.notes = rowsOf(this.parts.get("checkpoints.jsonl")).map((row) => row.note);
    const wanted = new Set(this.notes.map((note) => Number(note.split("\n")[1])));
    this.log = new Log(this.manifest.election);
    this.roots = new Map([[0, this.log.root()]]);
    const bytes = this.parts.get("log.jsonl");
    for (const line of linesOf(bytes)) {
      const wrong = this.log.append(line);
      if (wrong) this.problem("log", `log.jsonl line ${this.log.size}`, wrong);
      if (wanted.has(this.log.size)) this.roots.set(this.log.size, this.log.root());
      if (this.log.size % 5000 === 0) await this.tell("log", (line.byteOffset - bytes.byteOffset) / bytes.length);
    }
    this.root = hex(this.log.root());
    const opening = canonical({ roll: this.roll.frozen, rules: this.rules });
    const opened = this.committed("opening", this.manifest.opening_nonce, opening);
    if (this.log.ofKind("opened").join() !== opened) this.problem("log", "rules.json, roll.json");
  }

  async checkCheckpoints() {
    const { log, witnesses } = this.manifest;
    let before = 0, cosigned = new Set();
    for (const [number, note] of this.notes.entries()) {
      const at = `checkpoints.jsonl line ${number + 1}`;
      const [origin, size, root] = textOf(note).split("\n");
      const signed = await signedBy(note, this.logKey, this.able);
      if (signed === "" || signed === "wrong") this.problem("signature", at);
      const known = this.roots.get(Number(size));
      const right = known && hex(known) === hex(fromBase64(root)) && origin === log.origin && Number(size) >= before;
      if (!right) this.problem("checkpoint", at, `size ${size}`);
      before = Number(size);
      cosigned = new Set();
      for (const key of this.witnessKeys) {
        const line = await signedBy(note, key, this.able);
        if (line === "wrong") this.problem("signature", at, key.name);
        else if (line) cosigned.add(key.name);
      }
      if (number % 100 === 0) await this.tell("log", 1);
    }
    if (before !== this.log.size || log.size !== this.log.size || log.root !== this.root) this.problem("checkpoint", "log.jsonl");
    if (cosigned.size < witnesses.needed) this.problem("witness", "checkpoints.jsonl", `${cosigned.size} of ${witnesses.needed}`);
    this.cosigned = [...cosigned].sort();
  }

  async checkOpenings() {
    this.opened = new Map();
    this.channels = {};
    const alike = new Map();
    this.count = canCount(this.rules) ? new Count(this.rules) : null;
    if (!this.count) this.problem("uncounted", "rules.json", this.rules.rule.name);
    const bytes = this.parts.get("openings.jsonl");
    let number = 0;
    for (const line of linesOf(bytes)) {
      const at = `openings.jsonl line ${++number}`;
      const row = JSON.parse(decoder.decode(line));
      const text = row.ballot, channel = row.channel ?? "";
      if (!HEAD.test(text)) throw new Error(at);
      const commitment = this.committed("ballot", row.nonce, text);
      if (number % 5000 === 0) await this.tell("openings", (line.byteOffset - bytes.byteOffset) / bytes.length);
      if (!this.log.live.has(commitment) || this.opened.has(commitment)) {
        this.problem("opening", at);
        continue;
      }
      if (channel && this.committed("channel", row.channel_nonce, channel) !== text.slice(12, 76)) this.problem("channel", at, channel);
      const said = `${channel}\n{${text.slice(78)}`;
      this.opened.set(commitment, said);
      alike.set(said, (alike.get(said) ?? 0) + 1);
      this.channels[channel] = (this.channels[channel] ?? 0) + 1;
    }
    for (const [said, ballots] of this.count ? alike : []) {
      if (!this.count.add(ballotOf(said), ballots)) this.problem("ballot", said);
    }
    if (this.opened.size !== this.log.live.size) this.problem("opening", "openings.jsonl", `${this.log.live.size - this.opened.size}`);
  }

  checkRoll() {
    const { frozen, closed, changes } = this.roll;
    const sizes = { ...frozen.by_district }, found = [];
    for (const { change, nonce } of changes) {
      sizes[change.district] = (sizes[change.district] ?? 0) + change.added - change.removed;
      found.push(this.committed("roll-change", nonce, canonical(change)));
    }
    if (found.join() !== this.log.ofKind("roll_change").join()) this.problem("roll", "roll.json changes");
    const total = sum(frozen.by_district) === frozen.size && sum(sizes) === closed.size;
    if (!total || sum(closed.spent) !== sum(closed.spent_by_district) || !same(sizes, closed.by_district)) this.problem("roll", "roll.json");
    const over = Object.entries(closed.spent_by_district).some(([place, voted]) => voted > (sizes[place] ?? 0));
    if (over || [...Object.values(sizes), ...Object.values(closed.spent)].some((one) => one < 0)) this.problem("roll", "roll.json closed");
    const spent = { ...closed.spent };
    let together = 0;
    for (const channel of this.result.closed_channels) {
      together += spent[channel] ?? 0;
      delete spent[channel];
    }
    for (const channel of new Set([...Object.keys(spent), ...Object.keys(this.channels)])) {
      const voted = channel ? spent[channel] ?? 0 : together, ballots = this.channels[channel] ?? 0;
      if (voted !== ballots) this.problem("channel", channel || "closed channels", `${voted} ≠ ${ballots}`);
    }
    if (together && !this.channels[""]) this.problem("channel", "closed channels", `${together} ≠ 0`);
  }

  checkBatches() {
    const { overridden, spent } = this.roll.closed;
    const used = {}, found = [], numbers = new Set();
    let undone = 0;
    for (const { manifest: one, nonce } of rowsOf(this.parts.get("batches.jsonl"))) {
      const commitment = this.committed("batch", nonce, canonical(one));
      found.push(commitment);
      numbers.add(one.number);
      const parts = [one.used, one.spoilt, one.unused, one.refused], all = sum(parts);
      if (Math.min(...parts) < 0 || all !== one.issued || all > 100) this.problem("batch", `batch ${one.number}`, `${one.issued} ≠ ${all}`);
      const kind = this.log.said.get(commitment);
      if (kind === "paper_batch") used[one.channel] = (used[one.channel] ?? 0) + one.used;
      if (kind === "batch_undone") undone += one.used;
    }
    const logged = this.log.ofKind("paper_batch", "batch_undone");
    if (found.sort().join() !== logged.sort().join() || numbers.size !== found.length) this.problem("batch", "batches.jsonl");
    for (const channel of new Set([...Object.keys(used), ...Object.keys(overridden), ...this.rules.paper])) {
      const stand = (used[channel] ?? 0) - (overridden[channel] ?? 0);
      if (stand !== (spent[channel] ?? 0)) this.problem("batch", channel, `${stand} ≠ ${spent[channel] ?? 0}`);
    }
    const least = Math.min(0, ...Object.values(overridden));
    if (least < 0 || sum(overridden) + undone > this.log.gone.size) this.problem("batch", "roll.json overridden");
  }

  checkResult() {
    this.counted = this.count ? this.count.result() : {};
    if (!this.count) return;
    const { decided, count } = this.result;
    const settled = new Set(decided).size === this.counted.open_seats && decided.every((one) => this.counted.tied.includes(one));
    if (canonical(this.counted) !== canonical(count) || !settled) this.problem("count", "result.json");
  }

  find(code) {
    let digits = code.replace(/[\s-]/g, "").toLowerCase();
    if (digits.length === 20) {
      const typed = digits.toUpperCase().replace(/[IL]/g, "1").replace(/O/g, "0");
      let bits = 0n;
      for (const digit of typed) bits = bits * 32n + BigInt(Math.max(0, DIGITS.indexOf(digit)));
      digits = bits.toString(16).padStart(25, "0");
    }
    const known = digits.length === 25 || digits.length === 64 ? [...this.log.live.keys(), ...this.log.gone.keys()] : [];
    const commitment = known.find((one) => one.startsWith(digits));
    if (commitment === undefined || (this.log.live.has(commitment) && !this.opened.has(commitment))) this.problem("receipt", code);
    const state = this.log.live.has(commitment) ? "counted" : this.log.gone.get(commitment) ?? null;
    return { state, choices: this.opened.has(commitment) ? ballotOf(this.opened.get(commitment)).choices : null };
  }

  report(receipt) {
    const { log, witnesses, election } = this.manifest;
    const found = receipt ? { receipt: this.find(receipt) } : {};
    return {
      ok: this.problems.length === 0,
      election,
      keys: [log.key, ...witnesses.keys],
      log: { checkpoints: this.notes.length, root: this.root, size: this.log.size, witnesses: this.cosigned },
      ballots: { by_channel: this.channels, total: this.opened.size },
      count: this.counted,
      ...found,
      decided: this.result.decided,
      problems: this.problems,
      unchecked: this.unchecked,
    };
  }
}

export async function recount(file, onProgress = () => {}, { receipt = "" } = {}) {
  try {
    const parts = await readZip(file, ["manifest.json", "manifest.note", ...CONTENT], (done, all) => {
      onProgress({ step: "files", part: done / all / 2 });
    });
    const run = new Recount(parts, onProgress);
    await run.checkFiles();
    await run.readLog();
    await run.checkCheckpoints();
    await run.checkOpenings();
    run.checkRoll();
    run.checkBatches();
    run.checkResult();
    await run.tell("result", 1);
    return run.report(receipt);
  } catch (error) {
    if (error instanceof UnableToRead) throw error;
    throw new UnableToRead(String(error?.message ?? error), { cause: error });
  }
}
