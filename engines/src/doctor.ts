import { dockerAnswers } from './docker.ts'
import { defaultEngines } from './engine.ts'
import type { EngineName, Machine } from './engine.ts'
import { thisMachine } from './machine.ts'
import { hasRustBuild, rustObstacle } from './mongo.ts'
import { messageOf } from './process.ts'
import { engineByName } from './registry.ts'

export interface Finding {
  name: string
  /** `missing` is the one that keeps Parley from starting. */
  state: 'present' | 'fetchable' | 'missing' | 'optional'
  /** What was found, or what to do. */
  text: string
}

export interface Diagnosis {
  findings: Finding[]
  /** Whether everything required is present or can be had. */
  isHealthy: boolean
}

/** Looks at everything that the engines need, and changes nothing. */
export async function diagnoseEngines(machine: Machine = thisMachine()): Promise<Diagnosis> {
  const findings: Finding[] = []
  const docker = await dockerAnswers(machine)
  if (docker)
    findings.push({ name: 'docker', state: 'present', text: 'its official images are used, nothing is fetched' })
  else
    findings.push({
      name: 'docker',
      state: 'optional',
      text: 'no Docker engine answers: the engines run as plain processes',
    })
  const required = docker ? [] : [...defaultEngines]
  findings.push(...(await Promise.all(required.map((name) => examine(machine, name, 'missing')))))
  findings.push(...(await Promise.all((['browser', 's3'] as const).map((name) => examine(machine, name, 'optional')))))
  if (!docker) findings.push(fasterMongo(machine))
  return { findings, isHealthy: findings.every(({ state }) => state !== 'missing') }
}

async function examine(machine: Machine, name: EngineName, otherwise: 'missing' | 'optional'): Promise<Finding> {
  const engine = engineByName(name)
  try {
    const located = await engine.locate(machine)
    if (located?.from === 'environment') return { name, state: 'present', text: 'address given in the environment' }
    if (located) return { name, state: 'present', text: located.program.label }
    const obstacle = await engine.obstacle(machine)
    if (obstacle) return { name, state: otherwise, text: obstacle }
    return { name, state: 'fetchable', text: name === 's3' ? 'built by `engines build`' : 'fetched at the first start' }
  } catch (error) {
    return { name, state: otherwise, text: messageOf(error) }
  }
}

function fasterMongo(machine: Machine): Finding {
  if (hasRustBuild(machine)) return { name: 'mongo+', state: 'present', text: 'the Rust build is in the cache' }
  const obstacle = rustObstacle(machine)
  return {
    name: 'mongo+',
    state: 'optional',
    text: obstacle ?? '`npm run engines -- build` makes a faster server, in six minutes',
  }
}

const marks: Record<Finding['state'], string> = { present: '✓', fetchable: '↓', missing: '✗', optional: '·' }

export function printDiagnosis({ findings, isHealthy }: Diagnosis): string {
  const lines = findings.map(({ name, state, text }) => `${marks[state]} ${name.padEnd(9)} ${text}`)
  const verdict = isHealthy
    ? 'Everything required is here or can be fetched.'
    : 'Something required is missing: see ✗ above.'
  return [...lines, '', '✓ present   ↓ fetched when needed   · optional   ✗ missing', verdict].join('\n')
}
