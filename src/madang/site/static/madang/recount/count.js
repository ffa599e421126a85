// The count: what ballots give to options, and which options win. Whole numbers only.

const FORMS = ["approval", "ranking", "points"];

// Returns what a ballot gives each option, or null for one that the form does not allow.
export function pointsOf(choices, form, known) {
  let given;
  if (form.kind === "points") {
    if (choices === null || typeof choices !== "object" || Array.isArray(choices)) return null;
    given = new Map(Object.entries(choices));
  } else {
    if (!Array.isArray(choices)) return null;
    given = new Map(choices.map((option, place) => [option, form.kind === "ranking" ? choices.length - place : 1]));
    if (given.size !== choices.length) return null;
  }
  if (given.size < 1 || given.size > form.most) return null;
  let sum = 0;
  for (const [option, points] of given) {
    if (!known.has(option) || !Number.isSafeInteger(points) || points <= 0) return null;
    sum += points;
  }
  return form.points !== undefined && sum > form.points ? null : given;
}

export function canCount(rules) {
  return ["approval", "points"].includes(rules.rule.name) && FORMS.includes(rules.form.kind);
}

// An exact fraction of whole numbers, as long as they need to be.
class Fraction {
  constructor(above, below = 1n) {
    let [a, b] = [above < 0n ? -above : above, below];
    while (b) [a, b] = [b, a % b];
    [this.above, this.below] = [above / (a || 1n), below / (a || 1n)];
  }

  plus(other) {
    return new Fraction(this.above * other.below + other.above * this.below, this.below * other.below);
  }

  minus(other) {
    return this.above * other.below - other.above * this.below;
  }

  shown() {
    return this.below === 1n ? Number(this.above) : `${this.above}/${this.below}`;
  }
}

const bump = (numbers, key, by) => numbers.set(key, (numbers.get(key) ?? 0) + by);

// Adds ballots; result() says who wins.
export class Count {
  constructor(rules) {
    this.rules = rules;
    this.ballots = 0;
    this.options = new Map(rules.options.map((option) => [option.id, "seats" in rules.rule ? 1 : option.cost]));
    this.votes = new Map([...this.options.keys()].map((id) => [id, 0]));
    this.shares = rules.shares ?? { base: "", by: "", parts: { "": 1 } };
    // For each part of the electorate: the sum for every option, of all votes, and of ballots.
    this.parts = new Map(Object.keys(this.shares.parts).map((part) => [part, { sums: new Map(), votes: 0, ballots: 0 }]));
  }

  // Adds a number of ballots that are alike; returns whether the form allows them.
  add(ballot, number) {
    this.ballots += number;
    const part = this.parts.get(ballot[this.shares.by] ?? "");
    const given = part && pointsOf(ballot.choices, this.rules.form, this.options);
    if (!given) return false;
    for (const [option, points] of given) {
      const worth = number * (this.rules.rule.name === "points" ? points : 1);
      bump(this.votes, option, number);
      bump(part.sums, option, worth);
      part.votes += worth;
    }
    part.ballots += number;
    return true;
  }

  score(option) {
    let score = new Fraction(0n);
    for (const [name, part] of this.parts) {
      const whole = BigInt(part[this.shares.base] || 1);
      score = score.plus(new Fraction(BigInt(part.sums.get(option) ?? 0) * BigInt(this.shares.parts[name]), whole));
    }
    return score;
  }

  fits(option, winners, left) {
    const { limits, least_votes: least } = this.rules.rule;
    const full = limits.some(
      (limit) => limit.options.includes(option) && winners.filter((one) => limit.options.includes(one)).length >= limit.most,
    );
    return this.votes.get(option) >= least && this.options.get(option) <= left && !full;
  }

  result() {
    const { rule, ties } = this.rules;
    const scores = new Map([...this.options.keys()].map((option) => [option, this.score(option)]));
    const winners = [];
    let left = "seats" in rule ? rule.seats : rule.budget;
    let tied = [], open = 0;
    const order = [...this.options.keys()].sort((a, b) => Number(scores.get(b).minus(scores.get(a))));
    for (let at = 0; at < order.length;) {
      const equal = order.slice(at).filter((one) => scores.get(one).minus(scores.get(order[at])) === 0n);
      at += equal.length;
      const fitting = equal.filter((one) => this.fits(one, winners, left));
      if (ties === "decide" && fitting.length > left) {
        [tied, open] = [fitting, left];
        break;
      }
      for (const one of fitting) {
        if (!this.fits(one, winners, left)) continue;
        winners.push(one);
        left -= this.options.get(one);
      }
      if (fitting.some((one) => !winners.includes(one))) tied = tied.concat(fitting);
    }
    const cost = "seats" in rule ? 0 : winners.reduce((sum, one) => sum + this.options.get(one), 0);
    const shown = Object.fromEntries([...scores].map(([option, score]) => [option, score.shown()]));
    return { ballots: this.ballots, cost, open_seats: open, rule: rule.name, scores: shown, tied, winners };
  }
}
