import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { AppError } from '../errors';
import {
  type GivenNode,
  type GivenRelationship,
  nodeValue,
  relationshipValue,
} from '../service/edit.service';
import type { EcosystemPlan } from '../service/planning/ecosystem-planning.service';
import type { PlanQuery } from '../service/planning/plan-query';
import type { Scenario } from '../service/scenario/scenario';
import type { Opener } from './answers';
import { printJson } from './output';
import { addSearchOptions, parseAmount, parseAtLeastOne, type SearchOptions } from './plan.options';
import { describePlan, endProgress, showProgress } from './plan.output';
import { collect } from './scope.options';

interface Options extends SearchOptions {
  readonly maxMeasures?: number;
  readonly deadlineDays?: number;
  readonly jurisdiction?: readonly string[];
  readonly partner?: readonly string[];
  readonly measureType?: readonly string[];
  readonly offence?: readonly string[];
  readonly maxExposure?: number;
  readonly maxCollateral?: number;
  readonly maxCollateralPerMeasure?: number;
  readonly mustTake?: readonly string[];
  readonly exclude?: readonly string[];
  readonly operation?: readonly string[];
  readonly horizonDays?: number;
  readonly asOf?: string;
  readonly allTime?: boolean;
  readonly policy?: 'STANDING_OPERATIONS' | 'EXPLICIT_ONLY';
  readonly startDays?: readonly number[];
  readonly withoutMarket?: boolean;
  readonly scenario?: string;
}

export function registerPlan(program: Command, open: Opener): void {
  const command = program
    .command('plan')
    .description('find the measures that cost operations most: what, by whom, when, and how sure that is')
    .option('--operation <id>', 'count only this operation (repeatable)', collect)
    .option('--partner <name>', 'act only with this partner, by name or id (repeatable)', collect)
    .option('--jurisdiction <code>', 'act only in this jurisdiction (repeatable)', collect)
    .option('--measure-type <type>', 'take only this type of measure (repeatable)', collect)
    .option(
      '--offence <name>',
      'the case is about this offence, which opens ways of cooperation (repeatable)',
      collect,
    )
    .option('--max-measures <n>', 'take so many measures at most', parseAtLeastOne)
    .option('--deadline-days <days>', 'every effect begins by then', parseAmount)
    .option('--max-exposure <x>', 'what the measures may give away together', parseAmount)
    .option('--max-collateral <x>', 'how much they may harm others together', parseAmount)
    .option('--max-collateral-per-measure <x>', 'how much each may harm others', parseAmount)
    .option('--must-take <id>', 'a measure that is part of the plan (repeatable)', collect)
    .option('--exclude <id>', 'a measure, or a component, to leave alone (repeatable)', collect)
    .option('--horizon-days <days>', 'count the effect over so many days', parseAmount)
    .option('--start-days <days>', 'days on which work may begin, as 0,30,90', parseDays)
    .option('--as-of <time>', 'begin then (RFC 3339); by default now')
    .option('--all-time', 'take everything on record, whenever it held')
    .option('--policy <name>', 'how to read sources that only say who uses what')
    .option('--without-market', 'count on the known suppliers alone')
    .option('--scenario <file>', 'suppose what a JSON file adds and removes');
  addSearchOptions(command).action(async (options: Options) => {
    const query = await queryOf(options);
    const plan = await open((answers) => answers.planning.plan(query, showProgress)).finally(endProgress);
    if (options.json) printJson(plan);
    else process.stdout.write(`${describe(plan)}\n`);
    for (const line of warningLines(plan)) process.stderr.write(`${line}\n`);
  });
}

async function queryOf(options: Options): Promise<PlanQuery> {
  const { seconds, seed, doubt, scenarios, replications, frontier, alternatives, marginal, doubtfulEdges } =
    options;
  const { takedown, minDowntimeDays } = options;
  return {
    scope: {
      operationIds: options.operation,
      horizonDays: options.horizonDays,
      asOf: options.asOf,
      isAllTime: options.allTime,
      policy: options.policy,
      startDays: options.startDays,
      isWithoutMarket: options.withoutMarket,
    },
    limits: {
      budget: options.budget,
      maxMeasures: options.maxMeasures,
      deadlineDays: options.deadlineDays,
      jurisdictions: options.jurisdiction,
      partners: options.partner,
      measureTypes: options.measureType,
      offences: options.offence,
      maxExposure: options.maxExposure,
      maxCollateral: options.maxCollateral,
      maxCollateralPerMeasure: options.maxCollateralPerMeasure,
      mustTake: options.mustTake,
      exclude: options.exclude,
    },
    scenario: options.scenario === undefined ? undefined : await readScenario(options.scenario),
    ...{ seconds, seed, doubt, scenarios, replications, frontier, alternatives, marginal, doubtfulEdges },
    simulationRuns: options.simulate,
    takedown: takedown === undefined ? undefined : { operations: takedown, minDowntimeDays },
  };
}

interface ScenarioFile {
  readonly addNodes?: readonly GivenNode[];
  readonly addRelationships?: readonly GivenRelationship[];
  readonly remove?: readonly string[];
}

async function readScenario(path: string): Promise<Scenario> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('FILE_NOT_FOUND', { path }, { cause: error });
  });
  let file: ScenarioFile;
  try {
    file = JSON.parse(text) as ScenarioFile;
  } catch (error) {
    throw new AppError(
      'SCENARIO_INVALID',
      { id: path, reason: `it is not JSON: ${(error as Error).message}` },
      { cause: error },
    );
  }
  const isObject = typeof file === 'object' && file !== null && !Array.isArray(file);
  const lists = !isObject ? [null] : [file.addNodes ?? [], file.addRelationships ?? [], file.remove ?? []];
  if (!lists.every(Array.isArray)) {
    const reason = 'expected an object with lists in addNodes, addRelationships and remove';
    throw new AppError('SCENARIO_INVALID', { id: path, reason });
  }
  return {
    addNodes: file.addNodes?.map((each) => nodeValue({ ...each, properties: each.properties ?? {} })),
    addRelationships: file.addRelationships?.map((each) =>
      relationshipValue({ ...each, properties: each.properties ?? {} }),
    ),
    remove: file.remove,
  };
}

function parseDays(text: string): number[] {
  return text.split(',').map((part) => {
    const day = Number(part);
    const isDay = part.trim() !== '' && Number.isFinite(day) && day >= 0;
    if (!isDay) throw new InvalidArgumentError('expected days from 0, separated by commas');
    return day;
  });
}

/** Each kind of warning once, with the first of its messages. */
function warningLines({ warnings }: EcosystemPlan): string[] {
  return [...new Set(warnings.map((each) => each.code))].map((code) => {
    const [first, ...rest] = warnings.filter((each) => each.code === code);
    const more = rest.length === 0 ? '' : ` And ${rest.length} more, see --json.`;
    return `${code}: ${first.message}${more}`;
  });
}

function describe(plan: EcosystemPlan): string {
  const count = (code: string) => plan.assumptions.filter((each) => each.code === code).length;
  const assumed =
    `Assumed: where ${count('PLACE_UNKNOWN')} targets are, and how fast ${count('RECOVERY_ASSUMED')} recover. ` +
    `Left out: ${plan.excluded.length} measures.`;
  return `${describePlan(plan)}\n\n${assumed}`;
}
