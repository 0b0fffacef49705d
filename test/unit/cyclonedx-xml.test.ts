import { type MemoryAtlas, openMemoryAtlas } from '../support/memory-atlas';

const XML = `<?xml version="1.0" encoding="UTF-8"?>
<bom xmlns="http://cyclonedx.org/schema/bom/1.5" serialNumber="urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79" version="1">
  <metadata><timestamp>2024-01-01T00:00:00Z</timestamp><component type="application" bom-ref="app"><name>shop</name><version>1</version></component></metadata>
  <components>
    <component type="library" bom-ref="lib"><group>org.example</group><name>lib</name><version>2.0</version>
      <hashes><hash alg="SHA-256">abc</hash></hashes><licenses><license><id>MIT</id></license></licenses><purl>pkg:maven/org.example/lib@2.0</purl>
      <properties><property name="a">b</property></properties></component>
    <component type="library" bom-ref="other"><name>other</name><licenses><expression>MIT OR Apache-2.0</expression></licenses></component>
  </components>
  <dependencies><dependency ref="app"><dependency ref="lib"/><dependency ref="other"/></dependency><dependency ref="lib"/></dependencies>
  <services/>
  <vulnerabilities>
    <vulnerability bom-ref="v"><id>CVE-2024-1234</id>
      <analysis><state>not_affected</state><justification>code_not_reachable</justification><responses><response>will_not_fix</response></responses><detail>never called</detail></analysis>
      <affects><target><ref>lib</ref></target></affects></vulnerability>
  </vulnerabilities>
</bom>`;
const JSON_BOM = {
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  serialNumber: 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79',
  version: '1',
  metadata: {
    timestamp: '2024-01-01T00:00:00Z',
    component: { type: 'application', 'bom-ref': 'app', name: 'shop', version: '1' },
  },
  components: [
    {
      type: 'library',
      'bom-ref': 'lib',
      group: 'org.example',
      name: 'lib',
      version: '2.0',
      hashes: [{ alg: 'SHA-256', content: 'abc' }],
      licenses: [{ license: { id: 'MIT' } }],
      purl: 'pkg:maven/org.example/lib@2.0',
      properties: [{ name: 'a', value: 'b' }],
    },
    { type: 'library', 'bom-ref': 'other', name: 'other', licenses: [{ expression: 'MIT OR Apache-2.0' }] },
  ],
  services: [],
  dependencies: [{ ref: 'app', dependsOn: ['lib', 'other'] }, { ref: 'lib' }],
  vulnerabilities: [
    {
      'bom-ref': 'v',
      id: 'CVE-2024-1234',
      analysis: {
        state: 'not_affected',
        justification: 'code_not_reachable',
        response: ['will_not_fix'],
        detail: 'never called',
      },
      affects: [{ ref: 'lib' }],
    },
  ],
};

describe('CycloneDX in XML', () => {
  const graphOf = async (content: string | object) => {
    const atlas: MemoryAtlas = await openMemoryAtlas();
    try {
      const file = await atlas.importOne(content);
      const { nodes, edges } = (await atlas.state()) as { nodes: { type: string }[]; edges: unknown[] };
      return { file, graph: { nodes: nodes.filter((node) => node.type !== 'Report'), edges } };
    } finally {
      await atlas.engine.close();
    }
  };

  it('says what the same document says in JSON', async () => {
    const [xml, json] = [await graphOf(XML), await graphOf(JSON_BOM)];
    expect(xml.file).toMatchObject({ format: 'cyclonedx-xml', read: 5, rejected: 0 });
    expect(json.file).toMatchObject({ format: 'cyclonedx', read: 5 });
    expect(xml.graph).toEqual(json.graph);
  });

  it('refuses entities, and what is no bill of materials', async () => {
    const code = async (text: string) => (await graphOf(text)).file.error?.code;
    expect(await code(XML.replace('<bom', '<!DOCTYPE bom [<!ENTITY a "b">]>\n<bom'))).toBe('XML_DOCTYPE');
    expect(await code(XML.slice(0, 900))).toBe('XML_MALFORMED');
    expect(await code('<?xml version="1.0"?><feed/>')).toBe('UNKNOWN_FORMAT');
  });
});
