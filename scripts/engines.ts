import '@parley/engines/cli'
