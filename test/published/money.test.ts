/** Shapes in which tags, actors and addresses of wallets are published. */
import { bytesSource } from '../../src/ingest/byte-source';
import { describeShapes } from '../support/published-shapes';

describeShapes('money', (shapes) => {
  it('keeps addresses as they are written: hexadecimal and long numbers are no numbers', async () => {
    await shapes.expectRead(
      [
        '---',
        'title: T',
        'creator: C',
        'defaults: &shared {currency: ETH, label: Exchange}',
        'tags:',
        '  - address: 0xFA8E3920daF271daB92Be9B87d9998DDd94FEF08',
        '    <<: *shared',
        '  - {address: 12345678901234567890, <<: *shared}',
        '  - {address: 0042, <<: *shared}',
      ].join('\n'),
      3,
      'graphsense',
    );
    expect(await shapes.names('FinancialChannel')).toEqual([
      '0042',
      '0xfa8e3920daf271dab92be9b87d9998ddd94fef08',
      '12345678901234567890',
    ]);
    expect(await shapes.names('Thing')).toEqual(['T', 'exchange']);
  });

  it('refuses a key that stands twice in one map', async () => {
    const file = await shapes.atlas.importOne(
      'title: T\ncreator: C\ntags:\n - {address: a, label: l, label: m}\n',
    );
    expect(file).toMatchObject({
      error: { code: 'INVALID_YAML', message: expect.stringContaining('"label" stands twice') },
    });
  });

  it('reads tags in JSON, and what the header says of all actors', async () => {
    await shapes.expectRead(
      { title: 'T', creator: 'C', label: 'L', tags: [{ address: '1BoatSLRHtKNngkdXEeobR76b53LETtpyT' }] },
      1,
      'graphsense',
    );
    await shapes.expectRead(
      'title: T\ncreator: C\njurisdictions: [AT]\nactors:\n - {id: a, label: A, uri: [https://a.example, https://b.example]}\n',
      2,
      'graphsense',
    );
    expect(await shapes.links()).toEqual(expect.arrayContaining(['A located-at AT']));
  });

  it('reads sanctioned addresses, one a line, where the file says what they are', async () => {
    const { services } = shapes.atlas;
    const lines = '1BoatSLRHtKNngkdXEeobR76b53LETtpyT\r\n\r\n3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy';
    const { files } = await services.importing.import(
      ['sanctioned_addresses_XBT.txt', 'list.txt'].map((name) => bytesSource(lines, name)),
      { actor: 'test' },
    );
    expect(files).toMatchObject([
      { format: 'sanctioned-addresses-text', read: 2, created: 2 },
      { error: { code: 'UNKNOWN_FORMAT' } },
    ]);
  });

  it('reads tags of transactions, and what a pack says of itself', async () => {
    const pack = [
      'title: T',
      'creator: C',
      'description: Of a case',
      'is_public: true',
      'tags:',
      ' - {tx_hash: 4A5E1E4BAAB89F3A, label: Theft, source: https://s.example}',
    ].join('\n');
    await shapes.expectRead(pack, 1, 'graphsense');
    expect(await shapes.links()).toEqual(['4a5e1e4baab89f3a tagged-as theft']);
    const own = [...(await shapes.nodes()).values()].find(({ properties }) => properties.name === 'T');
    expect(own?.properties).toMatchObject({
      description: 'Of a case',
      customProperties: { is_public: true },
    });
    expect(await shapes.atlas.importOne(`${pack}\n---\n${pack}`)).toMatchObject({
      error: { code: 'INVALID_YAML', message: expect.stringContaining('save each in a file of its own') },
    });
  });
});
