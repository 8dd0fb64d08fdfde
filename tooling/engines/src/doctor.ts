import { join } from 'node:path'
import { dockerAnswers } from './docker.ts'
import { defaultEngines } from './engine.ts'
import type { EngineName, Machine, Program } from './engine.ts'
import { thisMachine } from './machine.ts'
import { isBeingBuilt, rustBuild, rustObstacle } from './mongo-rust.ts'
import { messageOf } from './process.ts'
import { engineByName } from './registry.ts'

export interface Finding {
  name: string
  /** `missing` means that Parley cannot start. */
  state: 'present' | 'fetchable' | 'missing' | 'optional'
  /** What was found, or what to do. */
  text: string
}

export interface Diagnosis {
  findings: Finding[]
  /** Whether everything required is present or can be fetched. */
  isHealthy: boolean
}

/** Checks everything that the engines need, and changes nothing. Data in `dataDir` may require a certain server. */
export async function diagnoseEngines(machine: Machine = thisMachine(), dataDir?: string): Promise<Diagnosis> {
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
  findings.push(...(await Promise.all(required.map((name) => examine(machine, name, 'missing', dataDir)))))
  findings.push(...(await Promise.all((['browser', 's3'] as const).map((name) => examine(machine, name, 'optional')))))
  if (!docker) findings.push(fasterMongo(machine))
  return { findings, isHealthy: findings.every(({ state }) => state !== 'missing') }
}

async function examine(
  machine: Machine,
  name: EngineName,
  otherwise: 'missing' | 'optional',
  dataDir?: string,
): Promise<Finding> {
  const engine = engineByName(name)
  try {
    const located = await engine.locate(machine, dataDir && join(dataDir, name))
    if (located?.from === 'environment') return { name, state: 'present', text: 'address given in the environment' }
    if (located) return { name, state: 'present', text: textOf(located.program) }
    const obstacle = await engine.obstacle(machine)
    if (obstacle) return { name, state: otherwise, text: obstacle }
    return { name, state: 'fetchable', text: name === 's3' ? 'built by `engines build`' : 'fetched at the first start' }
  } catch (error) {
    return { name, state: otherwise, text: messageOf(error) }
  }
}

const textOf = ({ label, successorOf }: Program): string =>
  successorOf ? `${label}: the next start moves the data to it from ${successorOf.label}` : label

export function fasterMongo(machine: Machine): Finding {
  const name = 'mongo+'
  if (machine.which('mongod')) return { name, state: 'optional', text: 'not needed: mongod is used' }
  if (rustBuild(machine)) return { name, state: 'present', text: 'the faster server is built, and every start uses it' }
  if (isBeingBuilt(machine)) return { name, state: 'fetchable', text: 'the faster server is being built now' }
  const obstacle = rustObstacle(machine)
  if (obstacle) return { name, state: 'optional', text: `the faster server is not built: ${obstacle}` }
  return { name, state: 'fetchable', text: 'the faster server is built in the background of `npm start`' }
}

const marks: Record<Finding['state'], string> = { present: '✓', fetchable: '↓', missing: '✗', optional: '·' }

export function printDiagnosis({ findings, isHealthy }: Diagnosis): string {
  const lines = findings.map(({ name, state, text }) => `${marks[state]} ${name.padEnd(9)} ${text}`)
  const verdict = isHealthy
    ? 'Everything required is here or can be fetched.'
    : 'Something required is missing: see ✗ above.'
  return [...lines, '', '✓ present   ↓ fetched when needed   · optional   ✗ missing', verdict].join('\n')
}
