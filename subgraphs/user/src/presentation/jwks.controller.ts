import { Controller, Get, Header } from '@nestjs/common'
import type { JSONWebKeySet } from 'jose'
import { PublishedKeys } from '../application/published-keys'

/** The public keys that verify access tokens, in this subgraph too. */
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: PublishedKeys) {}

  @Get('jwks.json')
  @Header('cache-control', 'public, max-age=60')
  jwks(): Promise<JSONWebKeySet> {
    return this.keys.published(new Date())
  }
}
