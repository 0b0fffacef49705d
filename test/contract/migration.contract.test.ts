import { migrate } from '../../src/store/migrate';
import { schemaMigrations } from '../../src/store/statement-text';
import { describeContract } from '../support/contract';

const at = () => new Date('2026-01-01T00:00:00.000Z');

describeContract('migration', (contract) => {
  describe('migrate', () => {
    it('has applied every numbered file, each once', async () => {
      const { engine } = contract().store;
      const names = schemaMigrations(engine.schemaFolder).map((each) => each.name);
      expect(names.length).toBeGreaterThan(0);
      const applied = await engine.read('migration/load', {});
      expect(applied).toEqual(names.map((name) => ({ name })));
      contract().show(applied);
      expect(await migrate(engine, at)).toEqual([]);
    });

    it('runs a migration again that was cut off before it was recorded', async () => {
      const { engine } = contract().store;
      for (const migration of schemaMigrations(engine.schemaFolder)) {
        for (const statement of migration.statements) await engine.defineSchema(statement);
      }
      expect(await migrate(engine, at)).toEqual([]);
    });

    it('still knows them after reopening', async () => {
      const engine = await contract().store.reopen();
      expect(await migrate(engine, at)).toEqual([]);
    });

    it('refuses a store that a newer version has migrated', async () => {
      const { engine } = contract().store;
      await engine.write((transaction) =>
        transaction.run('migration/merge', { name: '9999-of-the-future', at: at().toISOString() }),
      );
      await expect(migrate(engine, at)).rejects.toMatchObject({
        code: 'STORE_SCHEMA_NEWER',
        data: { unknown: ['9999-of-the-future'] },
      });
    });
  });
});
