declare module '#platform/core' {
  interface EventTypes {
    'privacy.requested': { requestId: string }
    'privacy.request-closed': { requestId: string; state: string }
    'privacy.notice-published': { version: number }
    'consent.withdrawn': { consentId: string }
  }
}

export {}
