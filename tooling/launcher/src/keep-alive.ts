import { keepUp } from '@parley/engines/keep-up'
import type { Stack } from './stack.ts'

/** Until the signal: restarts services and engines that died or hang. */
export async function keepAlive(
  { services, engines }: Stack,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  await Promise.all([...services.map((service) => keepUp(service, signal, say)), engines.keepUp(signal, say)])
}
