/** Apache Kafka in KRaft mode, one process that is broker and controller, from Maven's jars. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { Kafka, logLevel } from 'kafkajs'
import { inCache, run } from './cache.ts'
import type { Engine, Machine, Program } from './engine.ts'
import { stopProcesses } from './process.ts'
import { isAtLeast, parseVersion, pinned } from './versions.ts'

const cacheName = `kafka-${pinned.kafka}`
const oldestJava = [17]

/** The brokers as host:port. */
export const kafka: Engine<string[]> = {
  name: 'kafka',

  async locate(machine) {
    const address = machine.env['PARLEY_KAFKA_BROKERS']
    if (address) return { from: 'environment', address: address.split(',') }
    const cached = join(machine.cache, cacheName)
    const java = machine.exists(cached) ? await findJava(machine) : null
    return java ? { from: 'machine', program: programIn(cached, java) } : null
  },

  async obstacle(machine) {
    if (!(await findJava(machine))) return 'Java 17 or newer is needed (Debian: apt-get install default-jre-headless)'
    return machine.which('mvn') ? null : 'Maven is needed (Debian: apt-get install maven)'
  },

  async fetch(machine, report) {
    report(`fetching Apache Kafka ${pinned.kafka} with Maven`)
    const folder = await inCache(machine, cacheName, async (draft) => {
      writeFileSync(join(draft, 'pom.xml'), pom())
      const options = ['-DincludeScope=runtime', `-DoutputDirectory=${join(draft, 'jars')}`]
      await run('mvn', ['-q', '-B', 'dependency:copy-dependencies', ...options], draft)
    })
    return programIn(folder, (await findJava(machine)) ?? 'java')
  },

  async start(program, home) {
    const [port, controllerPort] = await home.ports(2)
    const log = join(home.folder, 'log')
    const file = join(home.folder, 'server.properties')
    mkdirSync(home.folder, { recursive: true })
    writeFileSync(file, properties(log, Number(port), Number(controllerPort)))
    if (!existsSync(join(log, 'meta.properties'))) {
      rmSync(log, { recursive: true, force: true })
      await run(
        program.command,
        [...program.args, 'kafka.tools.StorageTool', 'format', '-t', newClusterId(), '-c', file],
        home.folder,
      )
    }
    const broker = home.spawn('kafka', program.command, [...program.args, 'kafka.Kafka', file], { cwd: home.folder })
    return { address: [`127.0.0.1:${port}`], processes: [broker] }
  },

  async ready(address) {
    const retry = { retries: 0 }
    const limits = { connectionTimeout: 2000, requestTimeout: 3000 }
    const admin = new Kafka({ brokers: address, logLevel: logLevel.NOTHING, ...limits, retry }).admin({ retry })
    try {
      await admin.connect()
      const { brokers, controller } = await admin.describeCluster()
      if (brokers.length === 0 || controller === null) throw new Error('the broker has not registered yet')
    } finally {
      await admin.disconnect()
    }
  },

  stop(processes, mode) {
    return stopProcesses(processes, 'SIGTERM', mode)
  },
}

async function findJava(machine: Machine): Promise<string | null> {
  const java = machine.which('java')
  return java && isAtLeast(parseVersion(await machine.output(java, ['-version'])), oldestJava) ? java : null
}

/**
 * A small heap and the serial collector: an idle development broker takes about 200 MB. Without jstat's counters, which
 * nothing reads and which are sampled twenty times a second.
 */
function programIn(folder: string, java: string): Program {
  const memory = ['-Xmx192m', '-Xms64m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:-UsePerfData']
  const logging = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true']
  const args = [...memory, ...logging, '-cp', join(folder, 'jars', '*')]
  return { command: java, args, label: `Apache Kafka ${pinned.kafka} (cache)` }
}

/** Rewritten at every start: the ports may have changed, the data has not. */
function properties(log: string, port: number, controllerPort: number): string {
  const values = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': log,
    // After a crash the broker can register again only after its former session has ended: by default after 9 s.
    'broker.session.timeout.ms': 4000,
    'broker.heartbeat.interval.ms': 1000,
    // By default an empty record twice a second, for followers, which a single node does not have.
    'metadata.max.idle.interval.ms': 10_000,
    // Each of these threads wakes up three times a second; the defaults are for a server with many clients.
    'num.network.threads': 1,
    'num.io.threads': 2,
    'background.threads': 2,
    'group.coordinator.threads': 1,
    // Topics are created by migrations; a misspelt name must fail.
    'auto.create.topics.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'log.cleaner.dedupe.buffer.size': 4_194_304,
  }
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

/** 16 bytes in base64url, the first bit 0: an id that starts with a dash would be parsed as an option. */
function newClusterId(): string {
  const bytes = randomBytes(16)
  bytes[0] = Number(bytes[0]) & 0x7f
  return bytes.toString('base64url')
}

function pom(): string {
  const dependency = (group: string, artifact: string, version: string) =>
    `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>parley</groupId><artifactId>kafka</artifactId><version>1</version>
  <dependencies>
    ${dependency('org.apache.kafka', 'kafka_2.13', pinned.kafka)}
    ${dependency('org.slf4j', 'slf4j-simple', pinned.slf4j)}
  </dependencies>
</project>
`
}
