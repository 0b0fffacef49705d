import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServices, openEmbeddedServices } from '../support/embedded-services';

describe('loading a folder of curated files', () => {
  let opened: EmbeddedServices;
  let folder: string;
  beforeEach(async () => {
    opened = await openEmbeddedServices();
    folder = mkdtempSync(join(tmpdir(), 'chokepoint-atlas-'));
  });
  afterEach(async () => {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['no JSON', '{'],
    ['another shape', '{"operations": 7}'],
  ])('refuses %s as SEED_INVALID, naming the file, and writes nothing', async (_what, text) => {
    writeFileSync(join(folder, 'bad.json'), text);
    await expect(opened.services.seeds.load(folder)).rejects.toMatchObject({
      code: 'SEED_INVALID',
      message: expect.stringContaining('bad.json'),
    });
    expect((await opened.services.projections.current()).seq).toBe(0);
  });

  it('says FILE_NOT_FOUND where there is no folder', async () => {
    await expect(opened.services.seeds.load(join(folder, 'none'))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });
});
