import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../src/errors';
import type { PlanProblemFile } from '../../src/ingest/plan-problem.format';
import { readPlanProblem } from '../../src/ingest/plan-problem.reader';

type Loose<T> = T extends readonly (infer E)[]
  ? Loose<E>[]
  : T extends object
    ? { -readonly [K in keyof T]?: Loose<T[K]> }
    : unknown;

const valid = readFileSync(join(__dirname, '../support/plans/spam-banks.json'), 'utf8');

/** The fault that a changed copy of a valid problem is refused with. */
function faultOf(change: (problem: Loose<PlanProblemFile>) => void): AppError {
  const problem = JSON.parse(valid) as Loose<PlanProblemFile>;
  change(problem);
  try {
    readPlanProblem('problem.json', JSON.stringify(problem));
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('The problem was accepted.');
}

describe('the reader of planning problems', () => {
  it('fills in what the file leaves out', () => {
    const problem = readPlanProblem('problem.json', valid);
    expect(problem.measures[0]).toMatchObject({
      starts: [0],
      leadDays: 0,
      successProbability: 1,
      partnerKinds: [],
    });
    expect(problem.limits).toMatchObject({ budget: 1, maxMeasures: null, mustTake: [] });
    expect(problem.components[0]).toMatchObject({ detectDays: null, reach: 'DISRUPTABLE' });
  });

  it('accepts a byte order mark and no limits', () => {
    const problem = JSON.parse(valid) as Loose<PlanProblemFile>;
    delete problem.limits;
    expect(readPlanProblem('problem.json', `\uFEFF${JSON.stringify(problem)}`).limits.budget).toBeNull();
  });

  it.each<[string, string, string, (problem: Loose<PlanProblemFile>) => void]>([
    [
      'a negative cost',
      'PLAN_FILE_INVALID',
      'measures.0.cost',
      (p) => {
        p.measures![0].cost = -1;
      },
    ],
    [
      'an unknown key',
      'PLAN_FILE_INVALID',
      'measures.0',
      (p) => {
        Object.assign(p.measures![0], { price: 1 });
      },
    ],
    [
      'no operations',
      'PLAN_FILE_INVALID',
      'operations',
      (p) => {
        p.operations = [];
      },
    ],
    [
      'a share above 1',
      'PLAN_FILE_INVALID',
      'requirements.0.suppliers.0.share',
      (p) => {
        p.requirements![0].suppliers![0].share = 1.5;
      },
    ],
    [
      'a budget that is not a number',
      'PLAN_FILE_INVALID',
      'limits.budget',
      (p) => {
        p.limits!.budget = 'much';
      },
    ],
    [
      'AT_LEAST without k',
      'PLAN_FILE_INVALID',
      'requirements.0.k',
      (p) => {
        p.requirements![0].mode = 'AT_LEAST';
      },
    ],
    [
      'k above the primary suppliers',
      'PLAN_FILE_INVALID',
      'requirements.0.k',
      (p) => {
        Object.assign(p.requirements![0], { mode: 'AT_LEAST', k: 9 });
      },
    ],
    [
      'k under ANY',
      'PLAN_FILE_INVALID',
      'requirements.0.k',
      (p) => {
        p.requirements![0].k = 1;
      },
    ],
    [
      'a measure both forced and excluded',
      'PLAN_FILE_INVALID',
      'limits.mustTake.0',
      (p) => {
        Object.assign(p.limits!, { mustTake: ['stop-a'], exclude: ['stop-a'] });
      },
    ],
    [
      'an id used twice',
      'PLAN_ID_REPEATED',
      'components.1.id',
      (p) => {
        p.components![1].id = 'bank-a';
      },
    ],
    [
      'an unknown target',
      'PLAN_REFERENCE_UNKNOWN',
      'measures.0.effects.0.target',
      (p) => {
        p.measures![0].effects![0].target = 'nowhere';
      },
    ],
    [
      'an unknown partner',
      'PLAN_REFERENCE_UNKNOWN',
      'limits.partners.0',
      (p) => {
        p.limits!.partners = ['nobody'];
      },
    ],
    [
      'an unknown requirement',
      'PLAN_REFERENCE_UNKNOWN',
      'operations.0.needs.0',
      (p) => {
        p.operations![0].needs = ['nothing'];
      },
    ],
    [
      'an unknown origin',
      'PLAN_REFERENCE_UNKNOWN',
      'requirements.0.suppliers.0.origin',
      (p) => {
        p.requirements![0].suppliers![0].origin = 'x';
      },
    ],
  ])('refuses %s with %s at %s', (_, code, place, change) => {
    const fault = faultOf(change);
    expect({ code: fault.code, place: fault.data.place }).toEqual({ code, place });
    expect(fault.message).toContain(place);
  });

  it('says where JSON breaks', () => {
    expect(() => readPlanProblem('problem.json', '{"operations": [}')).toThrow(
      expect.objectContaining({ code: 'INVALID_JSON' }),
    );
  });
});
