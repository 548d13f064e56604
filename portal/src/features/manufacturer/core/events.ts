declare module '#platform/core' {
  interface EventTypes {
    'brand.changed': { by: string }
    'manufacturer.changed': { by: string }
  }
}

export {}
