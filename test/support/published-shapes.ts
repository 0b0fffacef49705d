/** Shapes in which the field publishes what it has, each made by hand: all is read, read again nothing changes, on every store. */
import type { Json } from '../../src/model/values';
import { describeContract } from './contract';
import { graphState } from './graph-state';
import { atlasOver, type MemoryAtlas } from './memory-atlas';

interface ShownNode {
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, Json>>;
}

interface ShownLink {
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly properties: { readonly stixType?: string };
}

/** An empty atlas for each test, and what there is to be seen in it. */
export class PublishedShapes {
  constructor(private readonly opened: () => MemoryAtlas) {}

  get atlas(): MemoryAtlas {
    return this.opened();
  }

  async nodes(): Promise<ReadonlyMap<string, ShownNode>> {
    const { nodes } = (await this.atlas.state()) as { nodes: ShownNode[] };
    return new Map(nodes.map((node) => [node.id, node]));
  }

  async names(type: string): Promise<readonly Json[]> {
    const found = [...(await this.nodes()).values()];
    return found.flatMap((node) => (node.type === type ? [node.properties.name] : [])).sort();
  }

  async links(): Promise<readonly string[]> {
    const { relationships } = await graphState(this.atlas.services);
    const known = await this.nodes();
    const nameOf = (id: string) => known.get(id)?.properties.name ?? id;
    return (relationships as readonly ShownLink[])
      .map(({ from, to, type, properties }) => `${nameOf(from)} ${properties.stixType ?? type} ${nameOf(to)}`)
      .sort();
  }

  /** Imports it as a file of a name twice. */
  async expectRead(content: string | Buffer | object, read: number, format: string): Promise<void> {
    const first = await this.atlas.importOne(content);
    expect(first).toMatchObject({ format, read, rejected: 0, reasons: [] });
    expect(await this.atlas.importOne(content)).toMatchObject({ read, unchanged: read });
  }
}

/** Runs a suite on every store named; what each test leaves in the graph must be the same on all of them. */
export function describeShapes(what: string, suite: (shapes: PublishedShapes) => void): void {
  describeContract(`what is published: ${what}`, (contract) => {
    let atlas: MemoryAtlas;
    beforeEach(async () => {
      atlas = atlasOver(await contract().store.emptied());
    });
    afterEach(async () => {
      const { nodes, relationships, claims } = await graphState(atlas.services);
      contract().show(nodes, relationships, claims);
    });
    suite(new PublishedShapes(() => atlas));
  });
}
