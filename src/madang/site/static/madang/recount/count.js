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
  return ["approval", "points"].includes(rules.rule.name) && FORMS.includes(rules.form.kind) && !("shares" in rules);
}

// Adds ballots one by one; result() says who wins. `refused` is told of ballots that the form does not allow.
export class Count {
  constructor(rules) {
    this.rules = rules;
    this.ballots = 0;
    this.options = new Map(rules.options.map((option) => [option.id, "seats" in rules.rule ? 1 : option.cost]));
    this.scores = new Map([...this.options.keys()].map((id) => [id, 0]));
    this.votes = new Map(this.scores);
  }

  add(choices) {
    this.ballots++;
    const given = pointsOf(choices, this.rules.form, this.options);
    if (!given) return false;
    for (const [option, points] of given) {
      this.votes.set(option, this.votes.get(option) + 1);
      this.scores.set(option, this.scores.get(option) + (this.rules.rule.name === "points" ? points : 1));
    }
    return true;
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
    const winners = [];
    let left = "seats" in rule ? rule.seats : rule.budget;
    let tied = [], open = 0;
    const order = [...this.options.keys()].sort((a, b) => this.scores.get(b) - this.scores.get(a));
    for (let at = 0; at < order.length;) {
      const score = this.scores.get(order[at]);
      const equal = order.slice(at).filter((one) => this.scores.get(one) === score);
      at += equal.length;
      const fitting = equal.filter((one) => this.fits(one, winners, left));
      if (ties === "decide" && fitting.length > left) {
        [tied, open] = [fitting, left];
        break;
      }
      for (const one of equal) {
        if (!this.fits(one, winners, left)) continue;
        winners.push(one);
        left -= this.options.get(one);
      }
      if (fitting.some((one) => !winners.includes(one))) tied = tied.concat(fitting);
    }
    const cost = "seats" in rule ? 0 : winners.reduce((sum, one) => sum + this.options.get(one), 0);
    const scores = Object.fromEntries(this.scores);
    return { ballots: this.ballots, cost, open_seats: open, rule: rule.name, scores, tied, winners };
  }
}
