/** Reads CycloneDX documents in JSON: components, what they depend on, and VEX. */
import { digestOf } from '../model/digest';
import { nodeId } from '../model/identity';
import type { Json } from '../model/values';
import { cyclonedxDocument, isCyclonedxRoot } from './cyclonedx-xml';
import {
  compact,
  isObject,
  type JsonObject,
  objectsOf,
  readObject,
  textOf,
  textsOf,
  timeTextOf,
  unexpected,
  without,
} from './json-document';
import type { Content, FormatReader, ReadItem } from './reader';
import { implied, linkItem, type NodeItem, silent, softwareItem, vulnerabilityItem } from './shared-nodes';
import { straysOf } from './strays';
import { vexItems } from './vex-statement';
import { readXmlContent } from './xml-element';

/** Deepest nesting of components that is followed. */
const MAX_NESTING = 30;
const IDENTITY = ['bom-ref', 'purl', 'cpe', 'name', 'version', 'group', 'components', 'services'];
/** Members of a document that become nodes and relationships of their own. */
const CONTENTS = ['components', 'services', 'dependencies', 'vulnerabilities'];

class Bom {
  private readonly byRef = new Map<string, NodeItem>();
  private readonly serial: string;

  constructor(private readonly document: JsonObject) {
    // Serial numbers are optional, and copied between documents by people: the content tells documents apart.
    this.serial = `${textOf(document.serialNumber) ?? 'unnumbered'}/${digestOf(document)}`;
  }

  items(): ReadItem[] {
    const main = this.main();
    const { document } = this;
    const report = this.report(main);
    return [
      report,
      ...(main ? this.assembly([main], report, 'components', 0).map(silent) : []),
      ...this.assembly(document.components, report, 'components', 0),
      ...this.assembly(document.services, report, 'services', 0).map(silent),
      ...straysOf(document.dependencies, 'a dependency'),
      ...straysOf(document.vulnerabilities, 'a vulnerability'),
      ...objectsOf(document.dependencies).flatMap((each) => this.dependencies(each)),
      ...objectsOf(document.vulnerabilities).flatMap((each, index) => this.vulnerability(each, index)),
    ];
  }

  private main(): JsonObject | undefined {
    const { metadata } = this.document;
    return isObject(metadata) && isObject(metadata.component) ? metadata.component : undefined;
  }

  /** The document itself, with what it says beside its contents. */
  private report(main: JsonObject | undefined): NodeItem {
    const metadata = isObject(this.document.metadata) ? this.document.metadata : {};
    const name = [textOf(main?.name), textOf(main?.version)].filter((each) => each !== undefined).join(' ');
    const value = {
      id: nodeId('Report', 'cyclonedx', this.serial),
      type: 'Report',
      properties: compact({
        name: name === '' ? this.serial : name,
        published: timeTextOf(metadata.timestamp),
        publisher: isObject(metadata.supplier) ? textOf(metadata.supplier.name) : undefined,
        stixType: 'x-cyclonedx-bom',
        customProperties: { cyclonedx: without(this.document, CONTENTS) ?? {} },
      }),
    };
    return implied({ kind: 'node', value });
  }

  /** Components or services, each after what holds it, and what they hold themselves. */
  private assembly(
    parts: Json | undefined,
    holder: NodeItem,
    member: 'components' | 'services',
    depth: number,
  ): ReadItem[] {
    if (depth > MAX_NESTING) return [];
    const items = objectsOf(parts).flatMap((part): ReadItem[] => {
      const item = this.component(part);
      const held =
        holder.value.type === 'Report'
          ? linkItem('CONTAINS', holder, item)
          : linkItem('RELATED_TO', holder, item, { stixType: 'contains' }, { discriminators: [this.serial] });
      return [item, implied(held), ...this.assembly(part[member], item, member, depth + 1)];
    });
    return [...items, ...straysOf(parts, member === 'components' ? 'a component' : 'a service')];
  }

  private component(component: JsonObject): NodeItem {
    const group = textOf(component.group);
    const name = textOf(component.name) ?? textOf(component['bom-ref']) ?? 'unnamed';
    const product = {
      name: group === undefined ? name : `${group}/${name}`,
      version: textOf(component.version),
      purl: textOf(component.purl),
      cpe: textOf(component.cpe),
    };
    const saying = { slot: `cyclonedx:${this.serial}`, says: without(component, IDENTITY) ?? {} };
    const item = softwareItem(product, {
      ...saying,
      says: { ...saying.says, name, version: product.version },
    });
    const ref = textOf(component['bom-ref']);
    if (ref !== undefined) this.byRef.set(ref, item);
    return item;
  }

  /** What a reference means: a component of this document, or one of another that is named only. */
  private referred(ref: string): { item: NodeItem; added: readonly ReadItem[] } {
    const local = this.byRef.get(ref) ?? this.byRef.get(ref.slice(ref.lastIndexOf('#') + 1));
    if (local) return { item: local, added: [] };
    // References have no meaning outside their document, but package URLs and links to other documents do.
    const isGlobal = /^(pkg|urn):/.test(ref);
    const name = isGlobal ? ref : `${this.serial}#${ref}`;
    const item = softwareItem({ name, purl: ref.startsWith('pkg:') ? ref : undefined });
    return { item, added: [implied(item)] };
  }

  private dependencies(dependency: JsonObject): ReadItem[] {
    const ref = textOf(dependency.ref);
    if (ref === undefined) return [];
    const link = (target: string, stixType: string): ReadItem[] => {
      const [from, to] = [this.referred(ref), this.referred(target)];
      const more = { discriminators: [stixType, this.serial, ref, target] };
      return [...from.added, ...to.added, linkItem('RELATED_TO', from.item, to.item, { stixType }, more)];
    };
    return [
      ...textsOf(dependency.dependsOn).flatMap((target) => link(target, 'depends-on')),
      ...textsOf(dependency.provides).flatMap((target) => link(target, 'provides').map(silent)),
    ];
  }

  private vulnerability(entry: JsonObject, index: number): ReadItem[] {
    const [reference] = objectsOf(entry.references);
    const name = textOf(entry.id) ?? textOf(reference?.id) ?? `${this.serial} #${index + 1}`;
    const analysis = isObject(entry.analysis) ? entry.analysis : undefined;
    const isClosing = CLOSING.has(textOf(analysis?.state) ?? '');
    const affects = objectsOf(entry.affects).filter((each) => isClosing || !isUnaffected(each));
    const targets = affects.flatMap((each) => textOf(each.ref) ?? []);
    const products = targets.map((ref) => this.referred(ref));
    const ranges = statedVersions(affects, isClosing, (ref) => this.referred(ref).item);
    const versionsOf = (product: NodeItem) => ranges.get(product.value.id);
    const added = products.flatMap((product) => product.added);
    const slot = `cyclonedx:${this.serial}`;
    const says = without(entry, ['id', 'bom-ref', 'analysis']) ?? {};
    const vulnerability = vulnerabilityItem(name, { slot, says });
    if (!analysis) {
      const links = products.map(({ item }) => {
        const versions = versionsOf(item);
        const more = versions ? { discriminators: [this.serial] } : {};
        return implied(linkItem('AFFECTS', vulnerability, item, { versions }, more));
      });
      return [vulnerability, ...added, ...links];
    }
    const { metadata } = this.document;
    const words = {
      key: [this.serial, name, String(index)],
      status: textOf(analysis.state) ?? 'unknown',
      justification: textOf(analysis.justification),
      statedAt: [
        analysis.lastUpdated,
        analysis.firstIssued,
        entry.updated,
        isObject(metadata) ? metadata.timestamp : undefined,
      ].reduce<string | undefined>((known, each) => known ?? timeTextOf(each), undefined),
      description: textOf(analysis.detail),
      more: compact(without(analysis, ['state', 'justification', 'detail']) ?? {}),
    };
    const statement = vexItems(
      words,
      vulnerability,
      products.map(({ item }) => item),
      versionsOf,
    );
    return [implied(vulnerability), ...added, ...statement];
  }
}

/** States that close a vulnerability. */
const CLOSING: ReadonlySet<string> = new Set([
  'false_positive',
  'not_affected',
  'resolved',
  'resolved_with_pedigree',
]);

const isUnaffectedVersion = ({ status }: JsonObject): boolean => textOf(status) === 'unaffected';

/** Stated only to be free of the vulnerability. */
function isUnaffected({ versions }: JsonObject): boolean {
  const stated = objectsOf(versions);
  return stated.length > 0 && stated.every(isUnaffectedVersion);
}

/** Versions and ranges that are stated of each product, by its id; nothing where the product alone says it. */
function statedVersions(
  affects: readonly JsonObject[],
  isClosing: boolean,
  itemOf: (ref: string) => NodeItem,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const each of affects) {
    const ref = textOf(each.ref);
    const stated = objectsOf(each.versions).filter((version) => isClosing || !isUnaffectedVersion(version));
    const versions = stated.flatMap(({ version, range }) => textOf(version) ?? textOf(range) ?? []);
    if (ref !== undefined && versions.length > 0) found.set(itemOf(ref).value.id, versions);
  }
  return found;
}

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  const document = await readObject(content, 'cyclonedx');
  if (document.bomFormat !== 'CycloneDX')
    throw unexpected(content, 'cyclonedx', 'bomFormat is not CycloneDX');
  yield new Bom(document).items();
}

async function* readXmlBom(content: Content): AsyncIterable<readonly ReadItem[]> {
  const root = await readXmlContent(content);
  if (!isCyclonedxRoot(root)) throw unexpected(content, 'cyclonedx-xml', 'its root is no bom of CycloneDX');
  yield new Bom(cyclonedxDocument(root)).items();
}

export const cyclonedxReader: FormatReader = { format: 'cyclonedx', read };
export const cyclonedxXmlReader: FormatReader = { format: 'cyclonedx-xml', read: readXmlBom };
