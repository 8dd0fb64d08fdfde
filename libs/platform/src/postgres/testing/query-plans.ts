import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import type { QueryPlan } from '../../testing/query-plans'
import type { Database, Sql } from '../database'

/** A step of a plan, by the names of `EXPLAIN (FORMAT JSON)`. */
interface Step {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Filter?: string
  readonly 'Parent Relationship'?: string
  readonly Plans?: readonly Step[]
}

export interface StatementPlan extends QueryPlan {
  readonly indexes: readonly string[]
}

/**
 * Runs work on a pool whose server reports the plan of every statement: with the real values, inside transactions too,
 * and for foreign key lookups. Filled and analysed tables make the server plan as in production.
 */
export async function observePlans(
  url: string,
  work: (db: Database, sql: Sql) => Promise<void>,
): Promise<readonly StatementPlan[]> {
  const explained: string[] = []
  const sql = postgres(url, {
    max: 10,
    // Skips the driver's own query of the catalogue when it connects.
    fetch_types: false,
    connection: {
      // For ten rows a scan or a sort may be cheaper; this makes the server use every index that it can.
      enable_seqscan: 'off',
      enable_sort: 'off',
      session_preload_libraries: 'auto_explain',
      'auto_explain.log_min_duration': '0',
      'auto_explain.log_nested_statements': 'on',
      'auto_explain.log_format': 'json',
      'auto_explain.log_level': 'notice',
      'auto_explain.log_parameter_max_length': '0',
    },
    onnotice: ({ message }) => message !== undefined && explained.push(message),
  })
  try {
    await work(drizzle(sql), sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
  const plans = explained.flatMap(planIn)
  return [...new Map(plans.map((plan) => [`${plan.query}\n${plan.steps.join('\n')}`, plan])).values()].sort(
    (one, other) => (one.query < other.query ? -1 : 1),
  )
}

/** One line per statement, with the indexes that it uses. */
export const linesOf = (plans: readonly StatementPlan[]): readonly string[] =>
  [...new Set(plans.map(({ query, indexes }) => `${query} → ${indexes.join(', ') || 'no index'}`))].sort()

/** "duration: 0.018 ms  plan:" and the plan. */
function planIn(notice: string): readonly StatementPlan[] {
  const json = /^duration: [\d.]+ ms {2}plan:\n(.+)$/s.exec(notice)?.[1]
  if (json === undefined) return []
  const { 'Query Text': text, Plan: plan } = JSON.parse(json) as { 'Query Text': string; Plan: Step }
  return [{ query: withoutCounts(text), steps: stepsIn(plan), indexes: indexesIn(plan), faults: faultsIn(plan, false) }]
}

const withoutCounts = (statement: string): string =>
  statement
    .replaceAll(/\$\d+/g, '?')
    .replaceAll(/\?(?:, \?)+/g, '?, …')
    .replaceAll(/(\([^()]*\))(?:, ?\([^()]*\))+/g, '$1, …')

const nameOf = ({ 'Node Type': type, 'Relation Name': table, 'Index Name': index, 'Index Cond': cond }: Step): string =>
  [type, table && `on ${table}`, index && `by ${index}`, cond && `where ${cond.replaceAll(/'[^']*'/g, '…')}`]
    .filter(Boolean)
    .join(' ')

const stepsIn = (step: Step): readonly string[] => [nameOf(step), ...(step.Plans ?? []).flatMap(stepsIn)]

const indexesIn = ({ 'Index Name': index, Plans: inner = [] }: Step): readonly string[] => [
  ...(index === undefined ? [] : [index]),
  ...inner.flatMap(indexesIn),
]

/** Steps that return rows one by one: a limit above them stops the steps below. */
const streaming = new Set(['Limit', 'LockRows', 'Nested Loop', 'Result', 'Subquery Scan'])

/** `limited`: a limit above reads only part of the rows, so a whole index may be walked. */
function faultsIn(step: Step, limited: boolean): readonly string[] {
  const below = (step.Plans ?? []).flatMap((inner) => {
    const handedOn = inner['Parent Relationship'] === 'Outer' || inner['Parent Relationship'] === 'Subquery'
    const stops = step['Node Type'] === 'Limit' || (limited && streaming.has(step['Node Type']))
    return faultsIn(inner, stops && handedOn)
  })
  return isSlow(step, limited) ? [nameOf(step), ...below] : below
}

function isSlow(step: Step, limited: boolean): boolean {
  switch (step['Node Type']) {
    case 'Seq Scan':
    case 'Sort':
    case 'Incremental Sort':
      return true
    case 'Index Scan':
    case 'Index Only Scan':
    case 'Bitmap Index Scan':
      return step['Index Cond'] === undefined && !(limited && step.Filter === undefined)
    default:
      return false
  }
}
