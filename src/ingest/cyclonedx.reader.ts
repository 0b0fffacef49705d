/** Reads CycloneDX documents in JSON: components, what they depend on, and VEX. */
import { digestOf } from '../model/digest';
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
import { implied, linkItem, type NodeItem, softwareItem, vulnerabilityItem } from './shared-nodes';
import { vexItems } from './vex-statement';
import { readXmlContent } from './xml-element';

/** Deepest nesting of components that is followed. */
const MAX_NESTING = 30;
const IDENTITY = ['bom-ref', 'purl', 'cpe', 'name', 'version', 'group', 'components'];

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
    return [
      ...(main ? [implied(this.component(main))] : []),
      ...this.components(objectsOf(document.components), 0),
      ...objectsOf(document.services).map((each) => implied(this.component(each))),
      ...objectsOf(document.dependencies).flatMap((each) => this.dependencies(each)),
      ...objectsOf(document.vulnerabilities).flatMap((each, index) => this.vulnerability(each, index)),
    ];
  }

  private main(): JsonObject | undefined {
    const { metadata } = this.document;
    return isObject(metadata) && isObject(metadata.component) ? metadata.component : undefined;
  }

  private components(components: readonly JsonObject[], depth: number): ReadItem[] {
    if (depth > MAX_NESTING) return [];
    return components.flatMap((component): ReadItem[] => {
      const item = this.component(component);
      const parts = this.components(objectsOf(component.components), depth + 1);
      return [item, ...parts];
    });
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
    const item = softwareItem({ name: ref, purl: ref.startsWith('pkg:') ? ref : undefined });
    return { item, added: [implied(item)] };
  }

  private dependencies(dependency: JsonObject): ReadItem[] {
    const ref = textOf(dependency.ref);
    if (ref === undefined) return [];
    return textsOf(dependency.dependsOn).flatMap((target) => {
      const [from, to] = [this.referred(ref), this.referred(target)];
      const properties = { stixType: 'depends-on' };
      const more = { discriminators: ['depends-on', this.serial, ref, target] };
      return [...from.added, ...to.added, linkItem('RELATED_TO', from.item, to.item, properties, more)];
    });
  }

  private vulnerability(entry: JsonObject, index: number): ReadItem[] {
    const name = textOf(entry.id) ?? textOf(entry['bom-ref']) ?? `${this.serial} #${index + 1}`;
    const targets = objectsOf(entry.affects).flatMap((each) => textOf(each.ref) ?? []);
    const products = targets.map((ref) => this.referred(ref));
    const ranges = affectedVersions(objectsOf(entry.affects), (ref) => this.referred(ref).item);
    const versionsOf = (product: NodeItem) => ranges.get(product.value.id);
    const added = products.flatMap((product) => product.added);
    const analysis = isObject(entry.analysis) ? entry.analysis : undefined;
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
      statedAt: timeTextOf(entry.updated) ?? timeTextOf(isObject(metadata) ? metadata.timestamp : undefined),
      description: textOf(analysis.detail),
      more: compact({ response: textsOf(analysis.response) }),
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

/** Versions and ranges that are stated of each product, by its id; nothing where the product alone says it. */
function affectedVersions(
  affects: readonly JsonObject[],
  itemOf: (ref: string) => NodeItem,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const each of affects) {
    const ref = textOf(each.ref);
    const stated = objectsOf(each.versions).filter(({ status }) => textOf(status) !== 'unaffected');
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
