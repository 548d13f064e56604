declare module '#platform/core' {
  interface EventTypes {
    'customers.imported': { importId: string; by: string }
    'customers.import-taken-back': { importId: string; by: string }
  }
}

export {}
