declare module '#platform/core' {
  interface EventTypes {
    'configuration.saved': { configurationId: string; productId: string; modelVersionId: string }
  }
}

export {}
