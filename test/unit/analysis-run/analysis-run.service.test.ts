/** Jobs on real worker threads: their ends, good and bad. */

import { randomSource } from '../../../src/analysis/graph/random-source';
import { AnalysisRunService, type RunSettings } from '../../../src/service/analysis-run/analysis-run.service';
import { type AnalysisRun, isEnded } from '../../../src/service/analysis-run/run-record';
import { criticalNodesAnalysis } from '../../../src/service/structure/critical-nodes.analysis';
import { dismantlingAnalysis } from '../../../src/service/structure/dismantling.analysis';
import { bad, busy, deaf, keeping, look, type ProbeResult } from '../../support/probe-analyses';
import { smallProjection } from '../../support/small-projection';
import { PROBE_WORKER } from '../../support/worker-files';

const ana = { owner: 'ana', scope: 'all' };
const bob = { owner: 'bob', scope: 'all' };
const projection = smallProjection(['a', 'b', 'ç'], ['a->b', 'b->ç']);
const LONG = 600_000;

let time = 0;
const services: AnalysisRunService[] = [];
function serviceWith(settings: Partial<RunSettings> = {}): AnalysisRunService {
  const service = new AnalysisRunService(
    { workers: 1, workerFile: PROBE_WORKER, maxSeconds: 600, ...settings },
    () => new Date(Date.now() + time),
  );
  services.push(service);
  return service;
}

afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
  time = 0;
});

const start = (service: AnalysisRunService, ms: number, tag?: number, caller = ana, seconds?: number) =>
  service.start(busy, caller, { parameters: { ms, tag }, projection, seconds });
const ended = (service: AnalysisRunService, { id }: AnalysisRun, caller = ana) =>
  service.settled(id, caller, 20);
const until = async (service: AnalysisRunService, id: string, holds: (run: AnalysisRun) => boolean) => {
  for (let run = service.find(id, ana); ; run = service.find(id, ana)) {
    if (holds(run)) return run;
    if (isEnded(run.status)) throw new Error(`it ended: ${JSON.stringify(run)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};

describe('a run', () => {
  it('waits, runs, tells how far it is, and is done', async () => {
    const service = serviceWith();
    const first = start(service, 1500, 7);
    expect(first).toMatchObject({ status: 'RUNNING', kind: 'BUSY', graphVersion: 1, error: null });
    const second = start(service, 0, 8);
    expect(second).toMatchObject({ status: 'QUEUED', secondsElapsed: 0, secondsLeft: null });
    const half = await until(service, first.id, ({ progress }) => progress !== null && progress > 0.3);
    expect(half.phase).toBe('being busy');
    expect(half.secondsLeft).toBeGreaterThan(0);
    expect(service.result(first.id, ana)).toBeUndefined();
    const moves: number[] = [];
    service.watch(first.id, ana, ({ progress }) => moves.push(progress ?? 0));
    expect(await ended(service, first)).toMatchObject({ status: 'DONE', progress: 1, secondsLeft: null });
    expect(moves.length).toBeGreaterThan(1);
    expect([...moves].sort((a, b) => a - b)).toEqual(moves);
    expect((service.result(first.id, ana) as ProbeResult).value).toBe(7);
    expect((await ended(service, second)).status).toBe('DONE');
  });

  it('sees the projection, its numbers in shared memory and its strings as they are', async () => {
    const service = serviceWith();
    const run = service.start(look, ana, { parameters: { column: 'name' }, projection });
    await ended(service, run);
    const { value } = service.result(run.id, ana) as ProbeResult;
    expect(value).toEqual({
      ids: projection.vertices.ids,
      edges: projection.edges.ids,
      from: projection.from,
      words: ['', 'name of a', 'name of b', 'name of ç'],
      codes: new Map([
        ['name of a', 1],
        ['name of b', 2],
        ['name of ç', 3],
      ]),
      isShared: true,
    });
  });

  it('crosses whole when there are more strings than go at once', async () => {
    const ids = Array.from({ length: 40_000 }, (_, i) => `é${i}`).sort();
    const service = serviceWith();
    const large = smallProjection(ids, []);
    const run = service.start(look, ana, { parameters: { column: 'name' }, projection: large });
    await ended(service, run);
    const { ids: seen } = (service.result(run.id, ana) as ProbeResult).value as { ids: string[] };
    expect(seen).toEqual(large.vertices.ids);
  });

  it('belongs to who started it, as that viewer', async () => {
    const service = serviceWith();
    const { id } = start(service, 0);
    for (const caller of [bob, { owner: 'ana', scope: 'less' }]) {
      expect(() => service.find(id, caller)).toThrow('No analysis of yours');
      expect(() => service.result(id, caller)).toThrow('No analysis of yours');
      await expect(service.cancel(id, caller)).rejects.toThrow('No analysis of yours');
      expect(service.page(caller, 10).totalCount).toBe(0);
    }
    expect(service.page(ana, 10).items.map((run) => run.id)).toEqual([id]);
  });
});

describe('cancelling', () => {
  it('ends within a second what runs, and frees the thread', async () => {
    const service = serviceWith();
    const run = start(service, LONG);
    await until(service, run.id, ({ progress }) => progress !== null);
    const began = Date.now();
    expect((await service.cancel(run.id, ana)).status).toBe('CANCELLED');
    expect(Date.now() - began).toBeLessThan(1000);
    expect((await ended(service, start(service, 0, 1))).status).toBe('DONE');
    expect((await service.cancel(run.id, ana)).status).toBe('CANCELLED');
  });

  it('ends within a second what does not listen', async () => {
    const service = serviceWith();
    const run = service.start(deaf, ana, { parameters: {}, projection });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const began = Date.now();
    expect((await service.cancel(run.id, ana)).status).toBe('CANCELLED');
    expect(Date.now() - began).toBeLessThan(1000);
    expect((await ended(service, start(service, 0, 1))).status).toBe('DONE');
  });

  it('takes what waits from the queue', async () => {
    const service = serviceWith();
    start(service, LONG);
    const waiting = start(service, LONG, 2);
    expect((await service.cancel(waiting.id, ana)).status).toBe('CANCELLED');
    expect(service.load).toMatchObject({ queued: 0, running: 1 });
  });

  it('is what the end of the service does to all, and it takes no more', async () => {
    const service = serviceWith();
    const runs = [start(service, LONG, 1), start(service, LONG, 2)];
    await service.close();
    for (const { id } of runs) expect(service.find(id, ana).status).toBe('CANCELLED');
    expect(() => start(service, 0)).toThrow('the service is ending');
  });
});

describe('the deadline', () => {
  it('ends a run with what it has by then, which answers nobody else', async () => {
    const service = serviceWith();
    const run = await ended(service, start(service, LONG, 1, ana, 0.5));
    expect(run.status).toBe('DONE');
    expect(service.result(run.id, ana)).toMatchObject({ isStopped: true });
    expect(start(service, LONG, 1, bob).isFromCache).toBe(false);
  });

  it('ends a run that does not listen with the last it kept, which answers nobody else; cancelled it has nothing', async () => {
    const service = serviceWith();
    const asked = { parameters: { values: [1, 2] }, projection, seconds: 0.4 };
    const run = await ended(service, service.start(keeping, ana, asked));
    expect([run.status, run.error]).toEqual(['DONE', null]);
    expect(service.result(run.id, ana)).toMatchObject({ isStopped: true, value: 2 });
    const again = service.start(keeping, bob, { ...asked, seconds: 60 });
    expect(again.isFromCache).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await service.cancel(again.id, bob)).status).toBe('CANCELLED');
  });

  it('fails a run that shows nothing', async () => {
    const service = serviceWith();
    const run = service.start(deaf, ana, { parameters: {}, projection, seconds: 0.2 });
    expect(await ended(service, run)).toMatchObject({
      status: 'FAILED',
      error: { code: 'ANALYSIS_DEADLINE' },
    });
    expect((await ended(service, start(service, 0))).status).toBe('DONE');
  });

  it('may not be beyond what the service allows', () => {
    const service = serviceWith();
    for (const seconds of [0, -1, Number.NaN, 601]) {
      expect(() => start(service, 0, 1, ana, seconds)).toThrow(
        'seconds expected a number above 0 and up to 600',
      );
    }
  });
});

describe('a bad end', () => {
  it.each([
    ['throw', 'ANALYSIS_CRASHED'],
    ['refuse', 'BAD_INPUT'],
    ['exit', 'ANALYSIS_CRASHED'],
    ['memory', 'ANALYSIS_OUT_OF_MEMORY'],
    ['large', 'ANALYSIS_RESULT_TOO_LARGE'],
  ] as const)('by way of %s has the code %s, and the next run is well', async (way, code) => {
    const service = serviceWith({ threadMemoryMb: 64, resultBytes: 1_000_000 });
    const run = await ended(service, service.start(bad, ana, { parameters: { way }, projection }));
    expect(run).toMatchObject({ status: 'FAILED', error: { code } });
    expect((await ended(service, start(service, 0))).status).toBe('DONE');
  });
});

describe('the queue', () => {
  it('is bounded', () => {
    const service = serviceWith({ queueLength: 2 });
    for (const tag of [1, 2, 3]) start(service, LONG, tag);
    expect(() => start(service, LONG, 4)).toThrow('2 analyses wait already');
  });

  it('gives the next thread to whoever has the fewest', async () => {
    const service = serviceWith({ workers: 2 });
    for (const tag of [1, 2, 3]) start(service, LONG, tag);
    const other = start(service, 0, 4, bob);
    const [third, second] = service.page(ana, 10).items;
    expect([second.status, third.status, other.status]).toEqual(['RUNNING', 'QUEUED', 'QUEUED']);
    await service.cancel(second.id, ana);
    expect((await ended(service, other, bob)).status).toBe('DONE');
  });
});

describe('results', () => {
  it('answer the same question of others, while the graph and the view are the same', async () => {
    const service = serviceWith();
    await ended(service, start(service, 1, 5));
    const again = start(service, 1, 5, bob);
    expect(again).toMatchObject({ status: 'DONE', isFromCache: true, progress: 1 });
    expect(service.result(again.id, bob)).toMatchObject({ value: 5 });
    const scoped = { owner: 'ana', scope: 'less' };
    expect(start(service, 1, 5, scoped).isFromCache).toBe(false);
    const later = smallProjection(['a'], [], 2);
    const changed = service.start(busy, ana, { parameters: { ms: 1, tag: 5 }, projection: later });
    expect(changed.isFromCache).toBe(false);
  });

  it('are waited for together by one caller who asks twice', () => {
    const service = serviceWith();
    expect(start(service, LONG, 1).id).toBe(start(service, LONG, 1).id);
    expect(start(service, LONG, 2).id).not.toBe(start(service, LONG, 1).id);
  });

  it('expire with time, and the oldest where there are too many', async () => {
    const service = serviceWith({ resultSeconds: 100, resultBytes: 400 });
    const first = await ended(service, start(service, 0, 1));
    expect(first.status).toBe('DONE');
    time = 101_000;
    expect(service.find(first.id, ana).status).toBe('EXPIRED');
    expect(service.result(first.id, ana)).toBeUndefined();
    const many = [];
    for (let tag = 10; tag < 20; tag++) many.push(await ended(service, start(service, 0, tag)));
    expect(service.load.resultBytes).toBeLessThanOrEqual(400);
    const [oldest, ...rest] = many.map(({ id }) => service.find(id, ana).status);
    expect([oldest, rest[8]]).toEqual(['EXPIRED', 'DONE']);
    service.forgetResults();
    expect(service.find(many[9].id, ana).status).toBe('EXPIRED');
  });
});

describe('a page of runs', () => {
  it('goes on after a cursor, and refuses one of nowhere', async () => {
    const service = serviceWith({ queueLength: 9 });
    const ids = [1, 2, 3].map((tag) => start(service, LONG, tag).id).reverse();
    const page = service.page(ana, 2);
    expect(page).toMatchObject({ totalCount: 3, hasNextPage: true, hasPreviousPage: false });
    expect(page.items.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    const rest = service.page(ana, 2, ids[1]);
    expect(rest.items.map(({ id }) => id)).toEqual(ids.slice(2));
    expect(rest).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(() => service.page(ana, 2, 'nowhere')).toThrow('after expected a cursor');
  });
});

describe('the same question', () => {
  it('has the same bytes on one worker and on two, but for seconds', async () => {
    const random = randomSource(3);
    const ids = Array.from({ length: 60 }, (_, i) => `n${i}`);
    const pairs = Array.from({ length: 150 }, () => `n${random.below(60)}->n${random.below(60)}`);
    const graph = smallProjection(ids, [...new Set(pairs)]);
    const all = { nodeTypes: null, relationshipTypes: null, seed: 7 };
    const answers = async (workers: number): Promise<string[]> => {
      const service = serviceWith({ workers, queueLength: 9 });
      const runs = [
        service.start(criticalNodesAnalysis, ana, {
          parameters: { ...all, k: 9, iterations: 30_000 },
          projection: graph,
        }),
        ...(['gnd', 'min-sum', 'core-hd'] as const).map((method) =>
          service.start(dismantlingAnalysis, ana, {
            parameters: { ...all, method, target: 0.05, radius: 2 },
            projection: graph,
          }),
        ),
      ];
      await Promise.all(runs.map((run) => ended(service, run)));
      return runs.map(({ id }) => JSON.stringify({ ...service.result(id, ana), seconds: 0 }));
    };
    const [one, two] = [await answers(1), await answers(2)];
    expect(one.join()).toContain('"removed":["n');
    expect(two).toEqual(one);
  });
});
