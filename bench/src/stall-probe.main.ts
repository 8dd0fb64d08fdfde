import { appendFileSync, readFileSync } from 'node:fs'
import { PerformanceObserver } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'
import type { Pause } from './stalls.ts'

/**
 * Loaded into a Node process (`--require`): records when its event loop was blocked and what it did then, as JSON lines
 * in STALLS_FOLDER. It checks fifty times a second, which costs little.
 */
const folder = process.env['STALLS_FOLDER']
/** Copied from stalls.ts: this file loads Node modules only. */
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

/** Of the main thread, from Linux's scheduler: how long it has run, and how long it was ready and waited for a core. */
function look() {
  const at = performance.timeOrigin + performance.now()
  try {
    const [computed, waited] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')
    return { at, computedMs: Number(computed) / 1e6, waitedMs: Number(waited) / 1e6 }
  } catch {
    return { at, computedMs: 0, waitedMs: 0 }
  }
}
