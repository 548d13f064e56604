declare module '#platform/core' {
  interface EventTypes {
    'manufacturer.changed': { by: string }
  }
}

export {}
