// Nest loads Apollo Server as an ES module; the CommonJS build is another set of classes.
import type { ApolloServerPlugin } from '@apollo/server' with { 'resolution-mode': 'import' }
import type { GatewayEnv } from '../env'

/** What a browser sees at GET /graphql: one page that needs no network, Apollo's Sandbox, or nothing. */
export async function explorerPlugins(explorer: GatewayEnv['EXPLORER']): Promise<ApolloServerPlugin[]> {
  switch (explorer) {
    case 'offline':
      return [offlinePage()]
    case 'sandbox':
      return [await sandbox()]
    case 'off':
      return []
  }
}

/** The page is 9 MB: it is made when somebody asks for it, so a gateway that nobody explores does not hold it. */
function offlinePage(): ApolloServerPlugin {
  return { serverWillStart: async () => ({ renderLandingPage: async () => ({ html: renderPage }) }) }
}

async function renderPage(): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  return renderGraphiQL({
    title: 'API explorer',
    endpoint: '/graphql',
    credentials: 'same-origin',
    subscriptionsProtocol: 'WS',
  })
}

async function sandbox(): Promise<ApolloServerPlugin> {
  const { ApolloServerPluginLandingPageLocalDefault } = await import('@apollo/server/plugin/landingPage/default')
  return ApolloServerPluginLandingPageLocalDefault({ embed: true, includeCookies: true })
}
