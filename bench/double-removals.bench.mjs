// All single and double removals of an ecosystem: 1,000 operations over 2,000 components, in CPU seconds.
//   npm run build && node bench/double-removals.bench.mjs [--operations N] [--components N]
// Each operation has 3 needs of 1-4 suppliers (a fifth of them k-of-n); half of the components depend on one or two hubs.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { randomFrom } from './fault-tree.shapes.mjs';

const require = createRequire(join(process.cwd(), 'dist', 'x.js'));
const { doubleRemovals, FaultTreeBuilder, GateKind, removalLosses } = require('./analysis/index.js');
const args = process.argv.slice(2);
const optionOf = (name, otherwise) =>
  args.includes(name) ? Number(args[args.indexOf(name) + 1]) : otherwise;
const operations = optionOf('--operations', 1000);
const components = optionOf('--components', 2000);

const random = randomFrom(1);
const builder = new FaultTreeBuilder(components);
const down = [];
for (let c = 0; c < components; c += 1) {
  const hubs = [];
  for (let d = 0; d < 2 && c > 0; d += 1) if (random() < 0.25) hubs.push(down[Math.floor(random() ** 2 * c)]);
  down.push(hubs.length > 0 ? builder.gate(GateKind.OR, [c, ...new Set(hubs)]) : c);
}
const requirements = Array.from({ length: operations }, () =>
  Array.from({ length: 3 }, () => {
    const suppliers = new Set();
    const count = 1 + Math.floor(random() * 4);
    while (suppliers.size < count) suppliers.add(down[Math.floor(random() * components)]);
    const list = [...suppliers];
    const isVote = list.length > 2 && random() < 0.2;
    const gate = isVote ? builder.gate(GateKind.ATLEAST, list, 2) : builder.gate(GateKind.AND, list);
    return { gate, share: random() < 0.7 ? 1 : 0.5 };
  }),
);
const tree = builder.build({ tops: requirements.flat().map(({ gate }) => gate) });
const weights = Float64Array.from({ length: operations }, () => 1 + Math.floor(random() * 9));

const times = [];
let found;
for (let run = 0; run < 5; run += 1) {
  const before = process.cpuUsage();
  found = doubleRemovals(tree, weights, requirements, { keep: 100 });
  const { user, system } = process.cpuUsage(before);
  times.push((user + system) / 1e6);
}
times.sort((a, b) => a - b);
const [check] = removalLosses(tree, weights, requirements, [[found.best[0].first, found.best[0].second]]);
console.log(
  `${operations} operations, ${components} components, ${tree.children.length} arcs: ${found.pairs} pairs, ${found.synergies} with synergy, ` +
    `median ${times[2].toFixed(3)} s CPU; the best pair loses ${found.best[0].weight} (one at a time: ${check.weight})`,
);
