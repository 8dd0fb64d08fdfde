import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { causeOf, stallsOf, stoodStill } from './stalls.ts'
import type { Labelled, Pause } from './stalls.ts'

const stall = (label: string, from: number, to: number, { computedMs = 0, waitedMs = 0 } = {}): Labelled => ({
  label,
  kind: 'stall',
  from,
  to,
  computedMs,
  waitedMs,
})

describe('what a process did while its event loop was blocked', () => {
  it('distinguishes computing, garbage collection, waiting for a core and being blocked', () => {
    const pauses: Labelled[] = [
      stall('gateway', 0, 100, { computedMs: 90, waitedMs: 5 }),
      stall('gateway', 200, 300, { computedMs: 90, waitedMs: 5 }),
      { label: 'gateway', kind: 'collection', from: 210, to: 290 },
      stall('gateway', 400, 500, { computedMs: 10, waitedMs: 85 }),
      stall('gateway', 600, 700, { computedMs: 5, waitedMs: 5 }),
    ]
    expect(stallsOf(pauses).map(({ doing }) => doing)).toEqual([
      'computes',
      'collects garbage',
      'waits for a core',
      'is blocked',
    ])
  })

  it('finds a cause that covers most of the excess time, and none that covers little of it', () => {
    const stalls = stallsOf([
      stall('gateway', 100, 180, { computedMs: 80 }),
      stall('message', 150, 200, { waitedMs: 50 }),
    ])
    expect(causeOf({ from: 90, to: 210 }, 20, stalls)).toBe('gateway computes')
    expect(causeOf({ from: 170, to: 210 }, 10, stalls)).toBe('message waits for a core')
    expect(causeOf({ from: 170, to: 400 }, 10, stalls)).toBeNull()
  })
})

describe('the share of the time in which an event loop was blocked', () => {
  it('counts stalls longer than one check, of this process, in these periods', () => {
    const stalls = stallsOf([
      stall('gateway', 100, 180, { computedMs: 80 }),
      stall('gateway', 2_500, 2_600, { computedMs: 80 }),
      stall('message', 100, 900, { waitedMs: 50 }),
    ])
    const stretch = { from: 0, to: 1_000 }
    expect(stoodStill('gateway', stalls, [stretch])).toBeCloseTo(0.06)
    expect(stoodStill('gateway', stalls, [stretch, { from: 3_000, to: 4_000 }])).toBeCloseTo(0.03)
    expect(stoodStill('user', stalls, [stretch])).toBe(0)
  })
})

describe('the probe', () => {
  it('records that a process computed for 100 ms, and nothing for one that did not', () => {
    const folder = mkdtempSync(join(tmpdir(), 'parley-probe-'))
    try {
      const busy = 'setTimeout(() => { const end = performance.now() + 100; while (performance.now() < end); }, 100)'
      const env = {
        ...process.env,
        STALLS_FOLDER: folder,
        NODE_OPTIONS: `--require=${join(__dirname, 'stall-probe.main.ts')}`,
      }
      spawnSync(process.execPath, ['-e', `${busy}; setTimeout(() => undefined, 400)`], { env })
      const [file = ''] = readdirSync(folder)
      const pauses = readFileSync(join(folder, file), 'utf8')
        .trim()
        .split('\n')
        .map((line) => ({ label: 'it', ...(JSON.parse(line) as Pause) }))
      const stalls = stallsOf(pauses).filter(({ from, to }) => to - from >= 100)
      expect(stalls.length).toBeGreaterThan(0)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
