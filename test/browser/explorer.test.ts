/** The explorer in a real browser: it opens on queries that work, and asks nobody but the service. */
import { readdirSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { type CliStore, cliOnEmptyStore } from '../support/cli';
import { type ServedStore, serveStore } from '../support/served-store';

const CHROMIUM = process.env.ATLAS_CHROMIUM;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SLOW_MS = 120_000;

if (CHROMIUM) {
  describe('the explorer', () => inBrowser(CHROMIUM));
} else {
  test('the explorer is not opened here: ATLAS_CHROMIUM names no browser', () => {
    expect(CHROMIUM ?? '').toBe('');
  });
}

function inBrowser(executablePath: string): void {
  let store: CliStore;
  let served: ServedStore;
  let browser: Browser;

  beforeAll(async () => {
    store = cliOnEmptyStore();
    store.json('seed');
    served = await serveStore({ ATLAS_STORE: `embedded:${store.path}` });
    browser = await chromium.launch({ executablePath, args: FLAGS });
  }, SLOW_MS);
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    store?.remove();
  });

  test(
    'opens on the examples, answers the first one, and makes no request to anyone else',
    async () => {
      const page = await browser.newPage();
      const asked: string[] = [];
      const faults: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(`${served.url}/graphql`, { waitUntil: 'load' });
      const tabs = page.getByRole('tab');
      await tabs.first().waitFor();
      expect(await tabs.count()).toBeGreaterThanOrEqual(
        readdirSync('docs/examples').filter((f) => f.endsWith('.graphql')).length,
      );
      await page.getByRole('button', { name: /execute query/i }).click();
      const answer = page.locator('.result-window');
      await answer.getByText('"data"').first().waitFor();
      expect(await answer.getByText('"errors"').count()).toBe(0);
      const foreign = asked.filter((url) => !url.startsWith(served.url) && !/^(data|blob):/.test(url));
      expect({ foreign, faults }).toEqual({ foreign: [], faults: [] });
      await page.close();
    },
    SLOW_MS,
  );
}
