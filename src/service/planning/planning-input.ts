/** From a planning problem with ids to the index-based model the analysis works on, with what had to be assumed. */
import type {
  DoubtfulDependency,
  DoubtfulRequirement,
  DoubtfulSupplier,
  Duration,
  MeasureEffect,
  ModelComponent,
  ModelLimits,
  ModelMeasure,
  PlanningModel,
} from '../../analysis';
import type { PlanFileDuration, PlanProblemFile } from '../../ingest/plan-problem.format';

export interface PlanningWarning {
  readonly code:
    | 'UNKNOWN_SUPPLIER'
    | 'UNSEEN_SHARE'
    | 'UNREACHABLE_TARGET'
    | 'NO_FEASIBLE_MEASURE'
    | 'TARGET_ON_WARNINGLIST';
  readonly subject: string;
  readonly message: string;
}

export interface PlanningInput {
  readonly model: PlanningModel;
  readonly file: PlanProblemFile;
  readonly jurisdictions: readonly string[];
  readonly warnings: readonly PlanningWarning[];
}

/** Numbers names in order of first use. */
class NameTable {
  readonly names: string[] = [];
  private readonly indices = new Map<string, number>();

  indexOf(name: string | undefined): number {
    if (name === undefined) return -1;
    const known = this.indices.get(name);
    if (known !== undefined) return known;
    this.indices.set(name, this.names.length);
    return this.names.push(name) - 1;
  }
}

const indexed = (list: readonly { readonly id: string }[]): ReadonlyMap<string, number> =>
  new Map(list.map(({ id }, i) => [id, i]));

const forEver = (duration: PlanFileDuration): Duration => duration ?? Number.POSITIVE_INFINITY;
const unlimited = (limit: number | null): number => limit ?? Number.POSITIVE_INFINITY;

export function planningInput(file: PlanProblemFile): PlanningInput {
  return new PlanningInputBuilder(file).build();
}

class PlanningInputBuilder {
  private readonly componentAt: ReadonlyMap<string, number>;
  private readonly requirementAt: ReadonlyMap<string, number>;
  private readonly operationAt: ReadonlyMap<string, number>;
  private readonly measureAt: ReadonlyMap<string, number>;
  private readonly partnerAt: ReadonlyMap<string, number>;
  private readonly originAt: ReadonlyMap<string, number>;
  private readonly jurisdictions = new NameTable();
  private readonly capabilities = new NameTable();
  private readonly kinds = new NameTable();
  private readonly offences = new NameTable();
  private readonly warnings: PlanningWarning[] = [];

  constructor(private readonly file: PlanProblemFile) {
    this.componentAt = indexed(file.components);
    this.requirementAt = indexed(file.requirements);
    this.operationAt = indexed(file.operations);
    this.measureAt = indexed(file.measures);
    this.partnerAt = indexed(file.partners);
    this.originAt = indexed(file.origins);
  }

  build(): PlanningInput {
    const { file } = this;
    const requirements = file.requirements.map((each) => this.requirement(each));
    const components = file.components.map((each) => this.component(each));
    const dependencies = this.dependencies(requirements, components);
    const model: PlanningModel = {
      horizonDays: file.horizonDays,
      discountPerDay: file.discountPerDay,
      operations: file.operations.map((each) => ({
        severity: each.severity,
        needs: each.needs.map((id) => this.requirementAt.get(id)!),
        displacedShare: each.displacement?.share ?? 0,
        displacedAfterDays: each.displacement?.afterDays ?? 0,
      })),
      requirements,
      components,
      dependencies,
      measures: file.measures.map((each) => this.measure(each)),
      partners: file.partners.map((each) => ({
        kind: this.kinds.indexOf(each.kind),
        jurisdictions: each.jurisdictions.map((name) => this.jurisdictions.indexOf(name)),
        capabilities: each.capabilities.map((name) => this.capabilities.indexOf(name)),
        capacity: unlimited(each.capacity),
      })),
      cooperation: file.cooperation.map((each) => ({
        partner: this.partnerAt.get(each.from)!,
        jurisdiction: this.jurisdictions.indexOf(each.to),
        medianDays: each.medianDays,
        pGranted: each.pGranted,
        capabilities: each.capabilities.map((name) => this.capabilities.indexOf(name)),
        ...(each.offence === undefined ? {} : { offence: this.offence(each.offence) }),
        lastDay: each.expiresDay,
      })),
      origins: file.origins.map((each) => each.reliability),
      limits: this.limits(),
    };
    return { model, file, jurisdictions: this.jurisdictions.names, warnings: this.warnings };
  }

  private requirement(each: PlanProblemFile['requirements'][number]): DoubtfulRequirement {
    const suppliers = each.suppliers.map(
      (s): DoubtfulSupplier => ({
        component: this.componentAt.get(s.component)!,
        share: s.share,
        latent: s.role !== 'PRIMARY',
        switchDays: s.switchDays,
        pTrue: s.confidence,
        origin: s.origin === undefined ? -1 : this.originAt.get(s.origin)!,
      }),
    );
    const named = suppliers.filter((s) => !s.latent).reduce((sum, s) => sum + s.share, 0);
    if (named === 0) this.warn('UNKNOWN_SUPPLIER', each.id, 'has no primary supplier and counts as met');
    else if (each.mode === 'ANY' && named < 1 - 1e-9) {
      this.warn(
        'UNSEEN_SHARE',
        each.id,
        `names ${Math.round(named * 1000) / 10} % of its supply; the rest counts as up`,
      );
    }
    const { mode, criticality, graceDays } = each;
    return { mode, k: each.k ?? 1, criticality, graceDays, suppliers };
  }

  private component(each: PlanProblemFile['components'][number]): ModelComponent {
    const isNeverRebuilt = each.detectDays === null && each.setupDays === null;
    return {
      detectDays: isNeverRebuilt ? Number.POSITIVE_INFINITY : (each.detectDays ?? 0),
      setupDays: each.setupDays ?? 0,
      rebuiltWith: each.rebuiltWith.map((id) => this.componentAt.get(id)!),
      needs: each.needs.map((id) => this.requirementAt.get(id)!),
    };
  }

  /** Hard needs; with days of autonomy they are requirements with grace, and common causes are rings of needs. */
  private dependencies(
    requirements: DoubtfulRequirement[],
    components: ModelComponent[],
  ): DoubtfulDependency[] {
    const dependencies: DoubtfulDependency[] = [];
    for (const each of this.file.dependencies) {
      const from = this.componentAt.get(each.from)!;
      const to = this.componentAt.get(each.to)!;
      const origin = each.origin === undefined ? -1 : this.originAt.get(each.origin)!;
      if (each.autonomousDays === 0) dependencies.push({ from, to, pTrue: each.confidence, origin });
      else {
        const only = {
          component: to,
          share: 1,
          latent: false,
          switchDays: 0,
          pTrue: each.confidence,
          origin,
        };
        const need = { k: 1, criticality: 1, graceDays: each.autonomousDays, suppliers: [only] };
        const r = requirements.push({ mode: 'ALL', ...need }) - 1;
        components[from] = { ...components[from], needs: [...components[from].needs, r] };
      }
    }
    for (const each of this.file.commonCauses) {
      const never = Number.POSITIVE_INFINITY;
      const ring = components.push({ detectDays: never, setupDays: 0, rebuiltWith: [], needs: [] }) - 1;
      for (const id of each.members) {
        const member = this.componentAt.get(id)!;
        dependencies.push({ from: member, to: ring, pTrue: 1, origin: -1 });
        dependencies.push({ from: ring, to: member, pTrue: 1, origin: -1 });
      }
    }
    return dependencies;
  }

  private measure(each: PlanProblemFile['measures'][number]): ModelMeasure {
    return {
      cost: each.cost,
      exposure: each.exposure,
      collateral: each.collateral,
      leadDays: each.leadDays,
      starts: [...new Set(each.starts)].sort((a, b) => a - b),
      pSuccess: each.successProbability,
      jurisdiction: this.jurisdictions.indexOf(each.jurisdiction),
      capability: this.capabilities.indexOf(each.capability),
      partnerKinds: each.partnerKinds.map((kind) => this.kinds.indexOf(kind)),
      partners: each.partners.map((id) => this.partnerAt.get(id)!),
      offences: each.offences.map((name) => this.offence(name)),
      lastDay: each.expiresDay,
      effects: each.effects.flatMap((e) => this.effects(each.id, e)),
      conflicts: each.conflicts.map((id) => this.measureAt.get(id)!),
      requires: each.requires.map((id) => this.measureAt.get(id)!),
    };
  }

  private effects(
    measure: string,
    e: PlanProblemFile['measures'][number]['effects'][number],
  ): MeasureEffect[] {
    const timed = { holdDays: forEver(e.holdDays), strength: e.strength };
    if (e.effect === 'OUTAGE' || e.effect === 'INTERCEPT') {
      const target = this.componentAt.get(e.target)!;
      if (this.file.components[target].reach !== 'UNREACHABLE') return [{ kind: e.effect, target, ...timed }];
      this.warn('UNREACHABLE_TARGET', measure, `cannot reach ${e.target}, so this effect is left out`);
      return [];
    }
    const operation = this.operationAt.get(e.target);
    if (operation !== undefined) return [{ kind: e.effect, target: operation, ...timed }];
    return this.customersOf(e.target).map(({ target, part }) => ({
      kind: e.effect,
      target,
      holdDays: timed.holdDays,
      strength: timed.strength * part,
    }));
  }

  /** Operations that a component serves from the start, and how much of each runs through it. */
  private customersOf(componentId: string): { target: number; part: number }[] {
    return this.file.operations.flatMap((operation, target) => {
      let part = 0;
      for (const id of operation.needs) {
        const need = this.file.requirements[this.requirementAt.get(id)!];
        const primaries = need.suppliers.filter((s) => s.role === 'PRIMARY');
        const total = Math.max(
          1,
          primaries.reduce((sum, s) => sum + s.share, 0),
        );
        for (const s of primaries) {
          if (s.component !== componentId) continue;
          part = Math.max(part, need.criticality * (need.mode === 'ANY' ? s.share / total : 1));
        }
      }
      return part > 0 ? [{ target, part }] : [];
    });
  }

  private limits(): ModelLimits {
    const { limits } = this.file;
    return {
      budget: unlimited(limits.budget),
      maxMeasures: unlimited(limits.maxMeasures),
      maxExposure: unlimited(limits.maxExposure),
      maxCollateral: unlimited(limits.maxCollateral),
      maxCollateralPerMeasure: unlimited(limits.maxCollateralPerMeasure),
      deadlineDays: unlimited(limits.deadlineDays),
      jurisdictions: limits.jurisdictions?.map((name) => this.jurisdictions.indexOf(name)) ?? null,
      partners: limits.partners?.map((id) => this.partnerAt.get(id)!) ?? null,
      mustTake: limits.mustTake.map((id) => this.measureAt.get(id)!),
      exclude: limits.exclude.map((id) => this.measureAt.get(id)!),
      offences: limits.offences.map((name) => this.offence(name)),
    };
  }

  private offence(name: string): number {
    return this.offences.indexOf(name.trim().toLowerCase());
  }

  private warn(code: PlanningWarning['code'], subject: string, message: string): void {
    this.warnings.push({ code, subject, message: `${subject} ${message}.` });
  }
}
