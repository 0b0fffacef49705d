import { gzipSync } from 'node:zlib';
import { AppError } from '../../src/errors';
import { bytesSource } from '../../src/ingest/byte-source';
import { FaultTreeService } from '../../src/service/fault-tree.service';

const service = new FaultTreeService();

/** A file with these definitions inside one fault tree. */
const file = (definitions: string, outside = ''): string =>
  `<opsa-mef>\n<define-fault-tree name="T">\n${definitions}\n</define-fault-tree>${outside}</opsa-mef>`;

const EVENTS =
  '<define-basic-event name="a"><float value="0.1"/></define-basic-event><define-basic-event name="b"/>';
const BOTH = '<define-gate name="top"><and><event name="a"/><event name="b"/></and></define-gate>';

async function faultOf(text: string | Buffer, query = {}): Promise<AppError> {
  try {
    await service.analyse([bytesSource(text, 'tree.xml')], query);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('no fault was found');
}

describe('files that are not fault trees are refused by a code', () => {
  test.each([
    ['', 'XML_MALFORMED', /root element/],
    ['<opsa-mef>', 'XML_MALFORMED', /line 1/],
    ['<opsa-mef></opsa>', 'XML_MALFORMED', /line 1/],
    ['not xml at all', 'XML_MALFORMED', /text/],
    ['<opsa-mef>&unknown;</opsa-mef>', 'XML_MALFORMED', /entity/],
    [
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><opsa-mef>&e;</opsa-mef>',
      'XML_DOCTYPE',
      /line 1/,
    ],
    ['<!DOCTYPE opsa-mef><opsa-mef/>', 'XML_DOCTYPE', /document type/],
    ['<a>'.repeat(1200), 'TOO_DEEP', /1000 levels/],
    ['<html/>', 'FAULT_TREE_UNSUPPORTED', /<html>/],
    ['<opsa-mef/>', 'FAULT_TREE_NO_GATES', /no gate/],
    [file('', '<define-event-tree name="E"/>'), 'FAULT_TREE_UNSUPPORTED', /line 4.*<define-event-tree>/],
    [
      file('<define-CCF-group name="g" model="beta-factor"/>'),
      'FAULT_TREE_UNSUPPORTED',
      /<define-CCF-group>/,
    ],
    [
      file('<define-gate name="top"><cardinality min="1" max="2"/></define-gate>'),
      'FAULT_TREE_UNSUPPORTED',
      /<cardinality>/,
    ],
    [
      file('<define-basic-event name="a"><extern-function name="f"/></define-basic-event>'),
      'FAULT_TREE_UNSUPPORTED',
      /<extern-function>/,
    ],
    [
      file('<define-gate name="top"><gate name="nowhere"/></define-gate>'),
      'FAULT_TREE_UNDEFINED',
      /line 3.*nowhere/,
    ],
    [
      file(`${EVENTS}<define-gate name="top"><gate name="a"/></define-gate>`),
      'FAULT_TREE_UNDEFINED',
      /refers to a/,
    ],
    [
      file('<define-basic-event name="a"><parameter name="p"/></define-basic-event>'),
      'FAULT_TREE_UNDEFINED',
      /refers to p/,
    ],
    [
      file(`${EVENTS}${BOTH}${BOTH}`),
      'FAULT_TREE_DUPLICATE',
      /top is defined a second time, first in line 3/,
    ],
    [
      file(`${EVENTS}${BOTH}<define-gate name="a"><event name="b"/></define-gate>`),
      'FAULT_TREE_DUPLICATE',
      /a is/,
    ],
    [
      file(
        '<define-gate name="g"><gate name="h"/></define-gate><define-gate name="h"><not><gate name="g"/></not></define-gate>',
      ),
      'FAULT_TREE_CYCLE',
      /g -> h -> g/,
    ],
    [
      file(
        '<define-parameter name="p"><parameter name="q"/></define-parameter><define-parameter name="q"><neg><parameter name="p"/></neg></define-parameter><define-basic-event name="a"><parameter name="p"/></define-basic-event>',
      ),
      'FAULT_TREE_CYCLE',
      /p -> q -> p/,
    ],
    [
      file('<define-basic-event name="a"><float value="1.5"/></define-basic-event>'),
      'FAULT_TREE_BAD_PROBABILITY',
      /a is 1.5/,
    ],
    [
      file('<define-basic-event name="a"><float value="-1e-9"/></define-basic-event>'),
      'FAULT_TREE_BAD_PROBABILITY',
      /-1e-9/,
    ],
    [
      file(
        '<define-basic-event name="a"><div><float value="0"/><float value="0"/></div></define-basic-event>',
      ),
      'FAULT_TREE_BAD_PROBABILITY',
      /NaN/,
    ],
    [
      file('<define-basic-event name="a"><float value="NaN"/></define-basic-event>'),
      'FAULT_TREE_BAD_VALUE',
      /a number/,
    ],
    [
      file('<define-basic-event name="a"><int value="1.0"/></define-basic-event>'),
      'FAULT_TREE_BAD_VALUE',
      /whole number/,
    ],
    [file('<define-gate><event name="a"/></define-gate>'), 'FAULT_TREE_BAD_VALUE', /name/],
    [file(`${EVENTS}<define-gate name="top"/>`), 'FAULT_TREE_BAD_VALUE', /1 as its formulas, got 0/],
    [file(`${EVENTS}<define-gate name="top"><or/></define-gate>`), 'FAULT_TREE_BAD_VALUE', /operands/],
    [
      file(`${EVENTS}<define-gate name="top"><not><event name="a"/><event name="b"/></not></define-gate>`),
      'FAULT_TREE_BAD_VALUE',
      /operands/,
    ],
    [
      file(
        `${EVENTS}<define-gate name="top"><atleast min="3"><event name="a"/><event name="b"/></atleast></define-gate>`,
      ),
      'FAULT_TREE_BAD_VALUE',
      /from 1 to 2/,
    ],
    [
      file(`${EVENTS}<define-gate name="top"><atleast min="0"><event name="a"/></atleast></define-gate>`),
      'FAULT_TREE_BAD_VALUE',
      /min/,
    ],
    [
      file(`${EVENTS}<define-gate name="top"><atleast><event name="a"/></atleast></define-gate>`),
      'FAULT_TREE_BAD_VALUE',
      /min/,
    ],
    [
      file(`${EVENTS}<define-gate name="top"><constant value="maybe"/></define-gate>`),
      'FAULT_TREE_BAD_VALUE',
      /true or false/,
    ],
    [
      file(`${EVENTS}<define-gate name="top" role="secret"><event name="a"/></define-gate>`),
      'FAULT_TREE_BAD_VALUE',
      /public or private/,
    ],
    [
      file(`${EVENTS}${BOTH}<define-gate name="other"><event name="a"/></define-gate>`),
      'FAULT_TREE_TOP_AMBIGUOUS',
      /2 top gates: \["top","other"\]/,
    ],
  ])('%#: %s', async (text, code, message) => {
    const fault = await faultOf(text);
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(message);
  });

  test('a top that is not there, and probabilities that are asked for and missing', async () => {
    expect((await faultOf(file(EVENTS + BOTH), { top: 'nowhere' })).code).toBe('FAULT_TREE_TOP_UNKNOWN');
    const fault = await faultOf(file(EVENTS + BOTH), { needsProbability: true });
    expect([fault.code, fault.data.events]).toEqual(['FAULT_TREE_NO_PROBABILITY', ['b']]);
  });

  test('bytes that are not UTF-8, a gzip file cut short, and one that is whole', async () => {
    expect((await faultOf(Buffer.from([0x3c, 0x61, 0xff, 0xfe, 0x3e]))).code).toBe('BAD_ENCODING');
    const packed = gzipSync(file(EVENTS + BOTH));
    expect((await faultOf(packed.subarray(0, packed.length - 12))).code).toBe('BAD_GZIP');
    const report = await service.analyse([bytesSource(packed, 'tree.xml.gz')]);
    expect(report.minimalCutSets).toEqual({ count: 1, byOrder: [0, 1] });
  });

  test('hostile names are only names', async () => {
    const name = '__proto__';
    const text = file(
      `<define-basic-event name="${name}"><float value="0.25"/></define-basic-event>` +
        `<define-gate name="constructor"><or><event name="${name}"/></or></define-gate>`,
    );
    const report = await service.analyse([bytesSource(text, 'tree.xml')], { hasImportance: true });
    expect([report.topEvent, report.probability.exact, report.importance[0].event]).toEqual([
      'constructor',
      0.25,
      name,
    ]);
    const odd = await faultOf(file('<define-gate name="top"><constructor/></define-gate>'));
    expect(odd.code).toBe('FAULT_TREE_UNSUPPORTED');
  });

  test('chains of a hundred thousand gates or parameters, and operands by the hundred thousand', async () => {
    const n = 100_000;
    const gates = Array.from({ length: n }, (_, i) => {
      const below = i + 1 < n ? `<gate name="g${i + 1}"/>` : '<event name="b"/>';
      return `<define-gate name="g${i}"><or><event name="a"/>${below}</or></define-gate>`;
    });
    const deep = await service.analyse([bytesSource(file(EVENTS + gates.join('')), 'deep.xml')], {
      top: 'g0',
    });
    expect(deep.minimalCutSets).toEqual({ count: 2, byOrder: [2] });
    const parameters = Array.from({ length: n }, (_, i) => {
      const body = i + 1 < n ? `<parameter name="p${i + 1}"/>` : '<float value="0.5"/>';
      return `<define-parameter name="p${i}">${body}</define-parameter>`;
    });
    const chained = file(
      `<define-basic-event name="a"><parameter name="p0"/></define-basic-event>${parameters.join('')}` +
        `<define-basic-event name="b"><mul>${'<float value="1"/>'.repeat(n)}<float value="0.5"/></mul></define-basic-event>${BOTH}`,
    );
    const report = await service.analyse([bytesSource(chained, 'chained.xml')]);
    expect(report.probability.exact).toBe(0.25);
  }, 60_000);

  test('parameters that need each other in a circle are named', async () => {
    const circle = ['p', 'q', 'r'].map(
      (name, i) =>
        `<define-parameter name="${name}"><add><float value="0"/><parameter name="${'qrp'[i]}"/></add></define-parameter>`,
    );
    const fault = await faultOf(
      file(
        `<define-basic-event name="a"><parameter name="p"/></define-basic-event><define-basic-event name="b"/>${circle.join('')}${BOTH}`,
      ),
    );
    expect([fault.code, fault.data.path]).toEqual(['FAULT_TREE_CYCLE', ['p', 'q', 'r', 'p']]);
  });

  test('a long read-once chain is solved module by module', async () => {
    const n = 1500;
    const chain = Array.from({ length: n }, (_, i) => {
      const kind = i % 2 === 0 ? 'or' : 'and';
      const below = i + 1 < n ? `<gate name="g${i + 1}"/>` : `<event name="e${n}"/>`;
      return `<define-gate name="g${i}"><${kind}><event name="e${i}"/>${below}</${kind}></define-gate>`;
    });
    const events = Array.from({ length: n + 1 }, (_, i) => `<define-basic-event name="e${i}"/>`);
    const report = await service.analyse([bytesSource(file(events.join('') + chain.join('')), 'chain.xml')]);
    // One set for each OR of the chain, and one for its end.
    expect(report.minimalCutSets.count).toBe(n / 2 + 1);
    expect(report.minimalCutSets.byOrder.slice(0, 3)).toEqual([1, 1, 1]);
  }, 60_000);
});
