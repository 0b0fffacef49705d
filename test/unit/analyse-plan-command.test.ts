import { join } from 'node:path';
import { Command } from 'commander';
import { registerAnalysePlan } from '../../src/cli/analyse-plan.command';

const banks = join(__dirname, '../support/plans/spam-banks.json');

/** Runs the command in this process and returns what it printed. */
async function run(...args: string[]): Promise<string> {
  const lines: string[] = [];
  const write = jest
    .spyOn(process.stdout, 'write')
    .mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    const program = new Command('atlas').exitOverride();
    registerAnalysePlan(program);
    await program.parseAsync(['node', 'atlas', 'analyse', 'plan', ...args]);
  } finally {
    write.mockRestore();
  }
  return lines.join('');
}

describe('atlas analyse plan', () => {
  it('prints the documented JSON', async () => {
    const report = JSON.parse(await run(banks, '--budget', '3', '--seed', '1', '--frontier', '--json'));
    expect(Object.keys(report).slice(0, 9)).toEqual([
      'measures',
      'cost',
      'budget',
      'objective',
      'bound',
      'gap',
      'status',
      'of',
      'operations',
    ]);
    expect(report).toMatchObject({ cost: 3, budget: 3, status: 'optimal', of: 'model', ceiling: 100 });
    expect(report.objective).toBeCloseTo(95, 9);
    expect(report.operations).toEqual([{ id: 'spam-sales', name: null, downtimeDays: 95, severityLost: 95 }]);
    expect(report.frontier.points).toHaveLength(4);
  });

  it('prints a table for people', async () => {
    const text = await run(banks, '--budget', '1', '--marginal', '--doubtful-edges', '--simulate', '2');
    expect(text).toContain('optimal for the model: objective 50 of 100, bound 50, gap 0.00 %, cost 1');
    expect(text).toMatch(/stop-a +freeze-account +bank-a +1/);
    expect(text).toContain('Simulated 2 times: mean 50');
  });

  it('fails with a code for what cannot be read or planned', async () => {
    await expect(run('no-such-file.json')).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
    await expect(run(banks, '--takedown', 'spam-sales', '--json')).rejects.toMatchObject({
      code: 'PLAN_INFEASIBLE',
      data: { relax: ['budget'] },
    });
  });
});
