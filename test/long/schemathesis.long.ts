/** Some thousands of cases of schemathesis; ATLAS_TEST_CASES says how many, and ATLAS_TEST_SEED which. */
import { describeSchemathesis, fuzz } from '../support/schemathesis';

const CASES = Number(process.env.ATLAS_TEST_CASES ?? 2000);
const SEED = Number(process.env.ATLAS_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));

describeSchemathesis(`The API under ${CASES} cases that schemathesis makes up, seed ${SEED}`, () => {
  it('has no error of its own', async () => {
    const { cases, passed, output, serviceErrors, log } = await fuzz(CASES, SEED);
    process.stdout.write(`${output}\n`);
    expect({ serviceErrors, log }).toEqual({ serviceErrors: [], log: '' });
    expect(cases).toBeGreaterThanOrEqual(CASES);
    expect(passed).toBe(cases);
  }, 1_200_000);
});
