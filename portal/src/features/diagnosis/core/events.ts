declare module '#platform/core' {
  interface EventTypes {
    'finding.opened': { findingId: string; deviceId: string }
    'finding.closed': { findingId: string; deviceId: string }
  }
}

export {}
