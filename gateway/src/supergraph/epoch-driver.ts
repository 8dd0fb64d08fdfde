import { ApolloGatewayDriver, type ApolloGatewayDriverConfig } from '@nestjs/apollo'
import { Injectable } from '@nestjs/common'
import type { EpochGateway } from './epoch-gateway'

export interface EpochDriverConfig extends Omit<ApolloGatewayDriverConfig, 'gateway'> {
  readonly gateway: EpochGateway
}

/** Registers Apollo Server with these options. */
const { start } = Object.getPrototypeOf(ApolloGatewayDriver.prototype) as {
  start: (this: ApolloGatewayDriver, options: object) => Promise<void>
}

/** Nest's driver, with a gateway of ours in place of the one that it would make. */
@Injectable()
export class EpochDriver extends ApolloGatewayDriver {
  override async start({ server, gateway }: ApolloGatewayDriverConfig): Promise<void> {
    await start.call(this, { ...server, gateway })
  }
}
