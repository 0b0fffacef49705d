import fc from 'fast-check';
import type { MilpSolver } from '../../src/analysis/optimise/milp-model';
import { highsSolver } from '../../src/service/solver/highs.solver';
import { EVERY_FEATURE, problemArbitrary } from '../support/plan-arbitrary';
import { expectOptimal, expectOptimalAmongFew } from '../support/plan-brute-force';

let solver: MilpSolver;
beforeAll(async () => {
  solver = await highsSolver();
});

describe('the best plan equals brute force', () => {
  it('with substitutes, k-of-n, conflicts and cycles', () => {
    const problems = problemArbitrary({ cycles: true, nestedNeeds: true, maxActions: 8 });
    fc.assert(
      fc.property(problems, (problem) => expectOptimal(problem, solver)),
      { numRuns: 80 },
    );
  });

  it('with k of many suppliers, where no set of rows states the gate', () => {
    const problems = problemArbitrary({ wide: true, minActions: 8, maxActions: 8 });
    fc.assert(
      fc.property(problems, (problem) => expectOptimal(problem, solver)),
      { numRuns: 40 },
    );
  });

  it('with every feature', () => {
    const problems = problemArbitrary({ ...EVERY_FEATURE, maxActions: 6 });
    fc.assert(
      fc.property(problems, (problem) => expectOptimal(problem, solver)),
      { numRuns: 60 },
    );
  });

  it('with every feature and nothing but bounds and cuts', () => {
    const problems = problemArbitrary({ ...EVERY_FEATURE, maxActions: 6 });
    fc.assert(
      fc.property(problems, (problem) => expectOptimal(problem, solver, 0)),
      { numRuns: 60 },
    );
  });

  it('with 12 to 16 measures', () => {
    const problems = problemArbitrary({ ...EVERY_FEATURE, minActions: 12, maxActions: 16 });
    fc.assert(
      fc.property(problems, (problem) => expectOptimalAmongFew(problem, solver, 4)),
      { numRuns: 3 },
    );
  });
});
