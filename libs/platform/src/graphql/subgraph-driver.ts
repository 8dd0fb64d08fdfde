import { Injectable } from '@nestjs/common'
import { ApolloFederationDriver } from '@nestjs/apollo'

/** @nestjs/apollo 14.0.3 never stops its WebSocket server, so closing the app would wait for every client to leave. */
@Injectable()
export class SubgraphDriver extends ApolloFederationDriver {
  override async stop(): Promise<void> {
    const { _subscriptionService: sockets } = this as unknown as { _subscriptionService?: { stop(): Promise<void> } }
    await sockets?.stop()
    await super.stop()
  }
}
