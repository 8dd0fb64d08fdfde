import { Controller, type DynamicModule, Get, Inject, type InjectionToken, Module } from '@nestjs/common'
import { HealthCheck, HealthCheckService, HealthIndicatorService, TerminusModule } from '@nestjs/terminus'

/** A dependency without which this process cannot serve. `check` rejects when it does not answer. */
export interface ReadinessCheck {
  readonly name: string
  check(): Promise<unknown>
}

const CHECKS = 'parley:readiness-checks'
/** An engine that hangs counts as down: the probe must be answered before its own timeout. */
const patienceMs = 1_000

async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${ms} ms`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

@Controller('health')
class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
    @Inject(CHECKS) private readonly checks: readonly ReadinessCheck[],
  ) {}

  /** The process runs and its event loop turns. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' }
  }

  /** The process can serve requests now; otherwise 503 with the names of the missing dependencies. */
  @Get('ready')
  @HealthCheck()
  ready() {
    return this.health.check(
      this.checks.map((readiness) => async () => {
        const indicator = this.indicators.check(readiness.name)
        try {
          await within(patienceMs, readiness.check())
          return indicator.up()
        } catch {
          return indicator.down()
        }
      }),
    )
  }
}

@Module({})
export class HealthModule {
  /** `checks` is a factory over injected engines. Kafka is left out on purpose: sending messages works without it. */
  static forRoot<Engines extends unknown[]>(options: {
    inject: { [Index in keyof Engines]: InjectionToken<Engines[Index]> }
    checks: (...engines: Engines) => readonly ReadinessCheck[]
  }): DynamicModule {
    return {
      module: HealthModule,
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [
        {
          provide: CHECKS,
          inject: [...options.inject],
          useFactory: options.checks as (...engines: unknown[]) => unknown,
        },
      ],
    }
  }
}
