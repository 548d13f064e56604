declare module '#platform/core' {
  interface EventTypes {
    'privacy.requested': { requestId: string }
    'privacy.request-closed': { requestId: string; state: string }
    'consent.withdrawn': { consentId: string }
  }
}

export {}
