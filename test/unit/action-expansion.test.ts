import { expandActions, type PlanningModel } from '../../src/analysis';
import { UNLIMITED } from '../support/plan-model';

const NEVER = Number.POSITIVE_INFINITY;
const [POLICE, HOME, ABROAD, FRAUD, LAUNDERING] = [0, 0, 1, 0, 1];

type Measure = PlanningModel['measures'][number];
type Way = PlanningModel['cooperation'][number];

const way = (more: Partial<Way> = {}): Way => ({
  partner: POLICE,
  jurisdiction: ABROAD,
  medianDays: 30,
  pGranted: 1,
  capabilities: [],
  ...more,
});

function model(cooperation: readonly Way[], measure: Partial<Measure> = {}, limits = {}): PlanningModel {
  return {
    horizonDays: 100,
    discountPerDay: 0,
    operations: [],
    requirements: [],
    components: [],
    dependencies: [],
    measures: [
      {
        cost: 1,
        exposure: 0,
        collateral: 0,
        leadDays: 10,
        starts: [0],
        pSuccess: 1,
        jurisdiction: ABROAD,
        capability: -1,
        partnerKinds: [],
        partners: [],
        effects: [],
        conflicts: [],
        requires: [],
        ...measure,
      },
    ],
    partners: [{ kind: 0, jurisdictions: [HOME], capabilities: [], capacity: NEVER }],
    cooperation,
    origins: [],
    limits: { ...UNLIMITED, ...limits },
  };
}

const days = (given: PlanningModel) => expandActions(given).actions.map((each) => each.effectDay);
const reasons = (given: PlanningModel) => expandActions(given).excluded.map((each) => each.reason);

describe('who may act abroad', () => {
  it('is nobody without a way, and the fastest open way counts', () => {
    expect(reasons(model([]))).toEqual(['PARTNER']);
    expect(days(model([way(), way({ medianDays: 5 })]))).toEqual([15]);
  });

  it('goes by a way for one offence where the case or the measure is about it', () => {
    const bound = way({ medianDays: 5, offence: FRAUD });
    expect(days(model([way(), bound]))).toEqual([40]);
    expect(days(model([way(), bound], {}, { offences: [FRAUD] }))).toEqual([15]);
    expect(days(model([way(), bound], { offences: [FRAUD] }))).toEqual([15]);
    expect(reasons(model([bound], {}, { offences: [LAUNDERING] }))).toEqual(['OFFENCE']);
  });

  it('needs an instrument that is in force on the day of the effect, the last day included', () => {
    const ending = (lastDay: number) => way({ medianDays: 5, lastDay });
    expect(days(model([ending(15)]))).toEqual([15]);
    expect(reasons(model([ending(14)]))).toEqual(['EXPIRED']);
    expect(days(model([way(), ending(14)]))).toEqual([40]);
    expect(days(model([way(), ending(20)], { starts: [0, 9] }))).toEqual([15, 49]);
    expect(reasons(model([way()], { lastDay: 39 }))).toEqual(['EXPIRED']);
    expect(reasons(model([way()], { lastDay: -1, jurisdiction: HOME }))).toEqual(['EXPIRED']);
  });

  it('says DEADLINE only where somebody could act later', () => {
    expect(reasons(model([way()], {}, { deadlineDays: 39 }))).toEqual(['DEADLINE']);
  });
});
