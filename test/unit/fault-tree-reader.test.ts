import { bytesSource } from '../../src/ingest/byte-source';
import {
  type FaultTreeQuery,
  type FaultTreeReport,
  FaultTreeService,
} from '../../src/service/fault-tree.service';

function analyse(texts: string | readonly string[], query: FaultTreeQuery = {}): Promise<FaultTreeReport> {
  const files = typeof texts === 'string' ? [texts] : texts;
  return new FaultTreeService(() => 0).analyse(
    files.map((text, i) => bytesSource(text, `file-${i + 1}.xml`)),
    query,
  );
}

const model = (inside: string): string => `<?xml version="1.0"?><opsa-mef>${inside}</opsa-mef>`;
const tree = (inside: string): string => model(`<define-fault-tree name="T">${inside}</define-fault-tree>`);
const event = (name: string, expression: string): string =>
  `<define-basic-event name="${name}">${expression}</define-basic-event>`;
const float = (value: number | string): string => `<float value="${value}"/>`;
const AB = event('a', float(0.5)) + event('b', float('2.5e-1'));

describe('formulas', () => {
  test.each([
    ['<and><event name="a"/><event name="b"/></and>', 0.125],
    ['<or><basic-event name="a"/><event name="b" type="basic-event"/></or>', 0.625],
    ['<not><event name="a"/></not>', 0.5],
    ['<xor><event name="a"/><event name="b"/></xor>', 0.5],
    ['<nand><event name="a"/><event name="b"/></nand>', 0.875],
    ['<nor><event name="a"/><event name="b"/></nor>', 0.375],
    ['<iff><event name="a"/><event name="b"/></iff>', 0.5],
    ['<imply><event name="a"/><event name="b"/></imply>', 0.625],
    ['<atleast min="2"><event name="a"/><event name="b"/><constant value="true"/></atleast>', 0.625],
    ['<or><and><event name="a"/><not><event name="b"/></not></and><constant value="false"/></or>', 0.375],
    ['<event name="b"/>', 0.25],
    ['<house-event name="on"/>', 1],
    ['<or><house-event name="off"/><event name="unset"/></or>', 0],
  ])('%s has probability %d', async (formula, probability) => {
    const houses =
      '<define-house-event name="on"><constant value="true"/></define-house-event>' +
      '<define-house-event name="off"><constant value="false"/></define-house-event><define-house-event name="unset"/>';
    const report = await analyse(tree(`${AB}${houses}<define-gate name="top">${formula}</define-gate>`));
    expect(report.probability.exact).toBeCloseTo(probability, 12);
  });
});

describe('expressions', () => {
  const hours = '<system-mission-time/>';
  test.each([
    [`<exponential>${float(1e-4)}${hours}</exponential>`, 1 - Math.exp(-0.876)],
    [`<Weibull>${float(1000)}${float(2)}${float(760)}${hours}</Weibull>`, 1 - Math.exp(-64)],
    [`<GLM>${float(0.1)}${float(1e-3)}${float(9e-3)}${float(100)}</GLM>`, 0.1],
    [
      `<periodic-test>${float(1e-3)}${float(100)}${float(50)}${float(175)}</periodic-test>`,
      1 - Math.exp(-0.025),
    ],
    [
      `<periodic-test>${float(1e-3)}${float(100)}${float(50)}${float(250)}</periodic-test>`,
      1 - Math.exp(-0.1),
    ],
    [`<uniform-deviate>${float(0.1)}${float(0.3)}</uniform-deviate>`, 0.2],
    [`<normal-deviate>${float(0.1)}${float(0.01)}</normal-deviate>`, 0.1],
    [`<lognormal-deviate>${float(0.02)}${float(3)}${float(0.95)}</lognormal-deviate>`, 0.02],
    [`<beta-deviate>${float(1)}${float(3)}</beta-deviate>`, 0.25],
    [
      `<sub>${float(1)}<mul>${float(0.5)}${float(0.5)}</mul><div><int value="1"/><int value="4"/></div></sub>`,
      0.5,
    ],
    [`<ite><gt>${float(2)}${float(1)}</gt>${float(0.3)}${float(0.4)}</ite>`, 0.3],
    [`<min>${float(0.3)}<mean>${float(0)}${float(0.2)}</mean></min>`, 0.1],
    ['<parameter name="p"/>', 0.04],
    ['<parameter name="T.p"/>', 0.04],
  ])('%s is %d', async (expression, value) => {
    const parameters =
      `<define-parameter name="p"><pow><parameter name="q"/><int value="2"/></pow></define-parameter>` +
      `<define-parameter name="q" unit="float"><label>square root</label>${float(0.2)}</define-parameter>`;
    const text = tree(
      `${parameters}${event('a', expression)}<define-gate name="top"><event name="a"/></define-gate>`,
    );
    expect((await analyse(text)).probability.exact).toBeCloseTo(value, 12);
  });

  test('the mission time can be set', async () => {
    const text = tree(
      `${event('a', `<exponential>${float(0.01)}${hours}</exponential>`)}<define-gate name="top"><event name="a"/></define-gate>`,
    );
    expect((await analyse(text, { missionHours: 10 })).probability.exact).toBeCloseTo(1 - Math.exp(-0.1), 12);
  });
});

describe('names', () => {
  test('private names are found from inside first, others by path', async () => {
    const text = tree(
      '<define-gate name="top"><or><event name="x"/><event name="T.C.x"/><gate name="inner"/></or></define-gate>' +
        event('x', float(0.5)) +
        '<define-component name="C" role="private">' +
        event('x', float(0.25)) +
        '<define-gate name="inner" role="public"><and><event name="x"/></and></define-gate></define-component>',
    );
    const report = await analyse(text, { hasImportance: true });
    expect(report.importance.map((row) => [row.event, row.birnbaum])).toEqual([
      ['x', 0.75],
      ['T.C.x', 0.5],
    ]);
    expect(report.probability.exact).toBeCloseTo(1 - 0.5 * 0.75, 12);
    expect(report.minimalCutSets.count).toBe(2);
  });

  test('several files complete each other, and --top chooses a gate', async () => {
    const gates = tree(
      '<define-gate name="g"><or><event name="a"/><event name="b"/></or></define-gate><define-gate name="h"><gate name="g"/></define-gate>',
    );
    const report = await analyse([gates, model(`<model-data>${AB}</model-data>`)], { top: 'g', cutSets: 5 });
    expect(report).toEqual({
      topEvent: 'g',
      basicEvents: 2,
      gates: 1,
      minimalCutSets: { count: 2, byOrder: [2], sets: expect.arrayContaining([['a'], ['b']]) },
      probability: { exact: 0.625, rareEvent: 0.75, minCutUpperBound: expect.closeTo(0.625, 12) },
      importance: [],
      isCoherent: true,
      status: 'complete',
      seconds: 0,
    });
  });
});

describe('results', () => {
  test('counts beyond 2^53 are decimal strings', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `p${i}`);
    const pairs = names.map(
      (p) => `<or>${Array.from({ length: 4 }, (_, i) => `<event name="${p}e${i}"/>`).join('')}</or>`,
    );
    const events = names.flatMap((p) =>
      Array.from({ length: 4 }, (_, i) => `<define-basic-event name="${p}e${i}"/>`),
    );
    const report = await analyse(
      tree(`<define-gate name="top"><and>${pairs.join('')}</and></define-gate>${events.join('')}`),
    );
    expect(report.minimalCutSets.count).toBe((4n ** 40n).toString());
    expect(report.minimalCutSets.byOrder[39]).toBe((4n ** 40n).toString());
    expect(report.probability.exact).toBeNull();
  });

  test('an order limit counts only what is within it', async () => {
    const text = tree(
      `${AB}${event('c', float(0.1))}<define-gate name="top"><or><event name="c"/><and><event name="a"/><event name="b"/></and></or></define-gate>`,
    );
    expect((await analyse(text, { maxOrder: 1 })).minimalCutSets).toEqual({ count: 1, byOrder: [1] });
    expect((await analyse(text)).minimalCutSets).toEqual({ count: 2, byOrder: [1, 1] });
  });

  test('a top that is certain has the empty cut set; one that is impossible has none', async () => {
    const certain = await analyse(tree('<define-gate name="top"><constant value="true"/></define-gate>'));
    expect([certain.minimalCutSets, certain.probability.exact]).toEqual([{ count: 1, byOrder: [] }, 1]);
    const never = await analyse(
      tree(
        `${AB}<define-gate name="top"><and><event name="a"/><not><event name="a"/></not></and></define-gate>`,
      ),
    );
    expect([never.minimalCutSets, never.probability.exact]).toEqual([{ count: 0, byOrder: [] }, 0]);
  });
});
