import { createServer } from 'node:net'
import type { Server } from 'node:net'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const portsFile = 'ports.json'

/** Ports chosen by the operating system, all different: each one is held until the last has been found. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)))
  const ports = servers.map(portOf)
  await Promise.all(servers.map(close))
  return ports
}

/** The ports of this folder's engine last time, if all of them are free; else new ones, which are stored. */
export async function rememberedPorts(folder: string, count: number): Promise<number[]> {
  const last = await stillFreePorts(folder, count)
  if (last) return last
  const ports = await freePorts(count)
  writeFileSync(join(folder, portsFile), JSON.stringify(ports))
  return ports
}

export async function stillFreePorts(folder: string, count: number): Promise<number[] | null> {
  const last = lastPorts(folder)
  return last.length === count && (await areFree(last)) ? last : null
}

/** Empty if there was no last time. */
export function lastPorts(folder: string): number[] {
  try {
    const ports: unknown = JSON.parse(readFileSync(join(folder, portsFile), 'utf8'))
    return Array.isArray(ports) && ports.every(Number.isInteger) ? (ports as number[]) : []
  } catch {
    return []
  }
}

async function areFree(ports: number[]): Promise<boolean> {
  const tried = await Promise.allSettled(ports.map(listen))
  const held = tried.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []))
  await Promise.all(held.map(close))
  return held.length === ports.length
}

function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a listening socket has no port')
  return address.port
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()))
}
