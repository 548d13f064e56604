declare module '#platform/core' {
  interface EventTypes {
    'figures.before-changed': { by: string }
  }
}

export {}
