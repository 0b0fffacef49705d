import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { startApi } from '../support/api-server';

const executablePath = process.env.ATLAS_CHROMIUM;

describe('explorer in a browser', () => {
  if (!executablePath) {
    test('is looked at when ATLAS_CHROMIUM names a Chromium', () => {
      console.warn('ATLAS_CHROMIUM names no browser: the explorer was not opened in one.');
      expect(executablePath ?? '').toBe('');
    });
    return;
  }

  it('opens on the examples, runs one, and asks nobody but the service', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chokepoint-atlas-'));
    const explorerPage = join(folder, 'graphiql.html');
    execFileSync(process.execPath, ['scripts/explorer-page.mjs', explorerPage]);
    const api = await startApi({}, { explorerPage });
    await api.services.seeds.load();
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      const asked: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${api.url}/graphql`);
      const run = page.getByRole('button', { name: /execute query/i });
      await run.waitFor({ timeout: 60_000 });
      await page
        .getByRole('tab', { name: 'WhatOperationsNeed' })
        .or(page.getByText('WhatOperationsNeed'))
        .first()
        .waitFor();
      const answer = page.waitForResponse((response) =>
        (response.request().postData() ?? '').includes('chokepoints'),
      );
      await run.click();
      const body = (await (await answer).json()) as { data: { chokepoints: { totalCount: number } } };
      expect(body.data.chokepoints.totalCount).toBeGreaterThan(0);
      const foreign = asked.filter(
        (url) => !url.replace(/^blob:/, '').startsWith(api.url) && !url.startsWith('data:'),
      );
      expect(foreign).toEqual([]);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
      await api.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
