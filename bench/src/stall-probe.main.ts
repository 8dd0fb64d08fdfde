import { appendFileSync, readFileSync } from 'node:fs'
import { PerformanceObserver } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'
import type { Pause } from './stalls.ts'

/**
 * Loaded into a process of Node (`--require`): notes when its loop stood still, and what it did meanwhile, as lines of JSON in
 * STALLS_FOLDER. Fifty looks a second, so that to look is no load.
 */
const folder = process.env['STALLS_FOLDER']
/** As in stalls.ts: this file loads nothing but Node's own. */
const lookEveryMs = 20
const lateMs = 15
const longCollectionMs = 5

if (folder !== undefined && isMainThread) watch(`${folder}/${process.pid}.jsonl`)

function watch(file: string): void {
  const note = (pause: Pause) => appendFileSync(file, `${JSON.stringify(pause)}\n`)
  let last = look()
  const timer = setInterval(() => {
    const now = look()
    const late = now.at - last.at - lookEveryMs
    if (late >= lateMs) {
      note({
        kind: 'stall',
        from: last.at,
        to: now.at,
        computedMs: now.computedMs - last.computedMs,
        waitedMs: now.waitedMs - last.waitedMs,
      })
    }
    last = look()
  }, lookEveryMs)
  timer.unref()
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      const from = performance.timeOrigin + startTime
      if (duration >= longCollectionMs) note({ kind: 'collection', from, to: from + duration })
    }
  }).observe({ entryTypes: ['gc'] })
}

/** Of the main thread: how long it has run and how long it was ready and had to wait for a core, by Linux's scheduler. */
function look() {
  const at = performance.timeOrigin + performance.now()
  try {
    const [computed, waited] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')
    return { at, computedMs: Number(computed) / 1e6, waitedMs: Number(waited) / 1e6 }
  } catch {
    return { at, computedMs: 0, waitedMs: 0 }
  }
}
