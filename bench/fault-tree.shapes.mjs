// Generated fault trees of the shapes the engine must be good at, as plain descriptions that both engines can be given.
// A description is {name, events, gates: [{kind, args, k}], top}; an argument is 'e<i>' or 'g<i>', '!' before it negates.

/** Small deterministic generator (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const pick = (random, list) => list[Math.floor(random() * list.length)];

/** Layers of mixed gates; `share` is the chance that an argument is taken from what is already used. */
export function layered(name, { seed, events, gates, arity, share, kOfN = 0, negated = 0 }) {
  const random = randomFrom(seed);
  const description = { name, events, gates: [], top: 0 };
  let free = Array.from({ length: events }, (_, i) => `e${i}`);
  const used = [];
  for (let i = 0; i < gates && (free.length > 1 || i < gates); i += 1) {
    const count = 2 + Math.floor(random() * (arity - 1));
    const args = new Set();
    for (let tries = 0; args.size < count && tries < 20; tries += 1) {
      const reuse = used.length > 0 && (random() < share || free.length === 0);
      const from = reuse ? used.slice(-Math.max(20, used.length >> 2)) : free;
      args.add(pick(random, from));
    }
    free = free.filter((each) => !args.has(each));
    for (const each of args) if (!used.includes(each)) used.push(each);
    const isVote = random() < kOfN && args.size > 2;
    const kind = isVote ? 'atleast' : random() < 0.5 ? 'and' : 'or';
    const signed = [...args].map((each) => (random() < negated ? `!${each}` : each));
    description.gates.push({
      kind,
      args: signed,
      k: isVote ? 2 + Math.floor(random() * (args.size - 2)) : 0,
    });
    free.push(`g${description.gates.length - 1}`);
  }
  description.gates.push({ kind: 'or', args: free, k: 0 });
  description.top = description.gates.length - 1;
  return description;
}

/** An ecosystem: operations need requirements, met by any, all or k of some suppliers, which need shared hubs. */
export function ecosystem(name, { seed, components, operations, needs, suppliers, depth, votes = 0.2 }) {
  const random = randomFrom(seed);
  const gates = [];
  const add = (kind, args, k = 0) => `g${gates.push({ kind, args: [...new Set(args)], k }) - 1}`;
  const down = [];
  for (let c = 0; c < components; c += 1) {
    const hubs = [];
    for (let d = 0; d < depth && c > 0; d += 1)
      if (random() < 0.5) hubs.push(down[Math.floor(random() ** 2 * c)]);
    down.push(hubs.length > 0 ? add('or', [`e${c}`, ...hubs]) : `e${c}`);
  }
  const tops = [];
  for (let o = 0; o < operations; o += 1) {
    const requirements = [];
    for (let r = 0; r < needs; r += 1) {
      const set = new Set();
      const count = 1 + Math.floor(random() * suppliers);
      while (set.size < count) set.add(down[Math.floor(random() * components)]);
      const list = [...set];
      const isVote = list.length > 2 && random() < votes;
      requirements.push(list.length === 1 ? list[0] : isVote ? add('atleast', list, 2) : add('and', list));
    }
    tops.push(requirements.length === 1 ? requirements[0] : add('or', requirements));
  }
  // "Every operation is stopped" is the hard question; one operation alone is a small tree.
  add('and', tops);
  return { name, events: components, gates, top: gates.length - 1 };
}

/** Redundant trains with common support systems, the shape of plant models. */
export function trains(name, { seed, systems, trainsEach, parts, supports, k }) {
  const random = randomFrom(seed);
  const gates = [];
  let events = 0;
  const event = () => `e${events++}`;
  const add = (kind, args, threshold = 0) =>
    `g${gates.push({ kind, args: [...new Set(args)], k: threshold }) - 1}`;
  const shared = [];
  for (let s = 0; s < supports; s += 1) {
    const below = shared.length > 1 ? [pick(random, shared), pick(random, shared)] : [];
    const own = add('or', [event(), event()]);
    shared.push(below.length ? add('or', [own, add('and', [event(), ...new Set(below)])]) : own);
  }
  const lost = [];
  for (let i = 0; i < systems; i += 1) {
    const list = [];
    for (let t = 0; t < trainsEach; t += 1) {
      const args = [];
      for (let p = 0; p < parts; p += 1) args.push(event());
      for (let p = 0; p < 2; p += 1) args.push(pick(random, shared));
      list.push(add('or', args));
    }
    lost.push(k > 1 && k < trainsEach ? add('atleast', list, k) : add('and', list));
  }
  const sequences = [];
  for (let i = 0; i + 2 < lost.length; i += 1)
    sequences.push(add('and', [lost[i], lost[i + 1], pick(random, lost)]));
  add('or', sequences.length ? sequences : lost);
  return { name, events, gates, top: gates.length - 1 };
}

/**
 * A plant model as event trees link it: initiators, and sequences of safety functions that fail or, negated, succeed; trains
 * with common causes; support systems in layers that every train draws on.
 */
export function plant(
  name,
  { seed, supports, systems, trainsEach, parts, sequences, depth = 2, success = 0.3 },
) {
  const random = randomFrom(seed);
  const gates = [];
  let events = 0;
  const event = () => `e${events++}`;
  const add = (kind, args, k = 0) => {
    const distinct = [...new Set(args)];
    if (distinct.length === 1) return distinct[0];
    return `g${gates.push({ kind, args: distinct, k: Math.min(k, distinct.length) }) - 1}`;
  };
  let layer = [event(), event(), event()];
  const shared = [...layer];
  for (let d = 0; d < depth; d += 1) {
    layer = Array.from({ length: supports }, () => {
      const feeds = add('and', [pick(random, layer), pick(random, layer)]);
      return add('or', [add('or', [event(), event(), event()]), feeds]);
    });
    shared.push(...layer);
  }
  const lost = Array.from({ length: systems }, () => {
    const common = Array.from({ length: parts }, event);
    const list = Array.from({ length: trainsEach }, () => {
      const own = common.map((cause) => {
        const part = event();
        return random() < 0.6 ? add('or', [part, cause]) : part;
      });
      return add('or', [...own, pick(random, shared), pick(random, shared)]);
    });
    const k = 1 + Math.floor(random() * trainsEach);
    return k > 1 && k < trainsEach ? add('atleast', list, k) : add('and', list);
  });
  const chains = Array.from({ length: sequences }, () => {
    const args = [event()];
    const count = 2 + Math.floor(random() * 3);
    for (let j = 0; j < count; j += 1) {
      const system = pick(random, lost);
      if (args.some((arg) => arg.replace('!', '') === system)) continue;
      args.push(j > 0 && random() < success ? `!${system}` : system);
    }
    return add('and', args);
  });
  add('or', chains);
  return { name, events, gates, top: gates.length - 1 };
}

/** Model exchange format text; every event gets the same stated probability by its index. */
export function toOpenPsa(description) {
  const reference = (arg) => {
    const name = arg.replace('!', '');
    const tag = `<${name[0] === 'e' ? 'basic-event' : 'gate'} name="${name}"/>`;
    return arg[0] === '!' ? `<not>${tag}</not>` : tag;
  };
  const lines = ['<?xml version="1.0"?>', '<opsa-mef>', `<define-fault-tree name="${description.name}">`];
  const reached = new Set();
  const stack = [`g${description.top}`];
  while (stack.length > 0) {
    const name = stack.pop();
    if (reached.has(name)) continue;
    reached.add(name);
    if (name[0] === 'g')
      for (const arg of description.gates[+name.slice(1)].args) stack.push(arg.replace('!', ''));
  }
  for (const [i, gate] of description.gates.entries()) {
    if (!reached.has(`g${i}`)) continue;
    const args = gate.args.map(reference).join('');
    const formula =
      gate.args.length === 1
        ? args
        : gate.kind === 'atleast'
          ? `<atleast min="${gate.k}">${args}</atleast>`
          : `<${gate.kind}>${args}</${gate.kind}>`;
    lines.push(`<define-gate name="g${i}">${formula}</define-gate>`);
  }
  lines.push('</define-fault-tree>', '<model-data>');
  for (let e = 0; e < description.events; e += 1) {
    if (!reached.has(`e${e}`)) continue;
    lines.push(`<define-basic-event name="e${e}"><float value="${probabilityOf(e)}"/></define-basic-event>`);
  }
  lines.push('</model-data>', '</opsa-mef>', '');
  return lines.join('\n');
}

export const probabilityOf = (event) => (1 + (event % 97)) / 4000;
