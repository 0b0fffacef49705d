/** Every query and mutation under cases that schemathesis makes up. ATLAS_SCHEMATHESIS names the program. */
import { describeSchemathesis, fuzz } from '../support/schemathesis';

describeSchemathesis('The API under cases that schemathesis makes up', () => {
  it('answers 300 of them, over every query and mutation, without an error of its own', async () => {
    const { cases, passed, operations, output, serviceErrors, log } = await fuzz(300, 20260101);
    expect({ serviceErrors, log }).toEqual({ serviceErrors: [], log: '' });
    expect(output).toMatch(new RegExp(`Tested: +${operations}\\n`));
    expect(cases).toBeGreaterThanOrEqual(300);
    expect([passed, output]).toEqual([cases, output]);
  }, 300_000);
});
