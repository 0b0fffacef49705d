/** The commands on identity: on the store, and the same through a running service. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliStore, cliOnEmptyStore } from '../support/cli';
import { bundleOf, stixId, stixObject } from '../support/memory-atlas';
import { type ServedStore, serveStore } from '../support/served-store';

const view = (number: number, by: number, name: string) =>
  stixObject('intrusion-set', number, { name, created_by_ref: stixId('identity', by) });
const idOf = (number: number) => stixId('intrusion-set', number);
const BUNDLE = bundleOf(
  stixObject('identity', 1, { name: 'One', identity_class: 'organization' }),
  stixObject('identity', 2, { name: 'Two', identity_class: 'organization' }),
  view(1, 1, 'APT 28'),
  view(2, 2, 'APT28'),
  view(3, 1, 'Snake'),
  view(4, 2, 'Snake'),
  view(5, 2, 'SNAKE'),
);

describe('atlas identity', () => {
  let store: CliStore;
  let served: ServedStore | undefined;
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'atlas-identity-'));
    writeFileSync(join(folder, 'views.json'), JSON.stringify(BUNDLE));
    store = cliOnEmptyStore();
  });
  afterAll(async () => {
    await served?.stop();
    store.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows what an import linked and left open, and judges what is left', async () => {
    const file = join(folder, 'views.json');
    expect(store.run('import', file, '--dry-run').stdout).toContain(
      '1 pairs joined by an identifier or name',
    );
    const { stdout } = store.run('import', file);
    expect(stdout).toContain('SAME: APT 28 | APT28: Both are called APT 28');
    expect(stdout).toContain('2 ambiguous and 0 unconfirmed pairs are left to you');
    const all = store.json('identity', 'proposals') as {
      totalCount: number;
      proposals: { nodes: { name: string }[] }[];
    };
    expect(all.totalCount).toBe(3);
    expect(store.json('identity', 'proposals', '--open', '--ambiguous')).toMatchObject({ totalCount: 2 });
    expect(store.run('identity', 'proposals', '--limit', '1').stdout).toMatch(/3 proposals[\s\S]*Snake/);
    expect(store.json('identity', 'group', idOf(1))).toMatchObject({
      members: [{ name: 'APT 28' }, { name: 'APT28' }],
      judgements: [{ judgement: 'SAME', by: 'rule' }],
    });
    const because = ['--reason', 'the report of May'];
    expect(store.json('identity', 'judge', idOf(3), idOf(4), '--as', 'SAME', ...because)).toMatchObject([
      { status: 'CREATED', problem: null },
    ]);
    store.json('identity', 'judge', idOf(5), idOf(4), '--as', 'DISTINCT', ...because);
    const refused = store.run('identity', 'judge', idOf(3), idOf(5), '--as', 'SAME', ...because);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain('IDENTITY_CONTRADICTION');
    expect(store.run('identity', 'judge', idOf(3), idOf(5), '--as', 'ALIKE', ...because).status).not.toBe(0);
    expect(store.run('identity', 'group', 'nobody').stderr).toContain('NODE_NOT_FOUND');
  }, 60_000);

  it('answers the same through a running service', async () => {
    const asked = [
      ['identity', 'proposals'],
      ['identity', 'proposals', '--open'],
      ['identity', 'group', idOf(3)],
    ];
    const before = asked.map((args) => store.json(...args));
    served = await serveStore({ ATLAS_STORE: `embedded:${store.path}` });
    const over = ['--server', served.url];
    expect(asked.map((args) => store.json(...args, ...over))).toEqual(before);
    const group = before[2] as { judgements: { id: string; judgement: string }[] };
    const { id } = group.judgements.find(({ judgement }) => judgement === 'SAME')!;
    const dry = store.json('identity', 'withdraw', id, '--reason', 'mistake', '--dry-run', ...over);
    expect(dry).toMatchObject([{ status: 'UPDATED' }]);
    expect(store.json('identity', 'withdraw', id, '--reason', 'mistake', ...over)).toMatchObject([
      { id, status: 'UPDATED' },
    ]);
    expect(store.run('identity', 'withdraw', id, '--reason', 'again', ...over)).toMatchObject({ status: 1 });
    expect(
      store.json('identity', 'judge', idOf(3), idOf(5), '--as', 'SAME', '--reason', 'so', ...over),
    ).toMatchObject([{ status: 'CREATED' }]);
  }, 60_000);
});
